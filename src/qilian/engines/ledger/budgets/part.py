"""What budgets bring into the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from . import events
from .resource import COMMITMENTS, DECISIONS, LINES, PROGRAMMES, TRANCHES
from .rights import TITLES, VIEW

name_actions({"budgets.*": Text("预算资金", "budgets"), **TITLES})

PART = Part(
    name="ledger.budgets",
    title=Text("预算资金", "Budgets"),
    events={
        "ledger.programme.opened": events.ProgrammeOpened,
        "ledger.budget.appropriated": events.Appropriated,
        "ledger.budget.proposed": events.DecisionProposed,
        "ledger.budget.rejected": events.DecisionRejected,
        "ledger.budget.adjusted": events.Adjusted,
        "ledger.budget.committed": events.Committed,
        "ledger.budget.confirmed": events.ConditionConfirmed,
        "ledger.budget.paid": events.TranchePaid,
        "ledger.budget.released": events.Released,
        "ledger.budget.year_closed": events.YearClosed,
    },
    urls="qilian.engines.ledger.budgets.pages",
    prefix="budgets/",
    resources=(PROGRAMMES, LINES, COMMITMENTS, TRANCHES, DECISIONS),
    menu=(MenuItem(Text("预算资金", "Budgets"), "budgets:list", order=60, needs=VIEW),),
    story="qilian.engines.ledger.budgets.story",
)
