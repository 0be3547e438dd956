"""The first page: my work for whom it knows, then how far the plan is, then what one can do here."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Empty, Fact, Head, Kept, Page, Section, show
from qilian.core.house.principal import current_principal
from qilian.core.values import clock
from qilian.core.values.text import Text, current_language
from qilian.core.who.regions.api import province
from qilian.core.who.units.api import unit_names
from qilian.spine.coverage.api import Progress, progress_section
from qilian.spine.plan.api import Overview, overview

from .tasks import tasks
from .work import my_work

_WAITING = Empty(
    Text(
        "方案还没有载入。请系统管理员在服务器上运行 ./qilian manage load_plan。",
        "The plan is not loaded yet. An administrator runs ./qilian manage load_plan on the server.",
    )
)


@require_safe
def home(_request: HttpRequest) -> HttpResponse:
    """Begin with the reader's own work; say how far the plan is answered, and what one can do."""
    me, plan = current_principal(), overview()
    units, place = unit_names(me.units, on=clock.today()), province()[1]
    context = {
        "work": my_work(me),
        "empty": _WAITING,
        "figures": _figures(plan) if plan else (),
        "progress": [_progress(plan)] if plan else (),
        "tasks": tasks(me, units),
        "visitor": not me.signed_in,
    }
    title = Text(f"{place.zh}生产性服务业实施方案在线落实", f"{place.en}: the plan for producer services, at work")
    title = title if place.zh else Text("生产性服务业实施方案在线落实", "The plan for producer services, at work")
    drawn_from = plan.drawn_from if plan and not me.signed_in else ()
    return show(Page(Head(title), "home/home.html", context, drawn_from))


def _progress(plan: Overview) -> Section:
    """The bars of all sections, drawn once for each language until a fact changes."""
    rows = [Progress(row.id, row.title, row.url, row.offers) for row in plan.sections]
    return _BARS.get((plan.drawn_from, current_language()), lambda: progress_section(rows))


_BARS = Kept[Section](8)


def _figures(plan: Overview) -> Sequence[Fact]:
    declared = sum(section.offers_declared for section in plan.sections)
    awaited = sum(section.offers_awaited for section in plan.sections)
    return (
        Fact(Text("条", "clauses"), plan.totals.clauses),
        Fact(Text("个单位", "units"), plan.totals.units),
        Fact(Text("项责任", "duties"), plan.totals.duties),
        Fact(Text("个点名的系统", "named systems"), plan.totals.systems),
        Fact(Text("个服务项已建成", "offers built"), declared),
        Fact(Text("个服务项待建", "offers to be built"), awaited),
    )
