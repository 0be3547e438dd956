"""The titles of a table's columns: what each says about its cells, and how surely a line is a row of titles."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from qilian.spine.language.api import words

_NUMBER = re.compile(r"序号|编号|项次")
_ASIDE = re.compile(r"备注|说明|备\s*注")
_BRACKETED = re.compile(r"[（［][^（）［］]*[）］]")
_YEAR = re.compile(r"\d{4}(?:[-~至]\d{2,4})?年?度?")
_TIME = re.compile(r".{0,8}(?:时限|期限|时间(?:安排|节点|要求|进度)?|日期)")
_LISTS = re.compile(r"[、，。；：\d]")
_WHOSE = r"(?:国家|省|市|州|县|区|旗|镇|乡){0,3}(?:级|直|里|属)?(?:具体|主要)?"
_BODY = r"(?:单位|部门|机构|主体|处室|科室|镇街|乡镇|机关|企业)"
_COMPOUND = re.compile(
    rf"{_WHOSE}(?:(?P<lead>牵头|主办|主责|第一责任)|(?P<support>配合|协办|协同|协助|参与|参加)|(?P<responsible>责任|负责|承办|实施|落实|执行|承担))"
    rf"(?:责任|实施|落实|负责)*{_BODY}(?:[及和与、/]*(?:(?:主要)?(?:责任|负责|联系|分管|牵头)(?:人|领导|同志)|人员?|领导|电话|联系电话|联系方式|时限|职责).*)?"
)
_MIXED = re.compile(rf"{_WHOSE}(?:牵头|主办)[及和与、/]*(?:配合|协办|责任|参与){_BODY}|(?:任务|职责|责任)?分工")
_LONGEST = 16
_MEASURE_NAME = re.compile(
    r"(?:主要|核心|具体|发展|目标|监测|考核|评价|二级|三级)?指标(?:名称|内容|项目)?(?:（[^（）]*）)?"
)
_MEASURE_UNIT = re.compile(r"(?:计量|计算)?单位")
_DATED = re.compile(r"20\d\d(?=年)")
_AIM = re.compile(r"目标|计划数|指标值|规划值|任务数")
ROLE, TITLE, ODD, UNIT = 3, 1, -2, -3
"""What a column weighs: a role, a title, one with lists or figures in it, a unit (a form has labels at its left)."""
ENOUGH = 3
GROUP = re.compile(r"(?:任务|职责|责任|工作)?分工|责任(?:单位|部门)?|组织实施")
"""A title that spans the titles of the row below it."""


def kind_of(title: str, learned: Mapping[str, str]) -> str:
    """Return what a column holds: lead, support, responsible, person, when, number, note, or text.

    `learned` maps titles of this house to kinds.
    """
    plain = re.sub(r"\s", "", title)
    if plain in learned:
        return learned[plain]
    label = words.HEADER.fullmatch(plain) or _COMPOUND.fullmatch(_BRACKETED.sub("", plain))
    if label:
        return label.lastgroup or "text"
    if _TIME.fullmatch(_BRACKETED.sub("", plain)):
        return "when"
    if _MIXED.fullmatch(_BRACKETED.sub("", plain)):
        return "responsible"
    return "number" if _NUMBER.search(plain) else "note" if _ASIDE.search(plain) else "text"


def measured(titles: Sequence[str], kinds: Sequence[str]) -> list[str] | None:
    """Return what the columns of a table of indicators hold, one `name` and years that are `past`, or None."""
    plain = [re.sub(r"\s", "", title) for title in titles]
    names = [place for place, title in enumerate(plain) if _MEASURE_NAME.fullmatch(title)]
    years = [(place, int(dated.group())) for place, title in enumerate(plain) if (dated := _DATED.match(title))]
    aims = [place for place, title in enumerate(plain) if _AIM.search(title) and place not in names]
    if not names or not (years or aims) or any(len(title) > _LONGEST for title in plain):
        return None
    found = list(kinds)
    found[names[-1]] = "name"
    for place, title in enumerate(plain):
        if _MEASURE_UNIT.fullmatch(title):
            found[place] = "text"
    for (place, year), (after, later) in pairwise(years):
        if (later - year > 1 and place == years[0][0]) or (after in aims and place not in aims):
            found[place] = "past"
    return found


def weight(titles: Sequence[str], kinds: Sequence[str]) -> int:
    """Return how surely these cells are titles: what each column weighs, together."""
    return sum(_weight(title, kind) for title, kind in zip(titles, kinds, strict=True))


def _weight(title: str, kind: str) -> int:
    if kind in words.ROLES:
        return ROLE
    if kind != "text":
        return TITLE
    plain = _YEAR.sub("", _BRACKETED.sub("", title)).strip()
    if words.strictly_unit(plain):
        return UNIT
    return ODD if _LISTS.search(plain) else TITLE if len(plain) <= _LONGEST else 0


def title_like(cell: str, learned: Mapping[str, str]) -> bool:
    """Tell whether a cell of a second row of titles is one: blank, or a title that names a role, time or person."""
    return not cell.strip() or kind_of(cell, learned) in (*words.ROLES, "when", "person")
