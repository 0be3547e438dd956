"""The first page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Column, Empty, Fact, Head, Page, Table, show
from qilian.core.house.principal import current_principal
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.units.api import unit_names
from qilian.spine.plan.api import Overview, SectionOverview, overview

from .tasks import tasks

_TITLE = Text("生产性服务业实施方案在线落实", "The plan for producer services, at work")
_WAITING = Empty(
    Text(
        "方案还没有载入。请系统管理员在服务器上运行 ./qilian manage load_plan。",
        "The plan is not loaded yet. An administrator runs ./qilian manage load_plan on the server.",
    )
)


@require_safe
def home(_request: HttpRequest) -> HttpResponse:
    """Say what this is, how far the plan is answered, and what one can do."""
    plan, units = overview(), unit_names(current_principal().units, on=clock.today())
    context = {
        "empty": _WAITING,
        "figures": _figures(plan) if plan else (),
        "tables": _tables(plan.sections) if plan else (),
        "tasks": tasks(units),
    }
    drawn_from = (*plan.drawn_from, tuple(units.items())) if plan else ()
    return show(Page(Head(_TITLE), "home/home.html", context, drawn_from))


def _figures(plan: Overview) -> Sequence[Fact]:
    declared = sum(section.offers_declared for section in plan.sections)
    awaited = sum(section.offers_awaited for section in plan.sections)
    return (
        Fact(Text("条", "clauses"), plan.totals.clauses),
        Fact(Text("个单位", "units"), plan.totals.units),
        Fact(Text("项责任", "duties"), plan.totals.duties),
        Fact(Text("个点名的系统", "named systems"), plan.totals.systems),
        Fact(Text("个服务项已声明", "offers declared"), declared),
        Fact(Text("个服务项待建", "offers awaited"), awaited),
    )


def _tables(sections: Sequence[SectionOverview]) -> Sequence[Table]:
    return (
        Table(
            _columns(),
            [row for row in sections if row.id.startswith("2.")],
            caption=Text("十一个领域", "Eleven domains"),
        ),
        Table(
            _columns(), [row for row in sections if row.id.startswith("3.")], caption=Text("六项措施", "Six measures")
        ),
    )


def _columns() -> Sequence[Column]:
    return (
        Column("id", Text("节", "Section"), lambda row: row.id, "code"),
        Column("title", Text("名称", "Title"), lambda row: row.title, url=lambda row: row.url),
        Column("clauses", Text("条", "Clauses"), lambda row: row.clauses, "number"),
        Column("duties", Text("责任", "Duties"), lambda row: row.duties, "number"),
        Column("offers", Text("服务项", "Offers"), lambda row: row.offers_declared, "number"),
        Column("awaited", Text("待建", "Awaited"), lambda row: row.offers_awaited, "number"),
    )
