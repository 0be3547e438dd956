"""Verbs on holds: the statutory day on which one goes back, and the sweep that gives back what is due."""

import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import holders_of_role
from qilian.core.time.clocks.api import Limit, Place, Rule, start
from qilian.core.values import clock
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person
from qilian.engines.ledger.book.api import (
    PASSED,
    POST,
    RESOLVED,
    RETURN,
    Hold,
    Void,
    hold_ref,
    refusal_of,
    refuse_foreign,
    require_on,
    submit,
)

from .events import HoldScheduled, HoldStuck

SWEEP = "ledger.holds"
"""Whose space the keys of the sweep lie in: no caller can take one."""
AGAIN = timedelta(hours=1)
"""How long after a failure a hold is tried again."""
_STUCK = Text("预留到期未能退回", "A hold could not be given back")
_LOOK = Text("系统每小时重试一次；原因见该预留的页面。", "It is tried again every hour; its page says why.")
_TITLE = Text("保证金退还", "Return of a deposit")
log = logging.getLogger(__name__)


@transaction.atomic
def schedule_return(
    *, actor: Principal, hold: str, limit: Limit, basis: str, since: datetime | None = None, engine: str = ""
) -> Hold:
    """Set by law when a hold (its code) goes back to the payer: within `limit` from now, or from a moment.

    A legal clock runs beside it. The amount goes back at the first minute of the limit's last day, so that it is there
    in time. Whoever may capture the hold may set it. Refusals: `grants.denied`, `ledger.pending_…`, `ledger.basis`,
    `clocks.running` when a day is set already.
    """
    row = (
        Hold.objects.select_for_update(of=("self",))
        .select_related("debit", "credit")
        .filter(transfer__code=hold)
        .first()
    )
    if row is None:
        raise refusal_of("pending_not_found", hold)
    if not engine:
        require_on(actor, POST, [row.credit], own=True)
    refuse_foreign([row.debit, row.credit], engine)
    _check_open(row, basis, hold)
    rule, place = Rule(RETURN, _TITLE, limit, basis.strip()), Place(unit=row.credit.unit, offer=row.credit.offer)
    clocked = start(actor=actor, subject=hold_ref(hold), rule=rule, place=place, at=since)
    assert clocked.due_day is not None
    row.due, row.basis = datetime.combine(clocked.due_day, time(), SHANGHAI), basis.strip()
    row.save(update_fields=["due", "basis"])
    body = HoldScheduled(hold, row.due, row.basis)
    emit(body, actor=actor, subject=hold_ref(hold), offer=row.credit.offer, unit=row.credit.unit)
    return row


@internal("the worker gives back what is due, every minute")
def expire_due(*, actor: Principal, most: int = 1000) -> int:
    """Give back at most so many holds whose time is over, and return how many; call again until it returns 0.

    Only the system does it: Refusal `ledger.system`. A hold that somebody resolves meanwhile is passed over. One that
    cannot be given back holds up nobody: it is noted with an event `ledger.hold.stuck`, and tried again an hour later.
    """
    if not actor.is_system:
        raise Refusal("ledger.system", Text("到期退回由系统办理。", "What is due is given back by the system."))
    codes = list(due_holds().values_list("transfer__code", flat=True)[:most])
    try:
        failed = _give_back(actor, codes)
    except Exception:  # one of them; who it is shows when each is tried by itself
        log.warning("%s holds could not be given back together; each is tried by itself", len(codes), exc_info=True)
        failed = {code: why for code in codes if (why := _failure(actor, code))}
    for code, why in failed.items():
        _note(actor, code, why)
    return len(codes) - len(failed)


def due_holds() -> QuerySet[Hold]:
    """The holds whose time is over, the first due first; those that failed within the hour wait."""
    again = Q(failed_at=None) | Q(failed_at__lte=clock.now() - AGAIN)
    return Hold.objects.filter(again, state="open", due__lte=clock.now()).order_by("due", "pk")


def stuck_holds() -> QuerySet[Hold]:
    """The holds that are due and could not be given back the last time."""
    return Hold.objects.filter(state="open", failed_at__isnull=False)


@transaction.atomic
def _give_back(actor: Principal, codes: Sequence[str]) -> dict[str, str]:
    """Give holds back together; return what failed and why. Raises whatever fails for all of them."""
    wanted = [Void(hold=code, expired=True, key=f"expire:{code}", words="到期退回") for code in codes]
    answers = submit(actor=actor, entries=wanted, engine=SWEEP) if wanted else ()
    settled = (*PASSED, *RESOLVED.values())
    pairs = zip(codes, answers, strict=True)
    return {code: answer.result for code, answer in pairs if answer.result not in settled}


def _failure(actor: Principal, code: str) -> str:
    try:
        return _give_back(actor, [code]).get(code, "")
    except Exception as error:
        log.exception("the hold %s cannot be given back", code)
        return f"{type(error).__name__}: {error}".splitlines()[0]


@transaction.atomic
def _note(actor: Principal, code: str, why: str) -> None:
    """Say loudly that a hold could not be given back: in its row and the log; the first time to the administrators.

    The sweep itself fails while there is one, which the health page tells.
    """
    row = Hold.objects.select_for_update(of=("self",)).select_related("credit").get(transfer__code=code)
    if row.failed_at is None:
        people = Person.objects.filter(pk__in=holders_of_role("system-administrator"))
        notify(actor=actor, to=people, title=_STUCK, body=_LOOK, url=f"/ledger/holds/{code}/", urgency="urgent")
    row.failed_at, row.failure = clock.now(), why[:200]
    row.save(update_fields=["failed_at", "failure"])
    place = row.credit
    emit(HoldStuck(code, row.failure), actor=actor, subject=hold_ref(code), offer=place.offer, unit=place.unit)


def _check_open(row: Hold, basis: str, code: str) -> None:
    if row.state != "open":
        raise refusal_of(RESOLVED[row.state], code)
    if not basis.strip():
        remedy = Text("请写明法律条文。", "Name the statute and its article.")
        raise Refusal("ledger.basis", Text("没有写明依据。", "No basis is given."), where="basis", remedy=remedy)
