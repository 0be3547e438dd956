"""Deadlines: the words that set one and the last day of the period they name."""

import calendar
import re
from collections.abc import Iterator

from .numerals import integer
from .shapes import Deadline, Span

_YEAR_WORDS = r"(?:(?:19|20)\d\d|二[〇零一二三四五六七八九]{3})年"
_MONTH_WORDS = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?"
_DAY_WORDS = r"(?:3[01]|[12]\d|0?[1-9])日"
_PART = r"(?:年?底|年?末|(?:上|下)半年|年中|第?[一二三四1-4]季度(?:末|底)?)"
_MONTH_PART = rf"(?:{_DAY_WORDS}|底|末|初|上旬|中旬|下旬)"
_DATED = rf"(?:{_YEAR_WORDS}(?:{_MONTH_WORDS}{_MONTH_PART}?|{_PART})?)"
_SHORT = rf"(?:{_MONTH_WORDS}{_MONTH_PART}?|年底|年末|(?:上|下)半年|[一二三四]季度末?)"
_BEFORE = r"(?:以前|之前|前|止)"
_DONE = r"(?:完成|建成|完工|通车|交付|见效|开放|开工|启动|出台|投产|竣工|印发|投用|投入使用|上线|到位)"
_ENDLESS = (
    r"(?:长期(?:坚持|推进|任务|实施)?|持续(?:推进|实施|开展|深化)?|常态化(?:推进)?"
    r"|常年|全年|立即|即时|每年|年度|近期|随时)"
)

_FORMS = (
    rf"(?P<recurring>每(?:年|季度?|月|半年)(?:\d{{1,2}}[日号]|底|末|{_SHORT})(?:以?前|之前)?)"
    rf"|(?:自|从)?(?:{_DATED}|20\d\d|(?<![\d年]){_SHORT})(?:起)?(?:至|到|-{{1,2}})(?P<until>{_DATED}|{_SHORT})(?:{_BEFORE})?"
    rf"|(?P<since>(?:自|从){_DATED}|(?:{_DATED}|20\d\d)起)"
    rf"|(?:力争)?(?:到|至|截至|截止|于|在)?(?P<by>{_DATED}){_BEFORE}"
    rf"|(?:力争)?(?:到|至|截至|截止)(?P<to>{_DATED})"
    rf"|(?P<done>{_YEAR_WORDS}(?:{_MONTH_WORDS}{_MONTH_PART}?|{_PART}))(?=[^，。；、\d]{{0,2}}?{_DONE})"
    r"|(?P<lasting>(?<=[，；])(?:长期(?:坚持|推进|实施)|持续(?:推进|实施)|常年坚持|全年推进|立行立改)(?=[，。；\n]|$))"
    rf"|(?P<end>{_YEAR_WORDS}(?:{_MONTH_WORDS})?(?:年?底|年?末))"
    r"|(?P<plan>(?:到|至)?[“\"]?(?P<five>十[一二三四五六七八九]?|二十)五[”\"]?(?:时期|规划)?(?:期间|期末|末|期内|时期))"
    r"|(?P<within>(?<![\d一二三四五六七八九十])(?:(?:\d|[一二三四五六七八九两])[到至-])?(?:\d{1,2}|[一二三四五六七八九十两])年(?:时间)?(?:之|以)?内)"
    r"|(?P<counted>印发(?:之日)?(?:起|后)的?\d+个?(?:工作)?[日天月](?:之|以)?内)"
    rf"|(?:到|至|截至)?(?P<short>(?<![\d年]){_SHORT}){_BEFORE}|(?P<year>今?年内)|(?P<pair>今明两年)"
    rf"|(?P<part>(?<![\d年])(?:(?:上|下)半年|第?[一二三四]季度末?)(?=[^，。；、]{{0,2}}?{_DONE}))"
)
_LOOSE = (
    rf"(?:{_DATED}|{_SHORT}|第?[一二三四1-4]季度|(?:上|下)半年|年中|今?年内|全年)(?:年?底|末)?(?:以前"
    rf"|之前|前|内)?(?:全面|基本|全部|全)?"
)
_IN_WORDS = re.compile(_FORMS)
_BEHIND_LABEL = re.compile(
    rf"{_FORMS}|(?P<bare>{_DATED})|(?P<loose>{_SHORT}|第?[一二三四1-4]季度(?:末|底)?|年中)|(?P<endless>{_ENDLESS})|(?P<dotted>20\d\d[.-]\d{{1,2}}(?:[.-]\d{{1,2}})?)"
)
WHEN_SEGMENT = re.compile(
    rf"(?:并|于|争取|力争|确保)?(?:(?:{_FORMS})[^局厅委办]{{0,24}}|(?:{_DATED}|{_ENDLESS})(?:底)?(?:前|内)?(?:全面|基本|全部)?"
    rf"(?:完成|建成|见效|落实|取得实效|实现|到位|启动|出台)?|{_LOOSE}{_DONE}[一-龥]{{0,4}}|[^局厅委办部，。；、]{{1,10}}(?:前|底|末|内|期间|季|旬)(?:全面|基本|全部)?{_DONE}[一-龥]{{0,4}})"
)
_WHICH = re.compile(rf"[^，。；、\d]{{0,4}}{_DONE}的(?=[^，。；]{{2}})")
"""A date that says which (2000年底前建成的小区) dates no task."""
_SIGN = re.compile("[年月季]|长期|持续|立行|五[”期规时末]|印发")
_YEAR = re.compile(r"((?:19|20)\d\d|二[〇零一二三四五六七八九]{3})年")
_MONTH = re.compile(r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(\d{1,2})日|(初|上旬|中旬))?")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_DAYS = {"初": 10, "上旬": 10, "中旬": 20, None: 0}


