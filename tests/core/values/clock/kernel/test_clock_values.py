"""The only clock is shifted and stands still where it may, and nowhere else."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from qilian.core.values import clock

NOON = datetime(2026, 2, 14, 20, 0, tzinfo=clock.SHANGHAI)


def test_now_is_aware_and_runs() -> None:
    first = clock.now()
    assert first.tzinfo is UTC and timedelta() <= clock.now() - first < timedelta(minutes=1)
    assert clock.today() == clock.now().astimezone(clock.SHANGHAI).date()


def test_a_real_database_cannot_stop_the_clock() -> None:
    with pytest.raises(RuntimeError, match="demonstration"), clock.standing_at(NOON):
        pass


def test_it_stands_for_a_block() -> None:
    late = datetime(2026, 2, 14, 17, 0, tzinfo=UTC)
    with clock.allow_standing():
        with clock.standing_at(NOON):
            assert clock.now() == NOON and clock.now().tzinfo is UTC
            with clock.standing_at(late):
                assert clock.today() == date(2026, 2, 15), "one in the morning in Shanghai"
            assert clock.today() == date(2026, 2, 14)
        with pytest.raises(ValueError, match="time zone"), clock.standing_at(datetime(2026, 1, 1)):
            pass
    with pytest.raises(RuntimeError), clock.standing_at(NOON):
        pass


def minute_of_a_child(mode: str) -> str:
    """Ask a process that this one starts what time it is."""
    asked = "from qilian.core.values import clock; print(clock.now().isoformat(timespec='minutes'))"
    environment = {**os.environ, "QILIAN_MODE": mode, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.strip()[:16]


def test_a_declared_moment_reaches_threads_and_children_and_goes_on() -> None:
    clock.run_from(NOON)
    first, seen = clock.now(), list[datetime]()
    assert timedelta() <= first - NOON < timedelta(minutes=1) and clock.today() == NOON.date()
    thread = Thread(target=lambda: seen.append(clock.now()))
    thread.start()
    thread.join()
    assert first <= seen[0] <= clock.now() < first + timedelta(minutes=1)
    assert minute_of_a_child("demo")[:13] == minute_of_a_child("test")[:13] == "2026-02-14T12"


def test_a_real_system_knows_no_declared_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.run_from(datetime(1999, 1, 1, tzinfo=UTC))
    assert not minute_of_a_child("real").startswith("1999")
    monkeypatch.setenv("QILIAN_MODE", "real")
    with pytest.raises(RuntimeError, match="demonstration"):
        clock.run_from(NOON)


def test_a_declared_moment_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.run_from(datetime(2026, 1, 1))


def test_who_asks_the_database_is_told_where_the_clock_is_not_the_machines() -> None:
    clock.run_from(NOON)
    told = clock.declared()
    assert told is not None and timedelta() <= told - NOON < timedelta(minutes=1)
    assert abs(clock.by_machine(clock.now()) - clock.now()) > timedelta(days=1)
    late = NOON + timedelta(hours=3)
    with clock.allow_standing(), clock.standing_at(late):
        assert clock.declared() == late
