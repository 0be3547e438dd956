"""How budgets present themselves to the house."""

from functools import partial

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.proofs.api import cover, sworn_differences
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import implies, name_actions
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import READ
from qilian.engines.ledger.owners.api import name_owners
from qilian.engines.registry.parties.api import Dependants, add_dependants

from .models import Commitment, Decision, FiscalYear, Line, Programme, Tranche
from .queries import commitment_coded
from .resource import (
    COMMITMENTS,
    DECISIONS,
    LINES,
    PROGRAMMES,
    TRANCHES,
    commitment_owners,
    line_owners,
    payee,
)
from .rights import TITLES, VIEW

_TITLE = Text("预算资金", "Budgets")
_COMMITMENT = reference(COMMITMENTS)


def _commitment(code: str) -> Pointed | None:
    """A commitment by its purpose and whom it is for."""
    found, row = _COMMITMENT.find(code), commitment_coded(code)
    return found and Pointed(
        Text(f"{row.purpose}（收款方：{payee(row)}）", f"{row.purpose} (payee: {payee(row)})"), found.url
    )


refer(
    {
        "budget.programme": reference(PROGRAMMES, lambda code: Programme.objects.filter(code=code).first()),
        "budget.line": reference(LINES),
        "budget.commitment": Reference(COMMITMENTS.noun, _commitment),
        "budget.tranche": reference(TRANCHES),
        "budget.decision": reference(DECISIONS),
    }
)
name_actions({"budgets.*": Text("预算资金", "budgets"), **TITLES})
implies(READ, (VIEW,))

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
