"""Whether this house is well: database, migrations, processes, sealer, worker, jobs; no secret, name or address."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from qilian.core.house.tables import prepared
from qilian.core.log.figures.api import oldest_unsealed
from qilian.core.log.outbox.api import died
from qilian.core.values import clock

SEALER_LAG_MAX: Final = timedelta(seconds=30)
WORKER_SILENCE_MAX: Final = timedelta(seconds=60)
CLOCK_BACK_MAX: Final = timedelta(minutes=1)
FALLS_MAX: Final = 3
"""Falls in a row, each within half a minute of its start, after which a process is said to be ill."""
_TOLD: Final = timedelta(hours=1)
_LOUD: Final = timedelta(hours=1)
_MIGRATIONS_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and a few words or a number of seconds."""

    ok: bool
    detail: str
    seconds: float | None = None


@never_cache
@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, else 503, with what was found."""
    findings = examine()
    well = all(finding.ok for finding in findings.values())
    body = {"ok": well, "at": clock.now().isoformat(timespec="seconds")}
    body |= {name: asdict(finding) for name, finding in findings.items()}
    return JsonResponse(body, status=200 if well else 503)


def examine() -> dict[str, Finding]:
    """Look at everything in one transaction; where that fails, at each thing by itself, to tell what is wrong."""
    try:
        with transaction.atomic():
            return {name: look() for name, look in _LOOKS.items()}
    except DatabaseError:
        return _one_by_one()


def _one_by_one() -> dict[str, Finding]:
    """Look at each thing in turn; where the database is away, the rest cannot be known."""
    database = _asked(_database)
    return {"database": database} if not database.ok else {name: _asked(look) for name, look in _LOOKS.items()}


def _asked(look: Callable[[], Finding]) -> Finding:
    """Look inside a savepoint, so that a failed look leaves the connection usable."""
    try:
        with transaction.atomic():
            return look()
    except DatabaseError as error:
        return Finding(False, type(error).__name__)


def _database() -> Finding:
    prepared("SELECT 1", [])
    return Finding(True, "answers")


def _migrations() -> Finding:
    """The answer of half a minute ago is good enough: nobody migrates twice a minute."""
    if not (_seen and time.monotonic() - _seen[-1][0] < _MIGRATIONS_SECONDS):
        _seen[:] = [(time.monotonic(), *_other_migrations())]
    _, waiting, unknown = _seen[-1]
    if unknown:
        return Finding(False, f"{unknown} of a later version")
    return Finding(not waiting, "up to date" if not waiting else f"{waiting} to apply")


def _other_migrations() -> tuple[int, int]:
    """How many migrations the database lacks, and how many it went through that this code does not know."""
    executor = MigrationExecutor(connection)
    known, ours = executor.loader.disk_migrations, executor.loader.migrated_apps
    unknown = [key for key in executor.loader.applied_migrations if key[0] in ours and key not in known]
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes())), len(unknown)


def _processes() -> Finding:
    """What the supervisor wrote down: a process that falls again and again is not well, whatever the others say."""
    try:
        written = json.loads((Path(settings.VAR) / "run" / f"{settings.MODE}.json").read_text(encoding="utf-8"))
        falls = {str(name): int(count) for name, count in written.get("falls", {}).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return Finding(True, "not supervised")
    falling = sorted(name for name, count in falls.items() if count >= FALLS_MAX)
    return Finding(not falling, f"{', '.join(falling)} falls again and again" if falling else "stand")


def _sealer() -> Finding:
    """The age of the oldest unsealed event: the sealer works in the order of writing.

    What the demonstration's stories tell of the past month was written a moment ago; it counts for nothing here.
    """
    lag = _since(oldest_unsealed(clock.now() - _TOLD if settings.MODE == "demo" else None))
    return Finding(lag <= SEALER_LAG_MAX, "keeps up" if lag <= SEALER_LAG_MAX else "behind", _seconds(lag))


def _worker() -> Finding:
    ((latest,),) = prepared("SELECT max(last_heartbeat) FROM procrastinate_workers", [])
    if latest is None:
        return Finding(False, "no worker")
    silence = max(clock.by_machine(clock.now()) - latest, timedelta())  # it beats by the database's clock
    return Finding(
        silence <= WORKER_SILENCE_MAX, "beats" if silence <= WORKER_SILENCE_MAX else "silent", _seconds(silence)
    )


def _jobs() -> Finding:
    """A job that was given up within the hour, such as holds that are due and cannot go back: somebody has to look."""
    given_up = died(clock.now() - _LOUD)
    return Finding(not given_up, f"{given_up} given up" if given_up else "done")


def _clock() -> Finding:
    """A fact that was written later than now tells of a clock that went back; nothing is lost by it."""
    ((latest,),) = prepared("SELECT max(at) FROM (SELECT at FROM core_event ORDER BY id DESC LIMIT 50) AS last", [])
    ahead = max(latest - clock.now(), timedelta()) if latest else timedelta()
    right = ahead <= CLOCK_BACK_MAX
    return Finding(right, "goes on" if right else "went back", _seconds(ahead))


def _since(moment: datetime | None) -> timedelta:
    return max(clock.now() - moment, timedelta()) if moment else timedelta()


def _seconds(span: timedelta) -> float:
    return round(span.total_seconds(), 1)


_LOOKS: Mapping[str, Callable[[], Finding]] = {
    "database": _database,
    "migrations": _migrations,
    "processes": _processes,
    "sealer": _sealer,
    "worker": _worker,
    "jobs": _jobs,
    "clock": _clock,
}
_seen: list[tuple[float, int, int]] = []
