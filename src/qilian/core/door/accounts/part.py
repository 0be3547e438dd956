"""How one's own account presents itself to the house: a page, reached by one's name at the top."""

from qilian.core.house.parts.api import Part

from .pages import TITLE

PART = Part(name="core.accounts", title=TITLE, urls="qilian.core.door.accounts.urls", prefix="account/")
