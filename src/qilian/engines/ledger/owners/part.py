"""How owners of accounts present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="ledger.owners", title=Text("户主", "Owners of accounts"))
