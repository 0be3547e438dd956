"""All sets of standards, one set as a catalogue, its declarations; one standard with its adopters, one declaration."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, ListPage, Section, Status, Table, show
from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths
from qilian.core.offers.packs.api import offers, pack_of
from qilian.core.offers.resource.api import columns, forms, listed, record, visible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .models import Adoption, Standard
from .queries import adoptions_by, adoptions_of, counts, holding, set_at, standards_of
from .resource import ADOPTIONS, STANDARDS
from .words import TITLE, state

_CLOSED = Status(Text("未开通", "Not open"), "amber")
_SHOWN, _OF_PARTY = 200, 50


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Every set that is open, with how many standards hold in it and how often they are adopted."""
    counted, opened = counts(), open_paths()
    rows = [(path, offer) for path, offer in offers("standard").items() if path in opened]
    table = (
        Column("section", Text("节", "Section"), lambda row: _section(row[0])),
        Column("title", TITLE, lambda row: row[1].title, url=lambda row: offer_url(row[0])),
        Column("current", Text("现行", "In force"), lambda row: counted.get(row[0], (0, 0))[0], "number"),
        Column("adopted", Text("采用", "Adoptions"), lambda row: counted.get(row[0], (0, 0))[1], "number"),
    )
    empty = Empty(Text("还没有开通的标准目录。", "No set of standards is open yet."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, table, empty, page_size=200))


@require_safe
def catalogue(_request: HttpRequest, standard: str) -> HttpResponse:
    """The catalogue of a set: what is in force, what replaced what, and how many have adopted it."""
    facts = (
        *(() if is_open(standard) else (Fact(Text("服务项", "Offer"), _CLOSED),)),
        Fact(Text("现行", "In force"), holding(standards_of(standard), clock.today()).count()),
        Fact(ADOPTIONS.title, adoptions_of(standard).exclude(state="withdrawn").count()),
    )
    more = (Action(ADOPTIONS.title, f"{offer_url(standard)}adoptions/"),)
    head = Head(set_at(standard).title, crumbs_of(standard), clause=clause_of(standard), facts=facts, actions=more)
    return listed(
        STANDARDS, standard, head, empty=Text("目录里还没有标准。", "The catalogue is empty."), order="number"
    )


@require_safe
def adoption_list(_request: HttpRequest, standard: str) -> HttpResponse:
    """Who declared what in a set, and what a check found."""
    head = Head(ADOPTIONS.title, crumbs_of(standard, Crumb(ADOPTIONS.title)), clause=clause_of(standard))
    begin = Text(
        "还没有主体声明采用；从一项标准的页面开始。", "Nobody has declared yet: begin on the page of a standard."
    )
    return listed(ADOPTIONS, standard, head, empty=begin)


@require_safe
def standard_page(_request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """One standard: its dates, what it replaces, who has adopted it."""
    row: Standard = visible(STANDARDS, standard, code)
    adopted = list(adoptions_of(standard).filter(standard=row)[:_SHOWN])
    empty = Empty(Text("还没有主体声明采用。", "Nobody has declared it yet."))
    table = Table([each for each in columns(ADOPTIONS, standard) if each.name != "number"], adopted, empty)
    return record(STANDARDS, row, Section(Text("采用主体", "Adopters"), "adopters", table))


@require_safe
def adoption_page(_request: HttpRequest, standard: str, code: str) -> HttpResponse:
    """One declaration: who, of what, what a check found."""
    row: Adoption = visible(ADOPTIONS, standard, code)
    return record(ADOPTIONS, row)


def of_party(party: Party, _reader: Principal) -> Sequence[Section]:
    """The standards that a party has declared, the latest first."""
    rows = list(adoptions_by(party)[:_OF_PARTY])
    table = (
        Column("number", Text("标准", "Standard"), lambda row: row.standard.number, "code", url=ADOPTIONS.url),
        Column("title", Text("名称", "Title"), lambda row: row.standard.title),
        Column("state", Text("状态", "State"), state, "status"),
        Column("declared", Text("声明日期", "Declared"), lambda row: localdate(row.declared_at), "date"),
    )
    return [Section(Text("采用的标准", "Standards it follows"), "standards", Table(table, rows))] if rows else []


def _section(path: str) -> Text:
    pack = pack_of(path)
    return Text(f"{pack.section} {pack.title.zh}", f"{pack.section} {pack.title.en}")


app_name = "standards"
urlpatterns = [
    path("", catalogue, name="list"),
    path("items/<str:code>/", standard_page, name="standard"),
    path("adoptions/", adoption_list, name="adoptions"),
    path("adoptions/<str:code>/", adoption_page, name="adoption"),
    *forms(STANDARDS),
    *forms(ADOPTIONS),
]
