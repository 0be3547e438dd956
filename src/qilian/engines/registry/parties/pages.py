"""Parties as pages: the list, open to everyone, and one party with what all parts have to say of it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import NOT_A_RECORD, Column, Crumb, Empty, Head, Section, Table
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import facts_named, forms, listed, record, visible
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Text

from .contributions import actions_of, entrances_of, sections_of
from .kernel.kinds import SIZES
from .kernel.sizes import INDICATORS
from .models import Party, PartyFigure, PartyName
from .resource import PARTIES
from .services.common import party_ref, sees_all
from .services.sizing import size_on
from .words import FORMER, REGISTERED, TITLE

_REGISTERED = (
    "category", "old_code", "short", "region", "address", "industry", "edition", "service", "does", "ownership",
    "holding", "established", "website",
)  # fmt: skip


@require_safe
def party_list(_request: HttpRequest) -> HttpResponse:
    """All parties by their sounds, found by fragments of names and codes."""
    empty = Text(
        "没有找到主体。可换用名称中的两个字或代码的前几位。", "No party is found. Try two characters of the name."
    )
    head = Head(TITLE, crumbs=(Crumb(TITLE),), actions=entrances_of(current_principal()))
    return listed(PARTIES, "", head, empty=empty)


@require_safe
def party_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One party; the address of a merged record leads to its survivor."""
    row: Party = visible(PARTIES, "", code)
    if row.code != code:
        return HttpResponseRedirect(PARTIES.url(row))
    me = current_principal()
    whole = sees_all(me, row)
    return record(
        PARTIES,
        row,
        Section(REGISTERED, "facts", facts=facts_named(PARTIES, row, *_REGISTERED)),
        *_names(row),
        *((_figures(row),) if whole else ()),
        *sections_of(row, me),
        more=actions_of(row, me),
        history=timeline(*_told_of(row)) if whole else NOT_A_RECORD,
    )


def _told_of(row: Party) -> Sequence[Ref]:
    """The party, and the import that brought it."""
    return (party_ref(row), Ref.parse(row.origin)) if row.origin else (party_ref(row),)


def _names(row: Party) -> Sequence[Section]:
    former = list(row.names.order_by("-id"))
    if not former:
        return ()
    present = PartyName(kind="", name=row.name, valid_from=row.name_since)
    columns = (
        Column("name", Text("名称", "Name"), lambda each: each.name),
        Column("kind", Text("来源", "From"), lambda each: FORMER[each.kind]),
        Column("from", Text("起", "From day"), lambda each: each.valid_from or "", "date"),
        Column("to", Text("止", "To day"), lambda each: each.valid_to or "", "date"),
    )
    return (Section(Text("名称沿革", "Names over time"), "names", Table(columns, [present, *former])),)


def _figures(row: Party) -> Section:
    columns = (
        Column("on", Text("日期", "Day"), lambda each: each.on, "date"),
        Column("employees", Text("从业人员", "Employees"), lambda each: each.employees, "number"),
        Column("revenue", Text("营业收入", "Revenue"), lambda each: _money(each.revenue), "number"),
        Column("assets", Text("资产总额", "Total assets"), lambda each: _money(each.assets), "number"),
        Column("size", Text("规模", "Size"), lambda each: _size(row, each)),
        Column("source", Text("来源", "Source"), lambda each: each.source),
    )
    none = Empty(Text("还没有规模数据。", "No figures yet."))
    title = Text("规模数据（不公开）", "Figures (not public)")
    return Section(title, "figures", Table(columns, list(row.figures.order_by("-on")), none))


def _size(row: Party, figures: PartyFigure) -> Text:
    """The class by the figures of a day, or what is missing for it."""
    found = size_on(row, figures)
    if found.size:
        return SIZES[found.size]
    lacking = [INDICATORS[name] for name in found.missing]
    if lacking:
        return Text(f"缺{'、'.join(t.zh for t in lacking)}", f"without {', '.join(t.en for t in lacking)}")
    return Text("该行业不划型", "no classes for this industry")


def _money(fen: int | None) -> Money | str:
    return "" if fen is None else Money(fen)


app_name = "parties"
urlpatterns = [
    path("", party_list, name="list"),
    *forms(PARTIES),
    path("<str:code>/", party_page, name="party"),
]
