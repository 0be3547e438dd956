"""The account of a run: what each thing is worth, the last step that is allowed, and what ends the run."""

import pytest

from qilian.core.rules.budget.api import NOBODY, Budget, Spent, size_of


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        ("", 0),
        ("x" * 63, 0),
        ("x" * 64, 1),
        ([0] * 7, 0),
        ([0] * 16, 2),
        (dict.fromkeys(range(3)), 0),
        (dict.fromkeys(range(8)), 2),
        (10**100, 0),
        (None, 0),
    ],
)
def test_a_value_is_worth_its_own_size(value: object, steps: int) -> None:
    assert size_of(value) == steps
    run = Budget(steps, 1000)
    run.made(value)
    assert run.left == 0


def test_the_last_step_is_allowed_and_the_next_ends_the_run() -> None:
    run = Budget(2, 3)
    run.spend()
    run.spend()
    run.spend(0)
    with pytest.raises(Spent) as spent:
        run.spend()
    assert (spent.value.code, spent.value.limit) == ("steps", 2)
    with pytest.raises(Spent):
        run.spend(0)  # and nothing runs after that


def test_a_value_that_is_too_large_is_asked_for_in_vain() -> None:
    run = Budget(100, 3)
    run.room(3)
    run.made("abc")
    for ask in (lambda: run.room(4), lambda: run.made("abcd"), lambda: run.made([1, 2, 3, 4])):
        with pytest.raises(Spent) as spent:
            ask()
        assert (spent.value.code, spent.value.limit) == ("size", 3)


def test_nobody_pays_for_everything() -> None:
    NOBODY.spend()
    NOBODY.spend(10**12)
