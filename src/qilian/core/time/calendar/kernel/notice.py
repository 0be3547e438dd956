"""Read what an official types from the yearly notice of the State Council's General Office on holidays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from qilian.core.values.text import Refusal, Text

from .counting import HolidayRule

_DAY = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})日?")
_LINE = re.compile(r"(?P<name>[^\d\s:：]+)[:：\s]+(?P<rest>\d[^班]*?)?(?:[\s,，、;；。]*上班[:：\s]*(?P<work>\d.*))?")
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+)\s*")
_LONGEST = 31


def read_notice(text: str, year: int) -> tuple[HolidayRule, ...]:
    """Read one feast a line: name, days of rest, and after 上班 the days off that become work days.

    Days are written 2-15, 2月15日 or 2026-2-15, ranges with 至. Refusals name the line: `calendar.notice.line`,
    `calendar.notice.date`, `calendar.notice.range`, `calendar.notice.twice`; `calendar.notice.empty` for no line.

    >>> [str(each.day) for each in read_notice("元旦 1月1日至1月2日 上班 1月4日", 2026)]
    ['2026-01-01', '2026-01-02', '2026-01-04']
    """
    rules: dict[date, HolidayRule] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for rule in _line(line.strip(), year, number):
            if rule.day in rules:
                message = Text(f"{rule.day} 出现两次。", f"{rule.day} stands twice.")
                raise _refusal("twice", message)
            rules[rule.day] = rule
    if not rules:
        raise Refusal("calendar.notice.empty", Text("通知里没有一行。", "The notice has no line."), where="text")
    return tuple(rules[day] for day in sorted(rules))


def write_notice(rules: Iterable[HolidayRule]) -> str:
    """Write rules as lines that `read_notice` reads back as the same rules; nameless ones are called 调整.

    >>> write_notice(read_notice("元旦 1月1日、1月2日、1月3日 上班 1月4日", 2026))
    '元旦 2026-1-1至2026-1-3 上班 2026-1-4'
    """
    feasts: dict[str, tuple[list[date], list[date]]] = {}
    for each in sorted(rules, key=lambda rule: rule.day):
        name = re.sub(r"[\d\s:：班]+", "", each.name) or "调整"
        feasts.setdefault(name, ([], []))[each.is_workday].append(each.day)
    lines = []
    for name, (rest, work) in feasts.items():
        words = [name if rest else f"{name} 上班", _written(rest or work)]
        lines.append(" ".join([*words, "上班", _written(work)] if rest and work else words))
    return "\n".join(lines)


def _written(days: Sequence[date]) -> str:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1 and (day - runs[-1][0]).days <= _LONGEST:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return "、".join(_plain(first) if first == last else f"{_plain(first)}至{_plain(last)}" for first, last in runs)


def _plain(day: date) -> str:
    return f"{day.year}-{day.month}-{day.day}"


def _line(line: str, year: int, number: int) -> Iterator[HolidayRule]:
    if not line:
        return
    match = _LINE.fullmatch(line)
    if match is None or not (match["rest"] or match["work"]):
        message = Text(f"第 {number} 行看不懂：“{line}”。", f"Line {number} is not understood: “{line}”.")
        raise _refusal("line", message)
    for day in _days(match["rest"] or "", year, number):
        yield HolidayRule(day, False, match["name"])
    for day in _days(match["work"] or "", year, number):
        yield HolidayRule(day, True, match["name"])


def _days(written: str, year: int, number: int) -> Iterator[date]:
    for part in filter(None, re.split(r"[\s,，、;；]+(?=\d)", _RANGE.sub("至", written.strip()).rstrip(" ,，;；。"))):
        ends = [_date(each, year, number) for each in part.split("至")]
        length = (ends[-1] - ends[0]).days
        if len(ends) > 2 or not 0 <= length <= _LONGEST:
            message = Text(f"第 {number} 行的起止日期不对：{part}。", f"The range of line {number} is wrong: {part}.")
            raise _refusal("range", message)
        yield from (ends[0] + timedelta(days=step) for step in range(length + 1))


def _date(written: str, year: int, number: int) -> date:
    match = _DAY.fullmatch(written.strip())
    try:
        if match is None:
            raise ValueError
        return date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        message = Text(f"第 {number} 行的“{written}”不是日期。", f"“{written}” in line {number} is not a day.")
        raise _refusal("date", message) from None


def _refusal(what: str, message: Text) -> Refusal:
    remedy = Text(
        "每行一个节日，例如：春节 2月15日至2月23日 上班 2月14日、2月28日",
        "One feast a line, such as: 春节 2月15日至2月23日 上班 2月14日、2月28日",
    )
    return Refusal(f"calendar.notice.{what}", message, where="text", remedy=remedy)
