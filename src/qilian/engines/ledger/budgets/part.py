"""How budgets present themselves to the house."""

from functools import partial

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.proofs.api import cover, sworn_differences
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.ledger.owners.api import name_owners
from qilian.engines.registry.parties.api import Dependants, add_dependants

from .models import Commitment, Decision, FiscalYear, Line, Programme, Tranche
from .resource import (
    COMMITMENTS,
    DECISIONS,
    LINES,
    PROGRAMMES,
    TRANCHES,
    commitment_owners,
    line_owners,
)
from .rights import TITLES, VIEW

_TITLE = Text("预算资金", "Budgets")
name_actions({"budgets.*": Text("预算资金", "budgets"), **TITLES})

name_owners("budget.line", line_owners)
name_owners("budget.commitment", commitment_owners)
_ROWS = (Programme, Decision, FiscalYear, Line, Commitment, Tranche)
add_dependants(Dependants(Text("预算承诺", "Commitments of budgets"), Commitment))
cover("ledger.budgets", _TITLE, partial(sworn_differences, _ROWS))

PART = Part(
    name="ledger.budgets",
    title=_TITLE,
    urls="qilian.engines.ledger.budgets.pages",
    prefix="budgets/",
    resources=(PROGRAMMES, LINES, COMMITMENTS, TRANCHES, DECISIONS),
    menu=(MenuItem(_TITLE, "budgets:list", order=60, needs=VIEW),),
    story="qilian.engines.ledger.budgets.story",
)
