"""Who decides, who takes back, and what a reason is."""

from collections.abc import Callable

import pytest

from qilian.core.values.text import Refusal
from qilian.core.work.approvals.kernel import (
    STATES,
    check_decision,
    check_lent,
    check_other,
    check_person,
    check_withdrawal,
)


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as told:
        step()
    return told.value.code


def test_another_person_decides_on_what_waits() -> None:
    assert check_decision("proposed", 1, 2) == 2
    assert refused(lambda: check_decision("proposed", 1, 1)) == "approvals.oneself"
    assert refused(lambda: check_decision("proposed", 1, None)) == "approvals.person"
    for state in STATES[1:]:
        assert refused(lambda: check_decision(state, 1, 2)) == "approvals.decided"  # noqa: B023 — called at once
        assert refused(lambda: check_withdrawal(state, 1, 1)) == "approvals.decided"  # noqa: B023 — called at once


def test_only_its_author_takes_a_proposal_back() -> None:
    check_withdrawal("proposed", 1, 1)
    for person in (2, None):
        assert refused(lambda: check_withdrawal("proposed", 1, person)) == "approvals.not_own"  # noqa: B023 — at once


def test_words_of_nobody_are_decided_by_anybody() -> None:
    assert check_other(2, None) == check_person(2) == 2


def test_a_right_that_the_author_lent_makes_no_second_person() -> None:
    check_lent(alone=True)
    assert refused(lambda: check_lent(alone=False)) == "approvals.lent"
