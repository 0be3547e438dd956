"""What one's own account brings into the house: a page, reached by one's name at the top."""

from qilian.core.packs.api import Part

from .pages import TITLE

PART = Part(name="core.accounts", title=TITLE, urls="qilian.core.accounts.urls", prefix="account/")
