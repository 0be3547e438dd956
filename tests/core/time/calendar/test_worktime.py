"""The command: JSON in, JSON out, and a sentence for what is none."""

import json
from pathlib import Path

import pytest

from qilian.core.time.calendar.worktime import command
from qilian.core.values.text import Refusal

FILE = {
    "calendar": {
        "week": {"mon": [["09:00", "12:00"], ["13:00", "24:00"]]},
        "holidays": ["2026-10-05"],
        "workdays": ["2026-10-10"],
    },
    "cases": [
        {"from": "2026-10-12T08:00", "to": "2026-10-12T10:00"},
        {"from": "2026-10-05T08:00", "to": "2026-10-05T18:00:00+08:00"},
        {"from": "2026-10-09T08:00", "add": "PT14H"},
    ],
}


def test_cases_are_answered_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(FILE))
    assert command([str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"seconds": 3600},
        {"seconds": 0},
        {"due": "2026-10-11T00:00:00+08:00"},
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "form"),
        ("[]", "form"),
        ('{"calendar": {"week": {"mo": []}}, "cases": []}', "form"),
        ('{"calendar": {"week": {"mon": [["12:00", "09:00"]]}}, "cases": []}', "form"),
        ('{"calendar": {"week": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "cases": []}', "form"),
        ('{"calendar": {"week": {}, "zone": "Mars/North"}, "cases": []}', "form"),
        ('{"calendar": {"week": {}}, "cases": [{"from": "soon"}]}', "form"),
    ],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(Refusal) as caught:
        command([str(path)])
    assert caught.value.code == f"calendar.worktime.{code}" and caught.value.remedy


def test_a_file_is_needed() -> None:
    with pytest.raises(Refusal) as caught:
        command([])
    assert caught.value.code == "calendar.worktime.file"
