"""How fees present themselves to the house: nothing but their rules."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="ledger.fees", title=Text("费用", "Fees"))
