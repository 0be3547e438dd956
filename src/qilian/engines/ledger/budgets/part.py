"""How budgets present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .rights import TITLES, VIEW

name_actions({"budgets.*": Text("预算资金", "budgets"), **TITLES})

PART = Part(
    name="ledger.budgets",
    title=Text("预算资金", "Budgets"),
    urls="qilian.engines.ledger.budgets.urls",
    prefix="budgets/",
    api="qilian.engines.ledger.budgets.rest.router",
    menu=(MenuItem(Text("预算资金", "Budgets"), "budgets:list", order=60, needs=VIEW),),
    story="qilian.engines.ledger.budgets.story",
)
