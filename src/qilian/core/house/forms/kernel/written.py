"""The one reader of numbers, money and days as people and programs write them; everything else in the house uses it.

What is not certain is not guessed: separators out of place, powers of ten (a spreadsheet has thrown digits away) and
days whose order of day and month is unknown are refused, each with its own sentence. GB/T 7408.1 for days, GB/T 15835
for numbers.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Context, Decimal
from zoneinfo import ZoneInfo

from qilian.core.values.text import Refusal, Text

_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?")
_POWER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?E[+-]?[0-9]+", re.IGNORECASE)
_SHOWN_POWER = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E[+-][0-9]{2,3}")
_DIGITS = re.compile(r"[+-]?[0-9][0-9, ]*(?:\.[0-9, ]*)?")
_MARKS = re.compile(r"^(?:CNY|RMB|¥|¥)|元$")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "})
_DAYS = (
    re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})((?:[T\s].*)?)", re.ASCII),
    re.compile(r"(\d{4})\s*(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?((?:(?<=日).*|[T\s].*)?)", re.ASCII),
    re.compile(r"(\d{4})()(\d{2})(\d{2})((?:[T\s]?\s*\d{6}|[T\s].*)?)", re.ASCII),
)
_TIME = re.compile(
    r"T?\s*(\d{6}|\d{1,2}(?:时|[:时]\d{1,2}(?:分|[:分]\d{1,2}秒?(?:\.\d{1,9})?)?))\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_CLOCK = re.compile(r"(?<![.\d])\d{1,2}(?!\d)")
_HERE = ZoneInfo("Asia/Shanghai")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_LONGEST, _NOISE, _SHORT = 40, 15, 12  # figures of a quantity, of a binary float without noise, of a number it hides
_EXACT = Context(prec=60)


def read_number(written: str, where: str = "", called: Text | None = None) -> Decimal:
    """Read a number: full width, a sign, separators of thousands in their places, a percent sign (a hundredth).

    What is left of a binary float (57.699999999999996) is the number of fifteen figures, as spreadsheets show it.
    `called` is what a sentence calls the cell, else its words. Refusals: `forms.number`, `forms.separators`,
    `forms.power`.

    >>> [str(read_number(each)) for each in ("1,234.50", "－５", "15%", "57.699999999999996")]
    ['1234.50', '-5', '0.15', '57.7']
    """
    text = unicodedata.normalize("NFKC", written).translate(_MINUS).strip()
    percent = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    said = called or _quoted(written)
    if _POWER.fullmatch(text):
        raise _power(said, where)
    if not _GROUPED.fullmatch(text) or not 0 < sum(map(str.isdecimal, text)) <= _LONGEST:
        raise (_separators if _DIGITS.fullmatch(text) else _no_number)(said, where)
    number = _without_noise(re.sub("[, ]", "", text))
    return _EXACT.divide(number, Decimal(100)) if percent else number


def read_fen(written: str, where: str = "", called: Text | None = None) -> int:
    """Read an amount in 元 into fen: like a number, with ¥, CNY or 元, and brackets for what goes out.

    Refusals: those of `read_number`; `forms.fen` for parts of a fen.

    >>> read_fen("¥1,234.50"), read_fen("(3.00)"), read_fen("12元")
    (123450, -300, 1200)
    """
    text = unicodedata.normalize("NFKC", written).strip()
    said = called or _quoted(written)
    bracketed = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if bracketed else text
    text = _MARKS.sub("", _MARKS.sub("", text).strip()).strip()
    if text.endswith("%"):
        raise _no_number(said, where)
    fen = _EXACT.multiply(read_number(text, where, said), Decimal(100))
    if fen != fen.to_integral_value():
        message = Text(f"{said.zh}最小到分。", f"{said.en} is exact to the fen, not below.")
        raise Refusal("forms.fen", message, where=where)
    return -int(fen) if bracketed else int(fen)


def read_day(written: str, where: str = "", called: Text | None = None) -> date:
    """Read a day: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日, 20261122, each alone or before a time.

    A time with its offset from UTC stands for the day in China. Refusal `forms.date`.

    >>> read_day("20261122").isoformat(), read_day("2026-11-22T18:00:00Z").isoformat()
    ('2026-11-22', '2026-11-23')
    """
    found = _found(written)
    if found is None:
        message = Text("{said}不是日期。", "{said} is not a date.")
        raise _no_moment("date", message, called or _quoted(written), where, "2026-11-22")
    day, moment = found
    return moment.astimezone(_HERE).date() if moment and moment.tzinfo else day


def read_moment(written: str, where: str = "", called: Text | None = None) -> datetime:
    """Read a day with a time as `read_day` takes it: in Asia/Shanghai unless it names its zone; a day alone begins.

    Refusal `forms.moment`.

    >>> read_moment("2026年11月22日 9:30").isoformat()
    '2026-11-22T09:30:00+08:00'
    """
    found = _found(written)
    if found is None:
        message = Text("{said}不是日期和时间。", "{said} is not a day with a time.")
        raise _no_moment("moment", message, called or _quoted(written), where, "2026-11-22 09:30")
    day, moment = found
    whole = moment or datetime.combine(day, time())
    return whole if whole.tzinfo else whole.replace(tzinfo=_HERE)


def power_of_ten(written: str) -> bool:
    """Whether a cell holds what a spreadsheet makes of a long number (6.22848E+18): its last digits are lost."""
    return bool(_SHOWN_POWER.fullmatch(written.strip()))


def _found(written: str) -> tuple[date, datetime | None] | None:
    """The day that somebody wrote, and the moment where a time stands behind it; None when it is neither."""
    text = unicodedata.normalize("NFKC", written).strip()
    found = next((match for pattern in _DAYS if (match := pattern.fullmatch(text))), None)
    behind = _TIME.fullmatch(found[5].strip()) if found else None
    if not found or (found[5].strip() and not behind) or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
        if not behind:
            return day, None
        figures = (
            behind[1] if behind[1].isdecimal() else "".join(f"{int(part):02}" for part in _CLOCK.findall(behind[1]))
        )
        hour, minute, second = (int(figures[place : place + 2] or 0) for place in (0, 2, 4))
        zone = (
            datetime.fromisoformat(f"2000-01-01T00:00{behind[2].replace('Z', '+00:00')}").tzinfo if behind[2] else None
        )
        return day, datetime.combine(day, time(hour, minute, second), zone)
    except ValueError:
        return None


def _without_noise(text: str) -> Decimal:
    """The number, or the one of fifteen figures where the text is a binary float as programs print it."""
    number = Decimal(text)
    if len(number.as_tuple().digits) > _NOISE and repr(float(text)) == text:
        rounded = Decimal(format(number, f".{_NOISE}g")).normalize()
        if len(rounded.as_tuple().digits) <= _SHORT:
            return Decimal(format(rounded, "f"))
    return number


def _quoted(written: str) -> Text:
    shown = written.strip()[:30]
    return Text(f"“{shown}”", f"“{shown}”")


def _no_number(said: Text, where: str) -> Refusal:
    return Refusal("forms.number", Text(f"{said.zh}不是数字。", f"{said.en} is not a number."), where=where)


def _separators(said: Text, where: str) -> Refusal:
    return Refusal(
        "forms.separators",
        Text(f"{said.zh}的千分位不对。", f"{said.en} has separators out of place."),
        where=where,
        remedy=Text(
            "千分位每三位一个，小数点用“.”，例如 1,234.50。",
            "Write 1,234.50: commas for thousands, a point for decimals.",
        ),
    )


def _power(said: Text, where: str) -> Refusal:
    return Refusal(
        "forms.power",
        Text(f"{said.zh}是科学计数法，末尾的数字已经丢失。", f"{said.en} is a power of ten: its last digits are lost."),
        where=where,
        remedy=Text(
            "请在表格软件里把这一列设为文本，重新填写全部数字。",
            "Make the column text in your spreadsheet program, and write out every digit.",
        ),
    )


def _no_moment(code: str, message: Text, said: Text, where: str, example: str) -> Refusal:
    sentence = Text(message.zh.format(said=said.zh), message.en.format(said=said.en))
    remedy = Text(f"例如 {example}。", f"For example {example}.")
    return Refusal(f"forms.{code}", sentence, where=where, remedy=remedy)
