"""The limits that an official may see, the most urgent first."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from qilian.core.house.pages import Column, Crumb, Empty, Filter, Head, ListPage, Status, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require_somewhere, visible
from qilian.core.values import clock
from qilian.core.values.text import Text

from .models import LegalClock
from .queries import light_of, ready, words_of

TITLE = Text("办理期限", "Limits")
VIEW = "clocks.view"
_WORDS: dict[Literal["green", "amber", "red", "blue"], Text] = {
    "green": Text("正常", "On time"),
    "amber": Text("临期", "Due soon"),
    "red": Text("超期", "Overdue"),
    "blue": Text("办结", "Done"),
}
_SHOWN = (
    ("open", Text("未办结", "Open")),
    ("overdue", Text("已超期", "Overdue")),
    ("soon", Text("七日内到期", "Due within seven days")),
    ("paused", Text("暂停中", "Paused")),
    ("stopped", Text("已办结", "Done")),
)


def clock_list(_request: HttpRequest) -> HttpResponse:
    """The limits within the reader's grants (`clocks.view`), filtered by state and unit."""
    require_somewhere(current_principal(), VIEW)
    rows = ready(visible(LegalClock.objects.all(), current_principal(), VIEW))
    empty = Empty(
        Text(
            "没有您可以查看的期限。办件一受理，期限就会出现在这里。",
            "There is no limit that you may see. A limit appears here as soon as its case is taken up.",
        )
    )
    head = Head(TITLE, crumbs=(Crumb(TITLE),))
    return show(ListPage(head, rows, _columns(), empty, filters=_filters(), order="due"))


def _columns() -> Sequence[Column]:
    return (
        Column("light", Text("亮灯", "Light"), _status, "status"),
        Column("title", Text("期限", "Limit"), lambda row: Text(row.title_zh, row.title_en or row.title_zh)),
        Column("subject", Text("对象", "Subject"), lambda row: row.subject, "code", sort="subject"),
        Column("unit", Text("单位", "Unit"), lambda row: row.unit, "code", sort="unit"),
        Column("due", Text("到期日", "Due"), lambda row: row.due_day, "date", sort="due_at"),
        Column("left", Text("剩余", "Left"), lambda row: words_of(row, clock.now())),
        Column("rule", Text("亮灯规则", "Rule of the light"), lambda row: light_of(row, clock.now()).rule),
        Column("basis", Text("依据", "Basis"), lambda row: row.basis),
    )


def _status(row: LegalClock) -> Status:
    colour = light_of(row, clock.now()).colour
    return Status(_WORDS[colour], colour)


def _filters() -> Sequence[Filter]:
    return (
        Filter("state", Text("状态", "State"), _in_state, _SHOWN),
        Filter("unit", Text("单位代码", "Unit"), lambda rows, unit: rows.filter(unit=unit)),
    )


def _in_state(rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
    now = clock.now()
    if chosen == "overdue":
        return rows.filter(state="running", due_at__lte=now)
    if chosen == "soon":
        return rows.filter(state="running", due_at__gt=now, due_at__lte=now + timedelta(days=7))
    return rows.exclude(state="stopped") if chosen == "open" else rows.filter(state=chosen)
