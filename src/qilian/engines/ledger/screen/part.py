"""How the ledger's screen presents itself to the house: pages, menu and JSON."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part

from .pages.common import TITLE

PART = Part(
    name="ledger.screen",
    title=TITLE,
    urls="qilian.engines.ledger.screen.pages.urls",
    prefix="ledger/",
    api="qilian.engines.ledger.screen.rest.router",
    menu=(MenuItem(TITLE, "ledger:accounts", 40, SIGNED_IN),),
)
