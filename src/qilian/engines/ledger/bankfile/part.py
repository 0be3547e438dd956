"""How bank files present themselves to the house: nothing but their rules."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="ledger.bankfile", title=Text("银行文件", "Bank files"))
