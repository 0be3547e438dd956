"""“Mine today”: what waits for me, and one item of a pool."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import signed_in
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.units.api import unit_names

from .kernel import Addressee, Light, When, light_of, when
from .models import InboxItem
from .queries import COUNT_CAP, waiting_for, way_to
from .services import claim

TITLE = Text("今日待办", "Mine today")
_SHOWN = 200
_GROUPS: tuple[tuple[When, Text], ...] = (
    ("overdue", Text("已逾期", "Overdue")),
    ("today", Text("今天到期", "Due today")),
    ("later", Text("以后到期", "Later")),
)
_LIGHTS: dict[str, Text] = {
    "red": Text("逾期", "Overdue"),
    "amber": Text("临期", "Soon due"),
    "green": Text("正常", "On time"),
    "blue": Text("办结", "Done"),
    "": Text("待办", "Waiting"),
}
_NOTHING = Empty(
    Text("没有等您办理的事。新的待办会自动出现在这里。", "Nothing waits for you. New work appears here by itself.")
)


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """Show what waits for the signed-in person: overdue, due today, later."""
    waiting = waiting_for(signed_in())
    rows = list(waiting[:_SHOWN])
    total = waiting[:COUNT_CAP].count()
    columns = _columns(unit_names({row.unit for row in rows if row.unit}, on=clock.today()))
    groups = {name: [row for row in rows if _when(row) == name] for name, _ in _GROUPS}
    sections = [
        Section(title, anchor=name, table=Table(columns, groups[name])) for name, title in _GROUPS if groups[name]
    ]
    facts = [Fact(title, len(groups[name]), url=f"#{name}") for name, title in _GROUPS if groups[name]]
    head = Head(TITLE, facts=facts)
    work = _with_remark(sections, total) or [Section(table=Table(columns, [], _NOTHING))]
    return show(RecordPage(head, work, NOT_A_RECORD))


@require_GET
def item(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one item of mine, with the button that takes it out of its pool."""
    row = _mine(code)
    actions = [Action(Text("去办理", "Go to it"), row.url, primary=not _in_pool(row))]
    if _in_pool(row):
        taking = Action(Text("认领", "Take it"), reverse("inbox:claim", args=[code]), "post", primary=True)
        actions.insert(0, taking)
    facts = [
        Fact(Text("状态", "State"), _status(row)),
        Fact(Text("到期", "Due"), row.due or Text("没有期限", "No limit")),
        Fact(Text("送达", "Put here"), row.opened_at),
        Fact(Text("送给", "For"), _for_whom(row)),
    ]
    crumbs = [Crumb(TITLE, reverse("inbox:mine")), Crumb(_title(row))]
    return show(
        RecordPage(Head(_title(row), crumbs=crumbs, facts=facts, actions=actions), (), timeline(Ref.parse(row.subject)))
    )


@require_POST
def take(_request: HttpRequest, code: str) -> HttpResponse:
    """Claim an item of a pool, then go to its work."""
    return HttpResponseRedirect(claim(actor=current_principal(), item=_mine(code)).url)


def _mine(code: str) -> InboxItem:
    row = waiting_for(current_principal()).filter(code=code).first()
    if row is None:
        raise Http404
    return row


def _with_remark(sections: list[Section], total: int) -> Sequence[Section]:
    if total <= _SHOWN:
        return sections
    count = f"{COUNT_CAP - 1}+" if total == COUNT_CAP else str(total)
    remark = Text(
        f"共 {count} 件，这里列出最先到期的 {_SHOWN} 件。",
        f"{count} in all; the {_SHOWN} that are due first stand here.",
    )
    return [*sections, Section(paragraphs=[remark])]


def _columns(units: Mapping[str, Text]) -> Sequence[Column]:
    return (
        Column("title", Text("事项", "What"), _title, url=way_to),
        Column("unit", Text("单位", "Unit"), lambda row: units.get(row.unit, row.unit)),
        Column("for", Text("送给", "For"), _for_whom),
        Column("state", Text("状态", "State"), _status, "status"),
        Column("due", Text("到期", "Due"), lambda row: row.due, "datetime"),
    )


def _title(row: InboxItem) -> Text:
    return Text(row.title_zh, row.title_en)


def _in_pool(row: InboxItem) -> bool:
    return Addressee.parse(row.addressee).shared


def _for_whom(row: InboxItem) -> Text:
    if _in_pool(row):
        return Text("待认领", "Anyone who may")
    return Text("岗位", "My post") if row.addressee.startswith("post:") else Text("本人", "Me")


def _status(row: InboxItem) -> Status:
    light = light_of(_light(row.light), row.due, clock.now())
    return Status(_LIGHTS[light], light or "grey")


def _light(said: str) -> Light:
    match said:
        case "green" | "amber" | "red" | "blue":
            return said
        case _:
            return ""


def _when(row: InboxItem) -> When:
    return when(row.due, now=clock.now(), tomorrow=_tomorrow())


def _tomorrow() -> datetime:
    return datetime.combine(clock.today() + timedelta(days=1), time.min, tzinfo=clock.SHANGHAI)
