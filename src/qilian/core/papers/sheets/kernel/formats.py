"""How a spreadsheet shows the number of a cell: as a day, a time, a share, a code with zeros, or fifteen figures.

ECMA-376-1 §18.8.30: built-in formats have no code in the file; 27–36 and 50–58 are days and times in Chinese editions.
§18.17.4.1: days are counted from 1900 with a 29 February that never was, or from 1904.
"""

import re
from datetime import date, time, timedelta
from decimal import Decimal

_CLOCK_IDS = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
_DAY_IDS = frozenset((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58, *range(71, 82)))
_SHARE_IDS = frozenset((9, 10))
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATED = re.compile(r"[ymdhs年月日]|\be{1,4}\b", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,20}")
_FIGURES = 15
_LAST_DAY = 2_958_465  # 9999-12-31
_NEVER = 60  # 1900-02-29

PLAIN, MOMENT, ELAPSED, SHARE = "plain", "moment", "elapsed", "share"


def kind_of_format(number: int, code: str | None) -> str:
    """Return what a format makes of a number: `moment`, `elapsed`, `share`, `plain`, or the zeros that pad a code.

    >>> kind_of_format(31, None), kind_of_format(164, 'yyyy"年"m"月"'), kind_of_format(165, "000000")
    ('moment', 'moment', '000000')
    """
    if code is None:
        return MOMENT if number in _DAY_IDS | _CLOCK_IDS else SHARE if number in _SHARE_IDS else PLAIN
    bare = _ASIDE.sub("", code.split(";")[0])
    if bare.lower() in ("general", "g/通用格式", "@"):
        return PLAIN
    if _ELAPSED.search(bare):
        return ELAPSED
    if "%" in bare:
        return SHARE
    if _ZEROS.fullmatch(bare):
        return bare
    return MOMENT if _DATED.search(re.sub(r"[Ee][+-]", "", bare)) else PLAIN


def shown(number: Decimal, kind: str, *, from_1904: bool = False) -> str:
    """Write a number as its cell shows it, days as 2026-11-22, moments as 2026-11-22 18:00.

    Fifteen figures are exact; a longer one is written as a power of ten, as spreadsheets do: its end is lost.

    >>> shown(Decimal("57.699999999999996"), PLAIN), shown(Decimal("46348.75"), MOMENT), shown(Decimal("0.15"), SHARE)
    ('57.7', '2026-11-22 18:00', '15%')
    >>> shown(Decimal("6228480402564890123"), PLAIN), shown(Decimal(123), "000000")
    ('6.22848040256489E+18', '000123')
    """
    if kind in (MOMENT, ELAPSED) and 0 <= number < _LAST_DAY + 1:
        return _elapsed(number) if kind == ELAPSED else _moment(number, from_1904)
    if kind == SHARE:
        return _figures(number * 100) + "%"
    text = _figures(number)
    return text.zfill(len(kind)) if kind.startswith("0") and text.isdecimal() else text


def _figures(number: Decimal) -> str:
    rounded = Decimal(format(number, f".{_FIGURES}g"))
    if rounded.adjusted() >= _FIGURES:
        mantissa, power = format(rounded, f".{_FIGURES - 1}E").split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(power):+03}"
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moment(number: Decimal, from_1904: bool) -> str:
    days, seconds = divmod(round(number * 86_400), 86_400)
    clock = time(seconds // 3_600, seconds // 60 % 60, seconds % 60)
    if days == 0 and not from_1904:
        return clock.isoformat()
    if days == _NEVER and not from_1904:
        return "1900-02-29"
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < _NEVER else 30)
    day = (first + timedelta(days=min(days, _LAST_DAY - 1_462 if from_1904 else _LAST_DAY))).isoformat()
    if seconds == 0:
        return day
    return f"{day} {clock.isoformat('seconds' if seconds % 60 else 'minutes')}"


def _elapsed(number: Decimal) -> str:
    minutes, seconds = divmod(round(number * 86_400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
