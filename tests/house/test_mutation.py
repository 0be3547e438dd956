"""Kernels under mutation (`./qilian test --long`): of a seeded sample of lies, at most one in ten goes unnoticed."""

import pytest
from tests.house.lies import kernels, lies_of, own_tests
from tests.house.mutation import SEED, SURVIVORS_MAX, BrokenHouse, liars, noticed, sample_of, survivors
from tests.house.source import ROOT, SRC

MONEY = SRC / "qilian/core/values/money/kernel.py"


@pytest.mark.long
def test_at_most_one_lie_in_ten_goes_unnoticed(capsys: pytest.CaptureFixture[str]) -> None:
    sample = sample_of()
    with capsys.disabled():
        alive = sorted(survivors(sample))
    told = "\n".join(str(lie) for lie in alive)
    listed = ROOT / "var/test" / f"survivors-{SEED}.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(told + "\n", encoding="utf-8")
    assert len(alive) <= SURVIVORS_MAX * len(sample), f"{len(alive)} of {len(sample)} survive:\n{told}"


@pytest.mark.long
def test_lies_are_noticed_and_truth_is_not() -> None:
    sound = MONEY.read_text(encoding="utf-8")
    tests = ["tests/core/values/money/kernel/test_money_kernel.py::test_reading_units_of_plans"]
    planted = {"module": "qilian.core.values.money.kernel", "path": str(MONEY)}
    lie = 'def _never(self: object) -> str:\n    return "nothing"\nMoney.__str__ = _never'
    with liars(1) as [liar]:
        assert noticed(liar, tests, cpu=60, **planted, text=f"{sound}\nUNUSED = 1\n") == ""
        assert "AssertionError" in noticed(liar, tests, cpu=60, **planted, text=f"{sound}\n{lie}\n")
        assert "planted" in noticed(liar, tests, cpu=60, **planted, text=f"{sound}\nraise ValueError('planted')\n")
        assert "signal" in noticed(liar, tests, cpu=10, **planted, text=f"{sound}\nwhile True: pass\n")
        with pytest.raises(BrokenHouse):
            noticed(liar, ["tests/core/values/money/kernel/test_absent.py::test_absent"], cpu=60, **planted, text=sound)


def test_a_lie_can_be_told() -> None:
    assert len(kernels()) > 20
    assert len(list(lies_of(MONEY))) > 10
    assert [path for path in kernels() if not own_tests(path).is_dir()] == []


def test_each_lie_changes_its_file() -> None:
    sound = MONEY.read_text(encoding="utf-8")
    told = {lie.text() for lie in lies_of(MONEY)}
    assert len(told) == len(list(lies_of(MONEY)))
    assert sound not in told


def test_lies_are_told_in_pure_rooms_too() -> None:
    rooms = {
        path.relative_to(SRC / "qilian/core").parts[1] for path in kernels() if path.is_relative_to(SRC / "qilian/core")
    }
    assert {"dmn", "feel", "regex", "text"} <= rooms
