"""Programmes with this year's balances; the cockpit of a year; a line, a commitment, a tranche, a decision."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, Section, Table
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import actions, columns, forms, listed, record, visible
from qilian.core.rights.grants.api import signed_in
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text, whole
from qilian.engines.ledger.book.api import play

from .drawings import money_section
from .kernel import Position
from .models import Commitment, Decision, Line, Programme, Tranche
from .queries import commitments_of, held, lines_of, programmes, seen_lines, years_of
from .resource import (
    COMMITMENTS,
    DECISIONS,
    LINES,
    PROGRAMMES,
    TRANCHES,
    crumbs,
    decision_lines,
    position_facts,
)
from .words import POTS, TITLE, YUAN, effect, title_of

_SHOWN = {
    "budget": Text("预算", "Budget"),
    "committed": Text("已承诺", "Committed"),
    "paid": Text("已拨付", "Paid"),
    "available": Text("可用", "Available"),
}


@require_safe
def programme_list(_request: HttpRequest) -> HttpResponse:
    """The programmes that the reader may see, with what this year's lines hold."""
    me, year = signed_in(), clock.today().year
    sums = {row.pk: Position() for row in programmes(me)}
    for line in seen_lines(me).filter(year__number=year):
        sums[line.year.programme_id] += held(line)

    def column(name: str, title: Text) -> Column:
        return Column(name, title, lambda row: Money(getattr(sums[row.pk], name)), "number", unit=YUAN)

    clause = Column("clause", Text("条", "Clause"), lambda row: row.clause, "code")
    intro = (Text(f"金额是 {year} 年度各科目在账本里的余额。", f"Amounts are balances of {year} in the ledger."),)
    empty = Text("没有您可以查看的资金项目。", "There is no programme that you may see.")
    more = (*(column(name, title) for name, title in _SHOWN.items()), clause)
    head = Head(TITLE, crumbs=(Crumb(TITLE),), quote=play())
    return listed(PROGRAMMES, "", head, empty=empty, more=more, intro=intro)


@require_safe
def cockpit(request: HttpRequest, number: str) -> HttpResponse:
    """One programme in one year: budget, committed, paid and available of each line."""
    programme: Programme = visible(PROGRAMMES, "", number)
    years = [year.number for year in years_of(programme)]
    asked = request.GET.get("year", "")
    year = named if (named := whole(asked)) in years else _this_year(years)
    lines = list(lines_of(programme, year))
    others = [
        Fact(Text("另见", "See also"), str(y), url=f"{PROGRAMMES.url(programme)}?year={y}") for y in years if y != year
    ]
    head = Head(
        title_of(programme),
        crumbs=(*crumbs(programme), Crumb(programme.number)),
        clause=programme.clause,
        quote=play(),
        facts=(
            Fact(Text("年度", "Year"), str(year)),
            *position_facts(sum(map(held, lines), Position())),
            *others,
        ),
        actions=(
            *actions(PROGRAMMES, programme, current_principal()),
            Action(DECISIONS.title, f"{PROGRAMMES.url(programme)}decisions/"),
        ),
    )
    empty = Text("这个年度还没有科目。", "This year has no line yet.")
    return listed(LINES, "", head, rows=lines, empty=empty, filters=())


@require_safe
def line_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One line: what its accounts hold, and its commitments."""
    row: Line = visible(LINES, "", code)
    empty = Empty(Text("还没有承诺。", "Nothing is committed yet."), *actions(LINES, row, current_principal())[:1])
    table = Table(columns(COMMITMENTS, ""), list(commitments_of(row)), empty)
    look = Text("查看流水", "See its transfers")
    accounts = [
        Fact(word, look, url=reverse("ledger:account", args=[getattr(row, name).code])) for name, word in POTS.items()
    ]
    return record(
        LINES,
        row,
        *money_section(held(row)),
        Section(COMMITMENTS.title, "commitments", table),
        Section(Text("账户", "Accounts"), "accounts", facts=accounts),
    )


@require_safe
def commitment_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One commitment with its tranches: amount, condition, state, and what the reader may do."""
    row: Commitment = visible(COMMITMENTS, "", code)
    tranches = list(row.tranches.all())
    me = current_principal()
    doing = {each.pk: next(iter(actions(TRANCHES, each, me)), None) for each in tranches}

    def title(each: Tranche) -> Text | None:
        found = doing[each.pk]
        return found.title if found else None

    def url(each: Tranche) -> str:
        found = doing[each.pk]
        return found.url if found else ""

    action = Column("action", Text("办理", "Do"), title, url=url)
    return record(COMMITMENTS, row, Section(TRANCHES.title, "tranches", Table(columns(TRANCHES, "", action), tranches)))


@require_safe
def tranche_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One tranche: who gets it on which condition, who confirmed and who paid."""
    return record(TRANCHES, visible(TRANCHES, "", code))


@require_safe
def decision_list(_request: HttpRequest, number: str) -> HttpResponse:
    """The adjustments and closes of a programme, those that wait first."""
    programme: Programme = visible(PROGRAMMES, "", number)
    rows = programme.decisions.select_related("proposed_by", "decided_by").order_by("-state", "-pk")
    path = (*crumbs(programme), Crumb(title_of(programme), PROGRAMMES.url(programme)), Crumb(DECISIONS.title))
    empty = Text("还没有调剂或结转。", "Nothing was adjusted or closed yet.")
    return listed(DECISIONS, "", Head(DECISIONS.title, path, programme.clause, play()), rows=rows, empty=empty)


@require_safe
def decision_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One decision: what it changes, line by line; whoever may decide on it approves it or turns it down."""
    row: Decision = visible(DECISIONS, "", code)
    change = Column(
        "effect",
        Text("变动", "Effect"),
        lambda line: effect(row, line),
        "number" if row.kind == "adjust" else "text",
    )
    table = Table(_with(columns(LINES, ""), change), decision_lines(row))
    return record(DECISIONS, row, Section(Text("涉及的科目", "Lines concerned"), "lines", table))


def _with(found: Sequence[Column], change: Column) -> Sequence[Column]:
    """The columns of lines with what changes behind their names."""
    return (*found[:2], change, *found[2:])


def _this_year(years: Sequence[int]) -> int:
    today = clock.today().year
    return today if today in years or not years else years[0]


app_name = "budgets"
urlpatterns = [
    path("", programme_list, name="list"),
    path("programmes/<str:number>/", cockpit, name="programme"),
    path("programmes/<str:number>/decisions/", decision_list, name="decisions"),
    path("lines/<str:code>/", line_page, name="line"),
    path("commitments/<str:code>/", commitment_page, name="commitment"),
    path("tranches/<str:code>/", tranche_page, name="tranche"),
    path("decisions/<str:code>/", decision_page, name="decision"),
    *(each for found in (PROGRAMMES, LINES, COMMITMENTS, TRANCHES, DECISIONS) for each in forms(found)),
]
