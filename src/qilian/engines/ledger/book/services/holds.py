"""Verbs on holds: the statutory day on which one goes back, and the sweep that gives back what is due."""

from datetime import datetime, time

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.time.clocks.api import Limit, Place, Rule, start
from qilian.core.values import clock
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.book.entries import Void
from qilian.engines.ledger.book.events import HoldScheduled
from qilian.engines.ledger.book.kernel import RESOLVED, refusal_of
from qilian.engines.ledger.book.models import Hold
from qilian.engines.ledger.book.rights import POST, require_on

from .booking import submit
from .follow import RULE, hold_ref

_TITLE = Text("保证金退还", "Return of a deposit")


@transaction.atomic
def schedule_return(
    *, actor: Principal, hold: str, limit: Limit, basis: str, since: datetime | None = None, vouched: bool = False
) -> Hold:
    """Set by law when a hold (its code) goes back to the payer: within `limit` from now, or from a moment.

    A legal clock runs beside it. The amount goes back at the first minute of the limit's last day, so that it is there
    in time. Whoever may capture the hold may set it. Refusals: `grants.denied`, `ledger.pending_…`, `ledger.basis`,
    `clocks.running` when a day is set already.
    """
    row = Hold.objects.select_for_update(of=("self",)).select_related("credit").filter(transfer__code=hold).first()
    if row is None:
        raise refusal_of("pending_not_found", hold)
    if not vouched:
        require_on(actor, POST, [row.credit], own=True)
    _check_open(row, basis, hold)
    rule, place = Rule(RULE, _TITLE, limit, basis.strip()), Place(unit=row.credit.unit, offer=row.credit.offer)
    clocked = start(actor=actor, subject=hold_ref(hold), rule=rule, place=place, at=since)
    assert clocked.due_day is not None
    row.due, row.basis = datetime.combine(clocked.due_day, time(), SHANGHAI), basis.strip()
    row.save(update_fields=["due", "basis"])
    body = HoldScheduled(hold, row.due, row.basis)
    emit(body, actor=actor, subject=hold_ref(hold), offer=row.credit.offer, unit=row.credit.unit)
    return row


def expire_due(*, actor: Principal, most: int = 1000) -> int:
    """Give back at most so many holds whose time is over, and return how many; call again until it returns 0.

    Only the system does it: Refusal `ledger.system`. A hold that somebody resolves meanwhile is passed over.
    """
    if not actor.is_system:
        raise Refusal("ledger.system", Text("到期退回由系统办理。", "What is due is given back by the system."))
    due = Hold.objects.filter(state="open", due__lte=clock.now()).order_by("due", "pk")
    codes = list(due.values_list("transfer__code", flat=True)[:most])
    wanted = [Void(hold=code, expired=True, key=f"expire:{code}", words="到期退回") for code in codes]
    answers = submit(actor=actor, entries=wanted) if wanted else ()
    return sum(answer.result == "ok" for answer in answers)


def _check_open(row: Hold, basis: str, code: str) -> None:
    if row.state != "open":
        raise refusal_of(RESOLVED[row.state], code)
    if not basis.strip():
        remedy = Text("请写明法律条文。", "Name the statute and its article.")
        raise Refusal("ledger.basis", Text("没有写明依据。", "No basis is given."), where="basis", remedy=remedy)
