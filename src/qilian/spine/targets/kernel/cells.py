"""A figure alone in a cell of a table: what it measures stands in another cell, its unit perhaps in a third."""

import re

from qilian.spine.language.api import Direction, Span, Target

from .quantities import AFTER, NUMBER, RANGE_MARK, UNIT, plain_unit, value

_SIGNS = {
    ">=": "≥|>=|不低于|不少于|不小于|达到|达|提高到|提升到|提高至|提升至|增加到",
    "<=": "≤|<=|不高于|不超过|不大于|控制在|下降到|降到|降至|降低到",
    ">": ">|超过|突破|高于",
    "<": "<|低于",
    "~": "稳定在|保持在|约",
    "up": "增长|提高|提升|增加|上升|新增",
    "down": "下降|降低|减少|压减|压缩",
}
_MOVES: dict[str, Direction] = {"up": "up", "down": "down"}
_SIGN = "|".join(f"(?P<s{number}>{words})" for number, words in enumerate(_SIGNS.values()))
_FIGURE = re.compile(
    rf"[［〔【]?(?:[较比](?P<base>(?:20\d\d年|上年|去年|[^，。；\d]{{1,4}})(?:同期)?))?(?:年均|累计|同比|全年|每年|年度)?(?:{_SIGN})?"
    rf"(?P<minus>-)?(?P<value>{NUMBER}|\d+(?:\.\d+)?)(?:%?{RANGE_MARK}(?P<upper>{NUMBER}))?(?P<unit>{UNIT})?(?P<after>以上|以内|以下|左右|上下)?[］〕】]?"
)
_NO_UNIT = re.compile(r"[-/]+|无|无量纲")
_GROWTH = re.compile(r"年均|增速|增幅|增长")
_UNIT = re.compile(rf"(?:{UNIT})|百分比|[万亿千]?[一-龥]{{1,2}}/[一-龥]{{1,4}}")
_BRACKETED = re.compile(rf"（(?P<unit>{UNIT})）$")
_REACHED = re.compile(r"现状|基期|基数|基准|完成|实际|实绩|上年|去年|初值")
"""What a column of figures reached already says in its title."""
_YEAR = re.compile(r"20\d\d(?=年)")


def is_figure(text: str) -> bool:
    """Tell whether a folded cell is nothing but a figure: 128, ≥68.5%, 较上年下降2%; a year is none."""
    match = _FIGURE.fullmatch(text)
    return match is not None and not (match.group("unit") == "年" and len(match.group("value")) == 4)


def is_unit(text: str) -> bool:
    """Tell whether a folded cell is nothing but a unit of measure: 万吨, %."""
    return bool(_UNIT.fullmatch(text))


def is_unitless(text: str) -> bool:
    """Tell whether a folded cell says that what it stands beside has no unit: —, 无量纲."""
    return bool(_NO_UNIT.fullmatch(text))


def cell_target(folded: str, raw: str, name: Span, cell: Span, unit: str, title: str) -> Target | None:
    """Return what a figure in a cell aims at; None where nothing says what it is counted in, or it was reached already.

    `unit` is what a cell beside it says, `title` the title of its column, whose year dates it.
    """
    match = _FIGURE.fullmatch(folded, *cell)
    if match is None or _REACHED.search(title):
        return None
    indicator, bracketed = raw[slice(*name)].strip(), _BRACKETED.search(folded, *name)
    if bracketed:
        indicator = raw[name[0] : bracketed.start()].strip()
    named = bracketed.group("unit") if bracketed else ""
    unit = match.group("unit") or (named or unit if is_unitless(unit) else unit or named)
    sign = next((sign for number, sign in enumerate(_SIGNS) if match.group(f"s{number}")), "none")
    if _GROWTH.search(title):
        sign, unit = "down" if match.group("minus") else "up", match.group("unit") or "%"
    if not unit and sign == "none":
        return None
    unit = "" if _NO_UNIT.fullmatch(unit) else unit
    number, ranged = value(match.group("value"), match.group("upper"))
    bound = AFTER.get(match.group("after") or "")
    year = _YEAR.search(title)
    when = f"{year.group()}-12-31" if year else None
    base, text = match.group("base"), raw[slice(*cell)]
    if direction := _MOVES.get(sign):
        return Target(text, indicator, "delta", number, plain_unit(unit), base, when, cell, direction, bound)
    op = "range" if ranged else bound or sign
    return Target(text, indicator, op, number, plain_unit(unit), base, when, cell)
