"""The coverage on screen: totals, clauses with what they wait for, named systems, and one pack after another."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.packs.api import ENGINES, KINDS, STATES, ClauseRow, OfferRow, Pack, State, SystemRow, packs, totals
from qilian.core.pages import (
    Colour,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.text import Text

from .queries import facts, report

TITLE = Text("落实情况", "Coverage")
_INTRO = Text(
    "每一条、每个点名的系统由哪些服务项落实，走到哪一步；还没有的写明在等什么。由程序从记录算出，没有人填报。",
    "Which offers answer each clause and each named system, how far they are, and what the rest waits for. "
    "Computed from the log; nobody reports it.",
)
_COLOURS: dict[State, Colour] = {State.UNANSWERED: "red", State.WAITING: "grey", State.DECLARED: "amber"}
_CLAUSE = Text("条", "Clause")
_NONE = Empty(Text("没有符合条件的条款。", "No clause fits."))


@require_GET
def overview(_request: HttpRequest) -> HttpResponse:
    """Clauses with state, number of offers and reason; totals above; filters by section and state."""
    found = report()
    head = Head(TITLE, crumbs=(Crumb(TITLE),), facts=_totals(found.clauses, found.systems, found.offers))
    sections = [
        Section(paragraphs=(_INTRO,)),
        Section(Text("等待的引擎", "Engines that are awaited"), "engines", table=_engines(found.awaited_engines)),
        Section(Text("条款", "Clauses"), "clauses", table=Table(_clause_columns(), found.clauses, _NONE)),
    ]
    return show(RecordPage(head, sections))


@require_GET
def systems(_request: HttpRequest) -> HttpResponse:
    """Every system that the plan names, with the offers that answer it."""
    title = Text("点名的系统", "Named systems")
    head = Head(title, crumbs=(Crumb(TITLE, reverse("coverage:overview")), Crumb(title)))
    return show(ListPage(head, report().systems, _system_columns(), _NONE, page_size=200))


@require_GET
def section(_request: HttpRequest, slug: str) -> HttpResponse:
    """One pack: its clauses, and every offer with its kind, state and what it waits for."""
    pack = next((each for each in packs() if each.slug == slug), None)
    if pack is None:
        raise Http404(slug)
    found = report()
    offers = [row for row in found.offers if row.path.startswith(f"{slug}/")]
    clauses = [row for row in found.clauses if row.clause.section == pack.section]
    aim = next((each.aim for each in facts().sections if each.id == pack.section), Text("", ""))
    head = Head(pack.title, crumbs=_crumbs(pack), quote=aim, facts=_totals(clauses, (), offers))
    empty = Empty(Text("这一节还没有服务项。", "This section has no offers yet."))
    sections = [
        Section(Text("服务项", "Offers"), "offers", table=Table(_offer_columns(), offers, empty)),
        Section(Text("条款", "Clauses"), "clauses", table=Table(_clause_columns(), clauses, _NONE)),
    ]
    return show(RecordPage(head, sections))


def _crumbs(pack: Pack) -> tuple[Crumb, ...]:
    return Crumb(TITLE, reverse("coverage:overview")), Crumb(f"{pack.section} {pack.title}")


def _totals(
    clauses: tuple[ClauseRow, ...] | list[ClauseRow],
    named: tuple[SystemRow, ...],
    offers: tuple[OfferRow, ...] | list[OfferRow],
) -> list[Fact]:
    shown = [Fact(Text("条款", "Clauses"), len(clauses)), Fact(Text("服务项", "Offers"), len(offers))]
    if named:
        shown.insert(1, Fact(Text("系统", "Systems"), len(named), reverse("coverage:systems")))
    counted = totals(offers)
    return [*shown, *(Fact(STATES[state], count) for state, count in counted.items() if count)]


def _engines(awaited: dict[str, int]) -> Table:
    columns = (
        Column("engine", Text("引擎", "Engine"), lambda row: ENGINES[row[0]]),
        Column("offers", Text("等待的服务项", "Offers that wait"), lambda row: row[1], "number"),
    )
    return Table(columns, list(awaited.items()), Empty(Text("不再等待任何引擎。", "No engine is awaited any more.")))


def _state(row: ClauseRow | SystemRow | OfferRow) -> Status:
    return Status(STATES[row.state], _COLOURS.get(row.state, "green"))


def _clause_columns() -> tuple[Column, ...]:
    return (
        Column("clause", _CLAUSE, lambda row: row.clause.id, "code", url=lambda row: f"/plan/{row.clause.id}"),
        Column("summary", Text("内容（我们的概括）", "What it asks (our summary)"), lambda row: row.clause.summary),
        Column("offers", Text("服务项", "Offers"), lambda row: len(row.offers), "number"),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("why", Text("原因", "Why"), lambda row: row.reason),
    )


def _system_columns() -> tuple[Column, ...]:
    return (
        Column("clause", _CLAUSE, lambda row: row.clause, "code", url=lambda row: f"/plan/{row.clause}"),
        Column("name", Text("系统（方案的名称）", "System (as the plan names it)"), lambda row: row.system.name),
        Column("offers", Text("服务项", "Offers"), lambda row: "、".join(str(offer.title) for offer in row.offers)),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("why", Text("原因", "Why"), lambda row: row.reason),
    )


def _offer_columns() -> tuple[Column, ...]:
    return (
        Column("title", Text("服务项", "Offer"), lambda row: row.title),
        Column("kind", Text("类别", "Kind"), lambda row: KINDS[row.kind].title),
        Column("clauses", Text("依据", "Clauses"), lambda row: "、".join(row.clauses), "code"),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("why", Text("等待", "Waits for"), _waits),
    )


def _waits(row: OfferRow) -> str:
    engines = dict.fromkeys(engine for kind in row.waits_for for engine in KINDS[kind].engines)
    return "、".join(str(ENGINES[engine]) for engine in engines)