def find_deadlines(folded: str, raw: str, span: Span, start_year: int | None = None) -> list[Deadline]:
    """Return the deadlines in a stretch of words; a date without a year takes the year of the one before it."""
    return list(_found(_IN_WORDS, folded, raw, span, start_year)) if _SIGN.search(folded, *span) else []


def read_time(folded: str, raw: str, span: Span, start_year: int | None = None) -> list[Deadline]:
    """Return what stands behind a label such as 完成时限; words without a date stay, with date None."""
    found = list(_found(_BEHIND_LABEL, folded, raw, span, start_year))
    return found or [Deadline(raw[span[0] : span[1]], None, span)]


def _found(pattern: re.Pattern[str], folded: str, raw: str, span: Span, start_year: int | None) -> Iterator[Deadline]:
    year = start_year
    for match in pattern.finditer(folded, *span):
        if match.group("since") or _WHICH.match(folded, match.end()):
            continue
        years = _YEAR.findall(match.group())
        if years:
            year = integer(years[-1])
        yield Deadline(raw[match.start() : match.end()], _date(match, year, start_year), match.span())


def _date(match: re.Match[str], year: int | None, start_year: int | None) -> str | None:
    groups = match.groupdict()
    if groups["recurring"] or groups["counted"] or groups["lasting"] or groups.get("endless"):
        return None
    if groups["plan"]:
        return f"{integer(groups['five']) * 5 + 1955}-12-31"
    if groups["pair"]:
        return f"{start_year + 1}-12-31" if start_year else None
    if groups["within"]:
        return (
            f"{start_year + integer(re.split('[到至-]', groups['within'].partition('年')[0])[-1])}-12-31"
            if start_year
            else None
        )
    if groups.get("dotted"):
        parts = [int(part) for part in re.split("[.-]", groups["dotted"])]
        return _checked(parts[0], parts[1], parts[2] if len(parts) > 2 else 0)
    return _last_day(_YEAR.sub("", groups["until"] or match.group()), year) if year else None


def _last_day(written: str, year: int) -> str | None:
    """Return the last day of a period of the year: the day, the end of the month, quarter or half, else of the year."""
    month = _MONTH.search(written)
    if month:
        return _checked(year, integer(month.group(1)), integer(month.group(2) or "") or _DAYS[month.group(3)])
    quarter = _QUARTER.search(written)
    if quarter:
        return _checked(year, integer(quarter.group(1)) * 3, 0)
    return _checked(year, 6 if "上半年" in written or "年中" in written else 12, 0)


def _checked(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return f"{year}-{month:02d}-{day or last:02d}" if day <= last else None
