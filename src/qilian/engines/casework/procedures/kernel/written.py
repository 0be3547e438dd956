"""A reader of what a file says, member by member: everything that is wrong is noted with its place, nothing raises."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from qilian.core.values.text import Refusal, Text, whole

from .model import APPLICANT, MEASURES, Length, Performer

_LENGTH: Final = re.compile(r"([0-9]{1,4})\s*(\S+)")
_SHARE: Final = re.compile(r"([0-9]{1,3})\s*/\s*([0-9]{1,3})|([0-9]{1,3}(?:\.[0-9]+)?)\s*%")
_YES: Final = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


class Reader:
    """What is read of a file, and what was wrong with it so far."""

    def __init__(self) -> None:
        self.wrong: list[Refusal] = []

    def note(self, code: str, where: str, zh: str, en: str, remedy: Text | None = None) -> None:
        """Note that something is wrong at a place."""
        self.wrong.append(Refusal(f"procedures.{code}", Text(zh, en), where=where, remedy=remedy))

    def mapping(self, data: Any, where: str, known: Sequence[str]) -> Mapping[str, Any]:
        """A mapping with known members only; an empty one in place of anything else."""
        if not isinstance(data, dict):
            self.note("shape", where, f"“{where}”应当是“名称: 值”。", f"“{where}” should be “name: value” pairs.")
            return {}
        for name in data:
            if name not in known:
                self.note(
                    "unknown",
                    where,
                    f"“{where}”没有“{name}”这一项。",
                    f"“{where}” has no member “{name}”.",
                    Text(f"可以写：{'、'.join(known)}。", f"Known are: {', '.join(known)}."),
                )
        return {name: value for name, value in data.items() if name in known}

    def named(self, data: Any, where: str) -> Mapping[str, Any]:
        """A mapping of names that the file chooses, such as steps or outcomes."""
        if isinstance(data, dict) and data:
            if all(name == name.strip() != "" for name in data):
                return data
            self.note(
                "name",
                where,
                f"“{where}”有名称是空的或带空格。",
                f"A name in “{where}” is empty or has blanks around it.",
            )
            return {}
        self.note("shape", where, f"“{where}”应当列出名称和内容。", f"“{where}” should list names with what they are.")
        return {}

    def text(self, data: Mapping[str, Any], name: str, where: str, *, needed: bool = False) -> str:
        """A text; "" where it is missing."""
        said = data.get(name, "")
        if not isinstance(said, str):
            self.note("shape", where, f"“{where}”的“{name}”应当是文字。", f"“{name}” of “{where}” should be a text.")
            return ""
        if needed and not said.strip():
            self.note("missing", where, f"“{where}”缺少“{name}”。", f"“{where}” lacks “{name}”.")
        return said.strip()

    def texts(self, data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        said = data.get(name, [])
        many = [said] if isinstance(said, str) else said
        if not isinstance(many, list) or not all(isinstance(each, str) and each.strip() for each in many):
            self.note(
                "shape", where, f"“{where}”的“{name}”应当是文字的列表。", f"“{name}” of “{where}” should list texts."
            )
            return ()
        return tuple(each.strip() for each in many)

    def pair(self, data: Mapping[str, Any], name: str, where: str) -> Text | None:
        """A text, or Chinese and English; None where nothing is said."""
        said = self.texts(data, name, where)
        return Text(said[0], said[-1]) if said else None

    def rows(self, data: Mapping[str, Any], name: str, where: str) -> list[Any]:
        """A list of anything."""
        said = data.get(name, [])
        if not isinstance(said, list):
            self.note("shape", where, f"“{where}”的“{name}”应当是列表。", f"“{name}” of “{where}” should be a list.")
            return []
        return said

    def boolean(self, data: Mapping[str, Any], name: str, where: str, usual: bool) -> bool:
        """Yes or no; what is usual where it is not said."""
        said = self.text(data, name, where)
        if said and said.lower() not in _YES:
            self.note(
                "boolean", where, f"“{where}”的“{name}”应当是“是”或“否”。", f"“{name}” of “{where}” is yes or no."
            )
        return _YES.get(said.lower(), usual)

    def whole(self, data: Mapping[str, Any], name: str, where: str, usual: int, *, least: int = 1) -> int:
        """A whole number of at most five figures; what is usual where it is not said."""
        said = self.text(data, name, where)
        number = whole(said, 5)
        if number is not None and number >= least:
            return number
        if said:
            zh = f"“{where}”的“{name}”应当是 {least}—99999 的整数。"
            self.note("number", where, zh, f"“{name}” of “{where}” is a whole number, {least}–99999.")
        return usual

    def length(self, data: Mapping[str, Any], name: str, where: str) -> Length | None:
        """A length of time with its measure; a bare 日 is refused, because a law counts work days or natural days."""
        said = self.text(data, name, where)
        if not said:
            return None
        found = _LENGTH.fullmatch(said)
        value = whole(found[1]) if found else None
        if found is None or found[2] not in MEASURES or not value:
            known = "、".join(MEASURES)
            self.note(
                "length",
                where,
                f"“{where}”的“{name}”读不懂：“{said}”。",
                f"“{name}” of “{where}” is not understood: “{said}”.",
                Text(f"写数字和单位：{known}；“日”要写明是工作日还是自然日。", f"Write a number and one of {known}."),
            )
            return None
        return Length(value, MEASURES[found[2]])

    def performers(self, data: Mapping[str, Any], name: str, where: str) -> tuple[Performer, ...]:
        """Who does it: `角色@单位`, 申请人, or `=` and an expression that gives such texts."""
        found = []
        for said in self.texts(data, name, where):
            role, at, unit = said.partition("@")
            if said.startswith("="):
                found.append(Performer("", expression=said[1:].strip()))
            elif said == APPLICANT:
                found.append(Performer(APPLICANT))
            elif at and role.strip() and unit.strip():
                found.append(Performer(role.strip(), unit.strip()))
            else:
                self.note(
                    "performer",
                    where,
                    f"“{where}”由谁办理读不懂：“{said}”。",
                    f"Who does “{where}” is not understood: “{said}”.",
                    Text("写成“角色@单位”、“申请人”或“=表达式”。", "Write role@unit, 申请人, or = and an expression."),
                )
        return tuple(found)

    def share(self, said: str) -> Decimal | None:
        """`2/3` or `60%` as a share of one; None for anything else."""
        found = _SHARE.fullmatch(said)
        if found is None:
            return None
        if found[3]:
            share = Decimal(found[3]) / 100
        else:
            share = Decimal(found[1]) / Decimal(found[2]) if whole(found[2]) else Decimal(0)
        return share if 0 < share <= 1 else None
