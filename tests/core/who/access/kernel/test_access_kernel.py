"""The rules of an emergency."""

import pytest

from qilian.core.values.text import Refusal, Text
from qilian.core.who.access.kernel import check_emergency, sentence

SOUND = {"actions": ["plan.draft"], "hours": 2, "reason": "值班时机构公告须当场改正", "running": 0}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hours": 0}, "access.hours"),
        ({"hours": 5}, "access.hours"),
        ({"actions": []}, "access.actions"),
        ({"actions": ["plan.*"]}, "access.actions"),
        ({"actions": ["plan.draft", "*"]}, "access.actions"),
        ({"actions": ["people.passwords"]}, "access.accounts"),
        ({"reason": "急用"}, "access.reason"),
        ({"running": 3}, "access.many"),
    ],
)
def test_what_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_emergency(**{**SOUND, **change})
    assert refused.value.code == code


@pytest.mark.parametrize("change", [{}, {"hours": 1}, {"hours": 4}, {"running": 2}])
def test_what_is_taken(change: dict[str, object]) -> None:
    check_emergency(**{**SOUND, **change})


def test_actions_in_one_line() -> None:
    said = sentence([Text("查看", "view"), Text("修改", "edit")])
    assert (said.zh, said.en) == ("查看、修改", "view; edit")
