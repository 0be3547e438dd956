"""How the ledger's choices present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from .sources import ACCOUNTS, OWNERS

PART = Part(name="ledger.choices", title=Text("账户和户主", "Accounts and owners"), choices=(ACCOUNTS, OWNERS))
