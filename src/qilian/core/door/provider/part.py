"""How an identity provider presents itself to the house; the pages that open sessions lie in `web/layout`."""

from qilian.core.house.parts.api import Part

from .pages import TITLE

PART = Part(
    name="core.provider",
    title=TITLE,
    urls="qilian.core.door.provider.urls",
    prefix="account/provider/",
)
