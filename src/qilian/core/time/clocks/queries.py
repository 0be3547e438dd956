"""Reading clocks: as values to count with, and as lists by what is due."""

from datetime import datetime

from django.db.models import Count, QuerySet

from qilian.core.time.calendar.api import load
from qilian.core.values.text import Ref, Text

from .kernel import Clock, Extension, Light, Limit, Pause, Unit, describe, light
from .models import LegalClock

_MEASURES: dict[str, Unit] = {
    "workday": "workday",
    "natural_day": "natural_day",
    "month": "month",
    "hour": "hour",
    "minute": "minute",
}


def value_of(row: LegalClock) -> Clock:
    """A row with its pauses and extensions as the value that the kernel counts with."""
    return Clock(
        start=row.started_at,
        limit=Limit(row.value, _MEASURES[row.measure]),
        pauses=tuple(
            Pause(each.started_at, each.ended_at, Text(each.reason_zh, each.reason_en), each.document)
            for each in row.pauses.all()
        ),
        extensions=tuple(Extension(each.value, each.approver, each.at, each.reason) for each in row.extensions.all()),
        stopped=row.stopped_at,
        longest_extension=row.longest_extension,
        amber_at=row.amber_at,
    )


def clocks_of(subject: Ref) -> QuerySet[LegalClock]:
    """All clocks of a subject, open and stopped, the oldest first, ready for `light_of`."""
    return ready(LegalClock.objects.filter(subject=str(subject))).order_by("started_at", "pk")


def open_clock(subject: Ref, rule: str) -> LegalClock | None:
    """The open clock of a subject under a rule, if there is one."""
    return ready(LegalClock.objects.filter(subject=str(subject), rule=rule).exclude(state="stopped")).first()


def ready(rows: QuerySet[LegalClock]) -> QuerySet[LegalClock]:
    """The same rows with all that a light needs: three queries for any number of rows."""
    return rows.prefetch_related("pauses", "extensions")


def light_of(row: LegalClock, now: datetime) -> Light:
    """The light of a clock at a moment, with the rule that gave it."""
    return light(value_of(row), load(row.region), now)


def words_of(row: LegalClock, now: datetime) -> Text:
    """What a clock says in one line: 剩 3 个工作日（已暂停 5 日：专家评审）."""
    return describe(value_of(row), load(row.region), now)


def due_before(moment: datetime) -> QuerySet[LegalClock]:
    """Running clocks whose limit is over before a moment, the most urgent first."""
    return LegalClock.objects.filter(state="running", due_at__lte=moment).order_by("due_at", "pk")


def overdue_by_unit(moment: datetime) -> dict[str, int]:
    """How many limits each unit has let pass, by the unit's slug; units without any are absent."""
    rows = due_before(moment).order_by().values_list("unit").annotate(number=Count("pk"))
    return dict(rows.order_by("unit"))


def stale(version: int) -> QuerySet[LegalClock]:
    """Open clocks whose last day was computed with an older calendar."""
    return LegalClock.objects.filter(calendar_version__lt=version).exclude(state="stopped").order_by("pk")
