"""The only clock: UTC inside, Asia/Shanghai on screen; demonstration and test databases may stand it still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)
_may_stand: ContextVar[bool] = ContextVar("may_stand", default=False)

__all__ = ["SHANGHAI", "allow_standing", "now", "standing_at", "today"]


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)  # noqa: TID251 — the one place that reads the machine's clock


def today() -> date:
    """Return the calendar day in Asia/Shanghai, the day that Chinese legal limits count."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Stand the clock at a moment for a block; RuntimeError where the database is a real one (DESIGN 4)."""
    if not _may_stand.get():
        raise RuntimeError("only demonstration and test databases may shift the clock")
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)


@contextmanager
def allow_standing() -> Iterator[None]:
    """Permit `standing_at` within a block: the demonstration's filling and the test suite open it, nothing else."""
    token = _may_stand.set(True)
    try:
        yield
    finally:
        _may_stand.reset(token)
