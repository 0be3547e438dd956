"""All sets, one set as a catalogue, and its declarations."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Filter, Head, ListPage, Status, show
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths
from qilian.core.offers.packs.api import offers, pack_of
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.standards.kernel.life import STATES
from qilian.engines.registry.standards.queries import adoptions_of, counts, holding, set_at, set_scope, standards_of
from qilian.engines.registry.standards.services.catalogue import REGISTER

from .words import TITLE, adoption_columns, standard_columns, standard_filters

ADOPTIONS = Text("采用声明", "Declarations of adoption")
_CLOSED = Status(Text("未开通", "Not open"), "amber")


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Every set that is open, with how many standards hold in it and how often they are adopted."""
    counted, opened = counts(), open_paths()
    rows = [(path, offer) for path, offer in offers("standard").items() if path in opened]
    columns = (
        Column("section", Text("节", "Section"), lambda row: _section(row[0])),
        Column("title", TITLE, lambda row: row[1].title, url=lambda row: offer_url(row[0])),
        Column("current", Text("现行", "In force"), lambda row: counted.get(row[0], (0, 0))[0], "number"),
        Column("adopted", Text("采用", "Adoptions"), lambda row: counted.get(row[0], (0, 0))[1], "number"),
    )
    empty = Empty(Text("还没有开通的标准目录。", "No set of standards is open yet."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, columns, empty, page_size=200))


@require_safe
def catalogue(_request: HttpRequest, standard: str) -> HttpResponse:
    """The catalogue of a set: what is in force, what replaced what, and how many have adopted it."""
    shape, today, rows = set_at(standard), clock.today(), standards_of(standard)
    may = is_open(standard) and allowed(current_principal(), REGISTER, set_scope(standard))
    loading = Action(
        Text("载入随包目录", "Load the pack's catalogue"), f"{offer_url(standard)}catalogue/", primary=True
    )
    adding = Action(Text("登记标准", "Register a standard"), f"{offer_url(standard)}registration/")
    facts = (
        *(() if is_open(standard) else (Fact(Text("服务项", "Offer"), _CLOSED),)),
        Fact(Text("现行", "In force"), holding(rows, today).count()),
        Fact(Text("采用声明", "Declarations"), adoptions_of(standard).exclude(state="withdrawn").count()),
    )
    more = Action(ADOPTIONS, f"{offer_url(standard)}adoptions/")
    actions = (*((adding, loading) if may else ()), more)
    head = Head(shape.title, crumbs_of(standard), clause=clause_of(standard), facts=facts, actions=actions)
    empty = Empty(Text("目录里还没有标准。", "The catalogue is empty."), loading if may else None)
    columns = standard_columns(today, of_laws=shape.of_laws)
    return show(ListPage(head, rows, columns, empty, filters=standard_filters(today), order="number"))


@require_safe
def adoption_list(_request: HttpRequest, standard: str) -> HttpResponse:
    """Who declared what in a set, and what a check found."""
    states = Filter("state", Text("状态", "State"), lambda rows, v: rows.filter(state=v), tuple(STATES.items()))
    words = Filter("words", Text("主体", "Party"), lambda rows, v: rows.filter(party__name__icontains=v))
    head = Head(ADOPTIONS, crumbs=crumbs_of(standard, Crumb(ADOPTIONS)), clause=clause_of(standard))
    empty = Empty(
        Text("还没有主体声明采用；从一项标准的页面开始。", "Nobody has declared yet: begin on the page of a standard.")
    )
    return show(
        ListPage(head, adoptions_of(standard), adoption_columns(with_standard=True), empty, filters=(words, states))
    )


def _section(path: str) -> Text:
    pack = pack_of(path)
    return Text(f"{pack.section} {pack.title.zh}", f"{pack.section} {pack.title.en}")
