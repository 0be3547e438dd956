"""Who may do what with a case."""

from typing import Final

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import scope_of
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import holders

from .kernel import Step
from .models import Case
from .queries import applicants, case_scope, unit_of

ACCEPT: Final = "casework.accept"
"""Write down what somebody asks for on paper."""
HANDLE: Final = "casework.handle"
"""Do the steps of a unit."""
STEER: Final = "casework.steer"
"""Do or hand on steps of others, jump, suspend, terminate, wake again."""
VIEW: Final = "casework.view"


def step_scope(row: Case, performer: str) -> Scope:
    """Where the right to do a step counts: at the unit that does it."""
    return scope_of(row.offer, region=row.region, unit=unit_of(row, performer))


def is_applicant(me: Principal, row: Case) -> bool:
    """Whether somebody acts for the party that asks, or asked for himself."""
    return row.party.code in me.parties if row.party else me.person is not None and me.person == row.opened_by_id


def only_asks(me: Principal, row: Case) -> bool:
    """Whether a reader knows a case as its applicant and not by an office of his."""
    scope = case_scope(row)
    return is_applicant(me, row) and not any(allowed(me, right, scope) for right in (HANDLE, STEER, VIEW, ACCEPT))


def may_do(me: Principal, row: Case, step: Step) -> bool:
    """Whether somebody may do a step: the applicant his own, else who handles for its unit in its role."""
    if applicants(step.performer):
        return is_applicant(me, row) or allowed(me, ACCEPT, case_scope(row))
    scope = step_scope(row, step.performer)
    if not allowed(me, HANDLE, scope) or (step.holder and step.holder != str(me.person)):
        return False
    role = step.performer.partition("@")[0]
    if f"{scope.unit}/{role}" in me.roles or allowed(me, STEER, scope):
        return True
    return not holders(unit=scope.unit, on=clock.today(), role=role).exists()


def require_step(me: Principal, row: Case, step: Step) -> None:
    """Refuse who may not do a step: `casework.step.denied` (403) says whose it is."""
    if not may_do(me, row, step):
        raise Refusal(
            "casework.step.denied",
            Text("这一步由“{who}”办理。", "This step is done by “{who}”.").filled(who=step.performer),
            where="step",
        )
