"""How booking in bulk presents itself to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(
    name="ledger.bulk",
    title=Text("批量记账", "Booking in bulk"),
    prefix="ledger/",
    api="qilian.engines.ledger.bulk.programs.router",
)
