"""Reading credit: what a page may show on a day, what is due to leave, and a record as the law sees it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party

from .kernel.display import Record, State
from .models import CreditRecord, CreditRepair

REPAIR_CLOCK = "registry.credit.repair"


def records() -> QuerySet[CreditRecord]:
    """All records, the latest decision first."""
    return CreditRecord.objects.select_related("party").order_by("-decided_on", "-pk")


def shown_records(on: date) -> QuerySet[CreditRecord]:
    """The records that pages may show on a day: the law's predicate, which no page goes around."""
    late = Q(last_day__gte=on) | (~Q(beyond="") & Q(corrected_on__isnull=True))
    return records().filter(late, ~Q(severity="minor") | Q(needed=True), state="standing")


def records_of(party: Party) -> QuerySet[CreditRecord]:
    """All records of a party, those that are over too: for itself and its officials."""
    return records().filter(party=party)


def due(on: date) -> Iterable[CreditRecord]:
    """The standing records whose longest period is over."""
    return CreditRecord.objects.filter(state="standing", last_day__lt=on).order_by("pk")


def record_by_code(code: str) -> CreditRecord:
    """A record by its public code; Refusal `registry.credit.unknown` (404)."""
    row = records().filter(code=code).first()
    if row is None:
        raise unknown(code)
    return row


def unknown(code: str) -> Refusal:
    """The refusal of a record that is not there, or not there for the reader."""
    return Refusal("registry.credit.unknown", Text("没有这条记录。", "There is no such record."), where=code)


def repair_of(row: CreditRecord) -> CreditRepair | None:
    """The latest repair that was asked for, of those that the acting principal may read."""
    return row.repairs.select_related("asked_by", "decided_by").order_by("-pk").first()


def law_of(row: CreditRecord) -> Record:
    """The record as the kernel reads it."""
    return Record(
        severity=row.severity,
        decided_on=row.decided_on,
        state=_state(row.state),
        needed=row.needed,
        repairable=row.repairable,
        corrected=row.corrected_on is not None,
        beyond=row.beyond != "",
    )


def record_ref(row: CreditRecord) -> Ref:
    """A record as the subject of events."""
    return Ref("registry.credit_record", row.code)


def record_scope(row: CreditRecord) -> Scope:
    """What grants compare for a record: its division."""
    return Scope(region=row.region)


def is_shown(row: CreditRecord) -> bool:
    """Whether everybody may see a record today."""
    return shown_records(clock.today()).filter(pk=row.pk).exists()


def _state(word: str) -> State:
    match word:
        case "standing" | "repaired" | "lapsed" | "annulled":
            return word
        case _:
            raise ValueError(word)  # registry_credit_record_state keeps others out
