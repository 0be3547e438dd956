"""How the check of statements present themselves to the house: nothing but its rules."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="ledger.bankcheck", title=Text("对账单核对", "Statements checked"))
