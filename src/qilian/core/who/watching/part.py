"""How watching presents itself to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part

from .pages import TITLE

PART = Part(
    name="core.watching",
    title=TITLE,
    urls="qilian.core.who.watching.urls",
    prefix="watching/",
    menu=(MenuItem(TITLE, "watching:mine", order=57, needs=SIGNED_IN),),
)
