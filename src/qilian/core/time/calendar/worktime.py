"""The body of `worktime`: a calendar and cases as JSON in, seconds and due moments out."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qilian.core.values.text import Refusal, Text

from .kernel.hours import WEEKDAYS, Hours, Spans, read_duration

HELP: Final = Text("按工作时间计算期限和时长（JSON 文件）", "working time between moments, and when it is over (JSON)")
_SHAPE: Final = Text(
    '文件写成 {"calendar": {"week": {"mon": [["09:00", "12:00"]]}, "holidays": [], "workdays": [], '
    '"zone": "Asia/Shanghai"}, "cases": [{"from": …, "to": …}, {"from": …, "add": "PT8H"}]}。',
    'The file is {"calendar": {"week": {"mon": [["09:00", "12:00"]]}, "holidays": [], "workdays": [], '
    '"zone": "Asia/Shanghai"}, "cases": [{"from": …, "to": …}, {"from": …, "add": "PT8H"}]}.',
)


def command(arguments: Sequence[str]) -> int:
    """Print a list with `{"seconds": …}` or `{"due": …}` for each case of a file.

    A moment without an offset is one of the calendar's zone. Refusals `calendar.worktime.file`, `.form`, and those of
    the kernel: exit status 2 with a sentence.
    """
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        raise Refusal("calendar.worktime.file", Text("请给一个文件。", "Name one file."), remedy=_SHAPE)
    try:
        given = json.loads(Path(arguments[0]).read_text(encoding="utf-8-sig"))
        hours = read_hours(given["calendar"])
        answers = [_answer(hours, case) for case in given["cases"]]
    except (KeyError, TypeError, ValueError, AttributeError, ZoneInfoNotFoundError) as error:
        message = Text(f"文件读不懂：{error}。", f"The file is not understood: {error}.")
        raise Refusal("calendar.worktime.form", message, remedy=_SHAPE) from None
    sys.stdout.write(json.dumps(answers, ensure_ascii=False) + "\n")
    return 0


def read_hours(given: Mapping[str, Any]) -> Hours:
    """Working hours as they stand in a file. ValueError, KeyError or TypeError for another shape."""
    week = {WEEKDAYS.index(name): _spans(spans) for name, spans in given["week"].items()}
    holidays, workdays = (frozenset(map(date.fromisoformat, given.get(name, ()))) for name in ("holidays", "workdays"))
    zone = given.get("zone", "Asia/Shanghai")
    return Hours(week, holidays, workdays, ZoneInfo(zone).key)


def _spans(written: Sequence[Sequence[str]]) -> Spans:
    """Spans in order. ValueError for one that ends before it begins, or that overlaps another."""
    found = sorted((_time(first), _time(last)) for first, last in written)
    ends = [last for _, last in found]
    wrong = [span for span in found if not span[0] < span[1] and span[1] != time()]
    if wrong or any(not last <= first for last, (first, _) in zip(ends, found[1:], strict=False)):
        raise ValueError(f"spans {written}")
    return tuple(found)


def _time(written: str) -> time:
    return time() if written in ("24:00", "24:00:00") else time.fromisoformat(written)


def _answer(hours: Hours, case: Mapping[str, str]) -> Mapping[str, object]:
    start = _moment(case["from"], hours.zone)
    if "to" in case:
        return {"seconds": hours.seconds(start, _moment(case["to"], hours.zone))}
    return {"due": hours.due(start, *read_duration(case["add"])).isoformat()}


def _moment(written: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
