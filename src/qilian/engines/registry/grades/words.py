"""How grades speak: states, figures, rights of the reader."""

import re
from decimal import Decimal

from qilian.core.house.forms.api import read_number
from qilian.core.house.pages import Colour, Status
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import scope_of
from qilian.core.rights.grants.api import allowed
from qilian.core.rules.scoring.api import Cell
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.work.approvals.api import STATES as PROPOSED

from .kernel.life import STATES
from .models import GradeMethod, Grading
from .queries import grading_scope, stage_of
from .services.common import RUN

TITLE = Text("评价", "Grades")
_COLOURS: dict[str, Colour] = {"computed": "amber", "published": "green", "expired": "grey", "withdrawn": "red"}
_PUBLISHED = Status(Text("已公布", "Published"), "green")
_BETWEEN = re.compile(r"[,，、;；\s]+")
_OVER = Status(Text("已过有效期", "Term over"), "grey")
CELL_STATES = {
    "counted": Text("计分", "counted"),
    "stated": Text("列明", "stated"),
    "missing-zero": Text("缺报，计零分", "missing, counts nothing"),
    "excluded": Text("不适用，不计入分母", "does not apply, left out"),
    "adjusted": Text("加减分", "bonus or penalty"),
    "veto": Text("一票否决", "veto"),
    "clear": Text("未发生", "did not occur"),
}


def method_state(row: GradeMethod) -> Status:
    """Where a version of a method stands: what is approved is published."""
    return _PUBLISHED if row.state == "approved" else PROPOSED[row.state]


def status(row: Grading) -> Status:
    """Where a grading stands today, in a word."""
    if row.state == "published" and row.valid_to and row.valid_to < clock.today():
        return _OVER
    return Status(STATES[row.state], _COLOURS.get(row.state, "grey"))


def is_official(reader: Principal, path: str) -> bool:
    """Whether the reader evaluates in this offer."""
    return allowed(reader, RUN, scope_of(path))


def sees_all(reader: Principal, row: Grading) -> bool:
    """Whether the reader sees figures and their sources: officials of the offer, and who acts for the party."""
    return row.party.code in reader.parties or allowed(reader, RUN, grading_scope(row))


def is_public(row: Grading) -> bool:
    """Whether everybody sees the grade today."""
    return stage_of(row).in_force(clock.today())


def number(value: Decimal) -> str:
    """A decimal without needless zeros."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def values_of(cell: Cell) -> str:
    """The figures of a cell as read."""
    return "、".join(number(value) for value in cell.values)


def numbers_in(written: str) -> tuple[Decimal, ...]:
    """The numbers of an indicator, several with commas; Refusal `registry.grade.number`."""
    try:
        return tuple(_bounded(read_number(part)) for part in _BETWEEN.split(written.strip()) if part)
    except (Refusal, ValueError):
        message = Text(f"“{written}”不是数。", f"“{written}” is no number.")
        remedy = Text("请填写数字，多个用逗号分开。", "Write numbers, several with commas.")
        raise Refusal("registry.grade.number", message, remedy=remedy) from None


def _bounded(number: Decimal) -> Decimal:
    """A number whose size is bounded."""
    if abs(number.adjusted()) > _DIGITS:
        raise ValueError(number)
    return number


_DIGITS = 18
