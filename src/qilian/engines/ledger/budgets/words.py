"""How budgets speak: titles, states, conditions."""

from collections.abc import Mapping

from qilian.core.house.pages import Status
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .kernel import Position
from .models import Decision, Line, Programme, Tranche

TITLE = Text("预算资金", "Budgets")
YUAN = Text("元", "CNY")
TRANCHE_STATES: Mapping[str, Status] = {
    "due": Status(Text("未拨付", "Due"), "amber"),
    "paid": Status(Text("已拨付", "Paid"), "green"),
    "released": Status(Text("已退回", "Released"), "grey"),
    "carried": Status(Text("已结转", "Carried over"), "blue"),
}
KINDS: Mapping[str, Text] = {"adjust": Text("科目调剂", "Adjustment"), "close": Text("年度结转", "Close of the year")}
CHOICES = (("carry", Text("结转下年", "carry over")), ("lapse", Text("收回", "let lapse")))
CONDITIONS = (
    ("start", Text("即付", "at once")),
    ("day", Text("某日起", "from a day on")),
    ("evidence", Text("确认结果后", "after a confirmed result")),
)
POTS: Mapping[str, Text] = {
    "granted": Text("下达来源", "Appropriations"),
    "available": Text("可用", "Available"),
    "paid": Text("已拨付", "Paid"),
    "lapsed": Text("已收回", "Lapsed"),
}

STANDING = {
    "granted": Text("下达", "Appropriated"),
    "adjusted": Text("调剂和结转", "Adjusted, carried"),
    "budget": Text("预算", "Budget"),
    "committed": Text("已承诺", "Committed"),
    "paid": Text("已拨付", "Paid"),
    "available": Text("可用", "Available"),
    "lapsed": Text("收回", "Lapsed"),
}


def title_of(row: Programme | Line) -> Text:
    """The title of a programme or line."""
    return Text(row.title_zh, row.title_en)


def line_status(row: Line) -> Status:
    """Whether a line still runs, and what the close of its year did with it."""
    if row.year.closed_by_id is None:
        return Status(Text("执行中", "Running"), "green")
    return Status(Text("已结转", "Carried over") if row.following_id else Text("已收回", "Lapsed"), "grey")


def condition_of(row: Tranche) -> Text:
    """The condition of a tranche in words."""
    if row.condition == "day":
        return Text(f"{row.day} 起", f"from {row.day}")
    if row.condition == "evidence":
        return Text(f"确认：{row.words}", f"confirmed: {row.words}")
    return Text("即付", "at once")


def tranche_name(row: Tranche) -> Text:
    """A tranche as people call it."""
    number = row.commitment.number
    return Text(f"{number} 第 {row.number} 笔", f"{number}, tranche {row.number}")


def left_in(line: Line, position: Position) -> Text:
    """What a line has left and what of it is promised."""
    have, due = Money(position.available), Money(position.committed)
    return Text(
        f"{line.number} {line.title_zh}：可用 {have} 元，已承诺 {due} 元",
        f"{line.number} {line.title_en}: CNY {have} available, {due} committed",
    )


def effect(row: Decision, line: Line) -> Text | Money:
    """What a decision does to one of its lines."""
    if row.kind == "close":
        return dict(CHOICES)[row.content["choices"][line.code]]
    return Money(row.content["fen"] if line.code == row.content["target"] else -row.content["fen"])
