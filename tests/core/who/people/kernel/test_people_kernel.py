"""Terms: overlap, succession without a gap, and the refusals of posts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.core.who.people.kernel import Seat, Term, check_place, check_successor, clash, succession

BEGIN = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda number: BEGIN + timedelta(days=number))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """A term of at most two months, or an open one."""
    first = draw(days)
    last = draw(st.none() | days)
    return Term(first, last if last is None or last >= first else first)


def test_a_term_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refusal) as refused:
        Term(BEGIN, BEGIN - timedelta(days=1))
    assert refused.value.code == "people.term.reversed"


@given(terms(), terms())
def test_terms_overlap_when_they_share_a_day(one: Term, other: Term) -> None:
    window = [BEGIN + timedelta(days=number) for number in range(61)]
    shared = any(one.contains(day) and other.contains(day) for day in window)
    assert one.overlaps(other) is other.overlaps(one) is shared


@given(terms(), terms())
def test_within_means_every_day(inner: Term, outer: Term) -> None:
    window = [BEGIN + timedelta(days=number) for number in range(100)]
    assert inner.within(outer) is all(outer.contains(day) for day in window if inner.contains(day))


@given(terms(), days)
def test_succession_leaves_no_day_without_a_holder_and_none_with_two(term: Term, on: date) -> None:
    try:
        before, after = succession(term, on)
    except Refusal as refusal:
        assert refusal.code in ("people.handover.before_begin", "people.handover.ended")
        assert on <= term.first or not term.contains(on)
        return
    window = [BEGIN + timedelta(days=number) for number in range(100)]
    assert all(term.contains(day) == (before.contains(day) + after.contains(day) == 1) for day in window)
    assert after.first == on and after.last == term.last


def test_succession_refuses_the_first_day_and_days_after_the_end() -> None:
    term = Term(BEGIN, BEGIN + timedelta(days=9))
    for on, code in ((BEGIN, "before_begin"), (BEGIN + timedelta(days=10), "ended")):
        with pytest.raises(Refusal) as refused:
            succession(term, on)
        assert refused.value.code == f"people.handover.{code}"


def test_nobody_holds_the_same_post_twice_at_once() -> None:
    held = Seat(1, "fgw", "综合处", "处长", Term(BEGIN, BEGIN + timedelta(days=9)))
    again = Seat(1, "fgw", "综合处", "处长", Term(BEGIN + timedelta(days=9)))
    later = Seat(1, "fgw", "综合处", "处长", Term(BEGIN + timedelta(days=10)))
    elsewhere = Seat(1, "fgw", "综合处", "副处长", Term(BEGIN))
    assert clash(again, [elsewhere, held]) == held
    assert clash(later, [elsewhere, held]) is None
    check_place(later, [held])
    for seat in (held, Seat(1, "fgw", "综合处", "处长", Term(BEGIN))):
        with pytest.raises(Refusal) as refused:
            check_place(again, [seat])
        assert refused.value.code == "people.post.overlap"


def test_a_successor_is_somebody_else_who_still_works() -> None:
    seat = Seat(1, "fgw", "", "处长", Term(BEGIN))
    check_successor(seat, 2, active=True)
    for successor, active, code in ((1, True, "people.handover.oneself"), (2, False, "people.person.inactive")):
        with pytest.raises(Refusal) as refused:
            check_successor(seat, successor, active=active)
        assert refused.value.code == code
