"""Inbox items: addressees as text, groups by due moment, and what one may do with them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.core.who.inbox.kernel import Addressee, check_claim, check_open, check_own, light_of, when

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def test_addressees_are_written_and_read() -> None:
    for addressee in (
        Addressee.person(1),
        Addressee.post(2),
        Addressee.pool("fgw", "审核: 初审"),
        Addressee.party("7x"),
        Addressee.right("plan.publish"),
    ):
        assert Addressee.parse(str(addressee)) == addressee
    for wrong in ("", "person:", "desk:1", "person"):
        with pytest.raises(ValueError, match="not an addressee"):
            Addressee.parse(wrong)


@given(st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)))
def test_groups_are_past_today_and_later(due: datetime | None) -> None:
    found = when(due, now=NOW, tomorrow=TOMORROW)
    assert (found == "overdue") is (due is not None and due < NOW)
    assert (found == "today") is (due is not None and NOW <= due < TOMORROW)
    assert light_of("amber", due, NOW) == ("red" if found == "overdue" else "amber")


def test_only_what_waits_for_several_people_is_claimed() -> None:
    pool, right = Addressee.pool("fgw", "reviewer"), Addressee.right("plan.publish")
    for shared in (pool, right):
        check_claim(shared, mine=True)
    check_own(Addressee.person(1), mine=True)
    for addressee, mine, code in (
        (Addressee.person(2), True, "inbox.claim.taken"),
        (pool, False, "inbox.not_yours"),
        (right, False, "inbox.not_yours"),
    ):
        with pytest.raises(Refusal) as refused:
            check_claim(addressee, mine=mine)
        assert refused.value.code == code


def test_what_is_done_stays() -> None:
    check_open(None)
    with pytest.raises(Refusal) as refused:
        check_open(NOW - timedelta(days=1))
    assert refused.value.code == "inbox.done"
