"""The only clock stands still where it may, and nowhere else."""

from datetime import UTC, date, datetime, timedelta

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
