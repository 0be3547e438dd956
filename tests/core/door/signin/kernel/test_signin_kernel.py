"""How many tries there are: counted by hand for the rule of five in a quarter of an hour."""

from datetime import UTC, datetime, timedelta

import pytest

from qilian.core.door.signin.kernel import (
    LONGEST,
    Rule,
    Tries,
    login_key,
    minutes_left,
    network_key,
    network_of,
    tried,
    undone,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULE = Rule(tries=5)
MINUTE = timedelta(minutes=1)


def after(count: int, *, every: timedelta = MINUTE, start: Tries | None = None) -> Tries:
    tries = start or Tries()
    for number in range(count):
        tries = tried(tries, RULE, NOON + number * every)
    return tries


def test_the_fifth_try_in_a_quarter_of_an_hour_locks_for_fifteen_minutes() -> None:
    assert not after(4).locked(NOON + 3 * MINUTE)
    assert after(5).until == NOON + 19 * MINUTE
    assert after(5).locked(NOON + 18 * MINUTE) and not after(5).locked(NOON + 19 * MINUTE)


def test_slow_tries_do_not_lock() -> None:
    slow = after(20, every=timedelta(minutes=16))
    assert slow.until is None and slow.count == 1


def test_each_further_lock_is_twice_as_long_up_to_eight_hours() -> None:
    waits, tries, now = [], Tries(), NOON
    for _ in range(8):
        for _ in range(5):
            tries = tried(tries, RULE, now)
        assert tries.until is not None
        waits.append(tries.until - now)
        now = tries.until
    assert waits == [timedelta(minutes=m) for m in (15, 30, 60, 120, 240, 480, 480, 480)]
    assert max(waits) == LONGEST


def test_after_a_day_of_peace_the_locks_are_forgotten() -> None:
    before = Tries(locks=3, until=NOON - timedelta(days=1, seconds=1))
    assert after(5, start=before).until == NOON + 19 * MINUTE
    assert after(5, start=Tries(locks=3, until=NOON - timedelta(hours=1))).locks == 4


def test_a_lock_that_a_wrong_clock_set_is_none() -> None:
    """The clock was years ahead for a moment: nobody waits for years when it is right again."""
    assert Tries(until=NOON + LONGEST).locked(NOON)
    ahead = Tries(locks=1, until=NOON + LONGEST + timedelta(seconds=1))
    assert not ahead.locked(NOON) and tried(ahead, RULE, NOON).count == 1


def test_a_locked_name_takes_no_try() -> None:
    with pytest.raises(AssertionError):
        tried(Tries(until=NOON + MINUTE), RULE, NOON)


def test_a_right_try_is_taken_back_with_the_lock_that_it_caused() -> None:
    assert undone(Tries(), RULE) == Tries()
    assert undone(after(3), RULE) == Tries(count=2, since=NOON)
    back = undone(after(5), RULE)
    assert (back.count, back.locks, back.until) == (4, 0, None) and back.since == NOON + 4 * MINUTE


def test_minutes_are_rounded_up() -> None:
    assert [minutes_left(Tries(until=NOON + timedelta(seconds=s)), NOON) for s in (1, 60, 61, 900)] == [1, 1, 2, 15]


def test_keys_join_what_is_the_same_and_tell_nothing() -> None:
    assert login_key(" Ada ", "again") == login_key("ada", "again") != login_key("bob", "again")
    assert "ada" not in login_key("ada", "mail")
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of("unix") == "unknown"


def test_no_name_at_one_door_is_another_name_at_another() -> None:
    """A login that ends like the name of a door was counted together with the shorter one at that door."""
    assert login_key("adamail", "password") != login_key("ada", "mail") != login_key("ada", "password")
    assert network_key("192.0.2.1", "mail") != network_key("192.0.2.1", "password")
