"""How second factors present themselves to the house."""

from qilian.core.house.parts.api import Part

from .pages import TITLE

PART = Part(
    name="core.factors",
    title=TITLE,
    urls="qilian.core.door.factors.urls",
    prefix="account/factors/",
)
