"""The only clock: UTC inside, Asia/Shanghai on screen; tests and the demonstration may shift it or stand it still."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
AHEAD = "QILIAN_CLOCK_AHEAD"
"""The variable that tells a process by how many seconds its clock is ahead of the machine's; in a real system it is
not read."""
_SHIFTING = ("demo", "test")
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)
_may_stand: ContextVar[bool] = ContextVar("may_stand", default=False)

__all__ = [
    "AHEAD", "SHANGHAI", "allow_standing", "by_machine", "declared", "now", "run_from", "standing_at", "today",
]  # fmt: skip


def _inherited() -> timedelta:
    """Return what the process that started this one declared."""
    shifted = os.environ.get("QILIAN_MODE") in _SHIFTING
    return timedelta(seconds=float(os.environ.get(AHEAD) or 0)) if shifted else timedelta()


_ahead = [_inherited()]


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC) + _ahead[0]  # noqa: TID251 — the one place that reads the machine's clock


def today() -> date:
    """Return the calendar day in Asia/Shanghai, the day that Chinese legal limits count."""
    return now().astimezone(SHANGHAI).date()


def declared() -> datetime | None:
    """Return this moment where the clock stands or is shifted, None where it is the machine's own.

    The database's `now()` knows nothing of either: whoever compares there is told this moment instead.
    """
    return now() if _standing.get() or _ahead[0] else None


def by_machine(moment: datetime) -> datetime:
    """Return when a moment will be by the machine's clock, which the database and its queue go by."""
    return moment - _ahead[0]


def run_from(moment: datetime) -> None:
    """Declare what time it is: this process, its threads and those it starts from now on go on from that moment.

    RuntimeError in a real system, ValueError for a moment without a time zone.
    """
    if os.environ.get("QILIAN_MODE") not in _SHIFTING:
        raise RuntimeError("only demonstration and test databases may shift the clock")
    _ahead[0] = _aware(moment) - datetime.now(UTC)  # noqa: TID251 — as above
    os.environ[AHEAD] = str(_ahead[0].total_seconds())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Stand the clock at a moment for a block; RuntimeError where the database is a real one (DESIGN 4)."""
    if not _may_stand.get():
        raise RuntimeError("only demonstration and test databases may shift the clock")
    token = _standing.set(_aware(moment))
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


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
