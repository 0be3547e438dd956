"""How bank messages present themselves to the house: nothing but their rules."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="ledger.bankmessage", title=Text("银行报文", "Bank messages"))
