"""How any value is said on screen and written to CSV: numbers, dates in Asia/Shanghai, money, states, texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from qilian.core.house.pages import Status
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Text, current_language

NOTHING = "—"
_YES, _NO = Text("是", "yes"), Text("否", "no")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SYMBOLS = (  # units of measure whose Chinese and English words differ; a narrow no-break space stays inside one unit
    "千克=kg 克=g 吨=t 万吨=×10⁴\u202ft 米=m 公里=km 平方米=m² 亩=mu 公顷=ha 平方公里=km² 立方米=m³ 升=L 秒=s 分钟=min "
    "万立方米=×10⁴\u202fm³ 千瓦时=kWh 万千瓦时=×10⁴\u202fkWh 吨标准煤=tce 吨二氧化碳当量=t\u202fCO₂e 小时=h 天=days "
    "家=firms 人=people 件=items 次=times 项=items"
)
_UNITS = {word: symbol for word, _, symbol in (each.partition("=") for each in _SYMBOLS.split(" "))}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value ready for a template: its words, the colour of a state, the machine-readable moment of a date."""

    text: str
    colour: str = ""
    moment: str = ""
    numeric: bool = False


def drawn(value: object) -> Drawn:
    """Say a value for the screen; empty values are a dash, so that no cell looks forgotten."""
    if type(value) is str:  # most of all cells
        return Drawn(value or NOTHING)
    if isinstance(value, Status):
        return Drawn(str(value.word), colour=value.colour)
    if isinstance(value, datetime):
        return Drawn(said(value), moment=value.astimezone(SHANGHAI).isoformat(timespec="minutes"))
    if isinstance(value, date):
        return Drawn(said(value), moment=value.isoformat())
    return Drawn(said(value), numeric=is_number(value))


def said(value: object) -> str:
    """Say a value in the current language, in plain words.

    >>> said(1234567), said(Decimal("0.50")), said(None)
    ('1,234,567', '0.50', '—')
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return str(_YES if value else _NO)
    if isinstance(value, Money):
        return f"{value} 元" if current_language() == "zh" and value.currency == "CNY" else f"{value.currency} {value}"
    if isinstance(value, Quantity):
        return f"{number_words(value.value)} {unit_words(value.unit)}"
    if isinstance(value, (int, float, Decimal)):
        return number_words(value)
    if isinstance(value, date):
        return moment_words(value) if isinstance(value, datetime) else date_words(value)
    return _composed(value)


def number_words(value: int | float | Decimal) -> str:
    """Write a number with thousands separated; a decimal keeps the digits it came with."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def unit_words(symbol: str) -> str:
    """Write a unit of measure in the current language; a unit without an English form stays as it is."""
    return _UNITS.get(symbol, symbol) if current_language() == "en" else symbol


def date_words(value: date) -> str:
    """Write a day: 2015年3月1日, or 1 March 2015; a moment is read in Asia/Shanghai first."""
    day = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    if current_language() == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(value: datetime) -> str:
    """Write a moment to the minute in Asia/Shanghai."""
    local = value.astimezone(SHANGHAI)
    return f"{date_words(local.date())} {local:%H:%M}"


def is_number(value: object) -> bool:
    """Whether a value is right-aligned: numbers, money and quantities."""
    return isinstance(value, (int, float, Decimal, Money, Quantity)) and not isinstance(value, bool)


def written(value: object) -> str | int | float | Decimal:
    """Write a value for CSV: plain numbers, ISO dates in Asia/Shanghai, words; formulas are disarmed."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else said(value)
    if isinstance(value, Money):
        return value.in_unit("元")
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes")[:16]
    return disarmed(_in_words(value))


def disarmed(words: str) -> str:
    """Put an apostrophe before words that a spreadsheet would run as a formula (CSV injection).

    >>> disarmed("=1+1"), disarmed("祁连")
    ("'=1+1", '祁连')
    """
    return f"'{words}" if words.lstrip(" \n").startswith(_FORMULA_STARTS) else words


def _in_words(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    words = str(value.word) if isinstance(value, Status) else said(value)
    return "" if words == NOTHING else words


def _composed(value: object) -> str:
    """Join the items of a list or tuple with the comma of the language; anything else speaks for itself."""
    if isinstance(value, Iterable) and not isinstance(value, (str, Text)):
        return ("、" if current_language() == "zh" else ", ").join(said(item) for item in value) or NOTHING
    return str(value)
