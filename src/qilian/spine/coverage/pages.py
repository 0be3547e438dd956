"""The coverage on screen: totals, clauses with what they wait for, named systems, and one pack after another."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    NOT_A_RECORD,
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
from qilian.core.house.parts.api import ENGINES, KINDS
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import OPEN, offer_url, scope_of
from qilian.core.offers.packs.api import clause_order, packs
from qilian.core.rights.grants.api import decide, permits_of
from qilian.core.values import clock
from qilian.core.values.text import Text

from .bars import Progress, progress_section
from .kernel.coverage import STATES, ClauseRow, OfferRow, State, SystemRow, in_use, totals
from .queries import facts, report

TITLE = Text("落实情况", "Coverage")
_INTRO = Text(
    "每一条、每个点名的系统由哪些服务项落实，走到哪一步；还没有的写明缺什么。由程序从记录算出，没有人填报。",
    "Which offers answer each clause and each named system, how far they are, and what the rest lacks. "
    "Computed from the log; nobody reports it.",
)
_COLOURS: dict[State, Colour] = {
    State.UNANSWERED: "red",
    State.WAITING: "grey",
    State.DECLARED: "amber",
    State.OPENED: "blue",
}
_CLAUSE = Text("条", "Clause")
PLAN = Crumb(Text("方案", "Plan"), "/plan/")
_NO_OFFERS = Empty(
    Text(
        "这一节的服务项都还没有建成，见下表。",
        "No offer of this section is built yet: see the table below.",
    )
)
_NONE = Empty(Text("没有符合条件的条款。", "No clause fits."))


@require_GET
def overview(_request: HttpRequest) -> HttpResponse:
    """Sections as bars, then clauses with how many of their offers are in use, and what the rest lacks."""
    found = report()
    head = Head(TITLE, crumbs=(Crumb(TITLE),), facts=_totals(found.clauses, found.systems, found.offers))
    sections = [
        Section(paragraphs=(_INTRO,)),
        progress_section(_progress(found.offers)),
        Section(Text("条款", "Clauses"), "clauses", table=Table(_clause_columns(), found.clauses, _NONE)),
        Section(Text("还没有建的能力", "What is not built yet"), "engines", table=_engines(found.awaited_engines)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


@require_GET
def systems(_request: HttpRequest) -> HttpResponse:
    """Every system that the plan names, with the offers that answer it."""
    title = Text("点名的系统", "Named systems")
    head = Head(title, crumbs=(Crumb(TITLE, reverse("coverage:overview")), Crumb(title)))
    return show(ListPage(head, report().systems, _system_columns(), _NONE, page_size=200))


@require_GET
def pack_page(_request: HttpRequest, pack: str) -> HttpResponse:
    """One section of the plan as its users meet it: what it offers today, what still waits, and its clauses."""
    found, mine = report(), next(each for each in packs() if each.slug == pack)
    offers = [row for row in found.offers if row.path.startswith(f"{pack}/")]
    clauses = [row for row in found.clauses if row.clause.section == mine.section]
    aim = next((each.aim for each in facts().sections if each.id == mine.section), Text("", ""))
    title = Text(f"{mine.section} {mine.title.zh}", f"{mine.section} {mine.title.en}")
    head = Head(mine.title, crumbs=(PLAN, Crumb(title)), quote=aim, facts=_totals(clauses, (), offers))
    declared = [row for row in offers if row.state > State.WAITING]
    waiting = [row for row in offers if row.state is State.WAITING]
    offered = Table(_own_columns(may_open(declared)), declared, _NO_OFFERS)
    sections = [
        Section(Text("服务项", "Offers"), "offers", table=offered),
        *([Section(Text("待建", "To be built"), "waiting", _waiting(waiting))] if waiting else []),
        Section(Text("条款", "Clauses"), "clauses", table=Table(_clause_columns(), clauses, _NONE)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


def may_open(rows: Sequence[OfferRow]) -> frozenset[str]:
    """The paths among these that are closed and that the reader may open: one query for all of them."""
    permits, today = permits_of(current_principal()), clock.today()
    closed = [row for row in rows if _closed(row)]
    return frozenset(row.path for row in closed if decide(permits, OPEN, scope_of(row.path), today))


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
        Column("engine", Text("能力", "Capability"), lambda row: ENGINES[row[0]]),
        Column("offers", Text("需要它的服务项", "Offers that need it"), lambda row: row[1], "number"),
    )
    return Table(columns, list(awaited.items()), Empty(Text("需要的都已建成。", "All that is needed is built.")))


def _progress(offers: Sequence[OfferRow]) -> list[Progress]:
    """The sections that packs answer, each with its offers."""
    mine = {pack.slug: [row for row in offers if row.path.startswith(f"{pack.slug}/")] for pack in packs()}
    titles = {section.id: section.title for section in facts().sections}
    return [
        Progress(pack.section, titles.get(pack.section, pack.title), f"/{pack.slug}/", tuple(mine[pack.slug]))
        for pack in sorted(packs(), key=lambda pack: clause_order(pack.section))
    ]


def _part(row: ClauseRow) -> Status:
    """A clause in words: all of its offers in use, some of them, or how far the furthest is."""
    states = [offer.state for offer in row.offers]
    used = sum(state >= State.USED for state in states)
    if used:
        return Status(in_use(row.offers), "green" if used == len(states) else "blue")
    return Status(STATES[max(states, default=State.UNANSWERED)], _COLOURS[max(states, default=State.UNANSWERED)])


def _state(row: ClauseRow | SystemRow | OfferRow) -> Status:
    return Status(STATES[row.state], _COLOURS.get(row.state, "green"))


def _clause_columns() -> tuple[Column, ...]:
    return (
        Column("clause", _CLAUSE, lambda row: row.clause.id, "code", url=lambda row: f"/plan/{row.clause.id}"),
        Column("summary", Text("内容（我们的概括）", "What it asks (our summary)"), lambda row: row.clause.summary),
        Column("offers", Text("服务项", "Offers"), lambda row: len(row.offers), "number"),
        Column("state", Text("进度", "Progress"), _part, "status"),
        Column("why", Text("还差什么", "What it lacks"), lambda row: row.reason),
    )


def _system_columns() -> tuple[Column, ...]:
    return (
        Column("clause", _CLAUSE, lambda row: row.clause, "code", url=lambda row: f"/plan/{row.clause}"),
        Column("name", Text("系统（方案的名称）", "System (as the plan names it)"), lambda row: row.system.name),
        Column("offers", Text("服务项", "Offers"), lambda row: "、".join(str(offer.title) for offer in row.offers)),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("why", Text("还差什么", "What it lacks"), lambda row: row.reason),
    )


def _own_columns(openable: frozenset[str]) -> tuple[Column, ...]:
    """The offers of a pack; who may opens what is closed, and nobody is led to a door that does not open."""
    opening = Column(
        "opening",
        Text("办理", "Do"),
        lambda row: Text("开通", "Open to users") if row.path in openable else "",
        url=lambda row: f"{offer_url(row.path)}opening/" if row.path in openable else "",
    )
    title, *rest = _offer_columns()
    return (title, *rest, *([opening] if openable else []))


def _offer_columns() -> tuple[Column, ...]:
    return (
        Column(
            "title",
            Text("服务项", "Offer"),
            lambda row: row.title,
            url=lambda row: "" if _closed(row) else offer_url(row.path),
        ),
        Column("kind", Text("类别", "Kind"), lambda row: KINDS[row.kind].title),
        Column("clauses", Text("依据", "Clauses"), lambda row: "、".join(row.clauses), "code"),
        Column("state", Text("状态", "State"), _state, "status"),
        Column("since", Text("自", "Since"), lambda row: localdate(row.since) if row.since else None, "date"),
        Column("why", Text("下一步", "What it lacks"), lambda row: row.reason),
    )


def _waiting(rows: Sequence[OfferRow]) -> Table:
    columns = [column for column in _offer_columns() if column.name not in ("state", "since")]
    return Table(columns, rows)


def _closed(row: OfferRow) -> bool:
    return row.state < State.OPENED
