"""The catalogue of items, the guide of one, and its versions."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths
from qilian.core.offers.packs.api import offers
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.casework.procedures.api import KINDS

from .drawing import picture
from .models import ItemVersion
from .queries import procedure_at, procedure_of, version_in_force, version_ref
from .resource import VERSIONS
from .words import CLOSED, TITLE, facts, guide, length_words, steps


def _matches(path: str, said: str) -> bool:
    """Whether all words stand in the title, the keywords or the fields of an item."""
    found = procedure_at(path, clock.today())
    told = " ".join([found.title.zh, found.title.en, *found.keywords, *found.results, *found.conditions]).lower()
    return all(word in told for word in said.lower().split())


def _matching(paths: Sequence[str], said: str) -> list[str]:
    return [each for each in paths if _matches(each, said)]


@require_safe
def catalogue(_request: HttpRequest) -> HttpResponse:
    """Every item that is open, found by plain words."""
    opened = open_paths()
    rows = [path for path in offers("procedure") if path in opened]
    columns = (
        Column("title", TITLE, lambda each: procedure_at(each, clock.today()).title, url=offer_url),
        Column("kind", Text("类型", "Kind"), lambda each: KINDS[procedure_at(each, clock.today()).kind]),
        Column(
            "promised",
            Text("承诺时限", "Within"),
            lambda each: length_words(procedure_at(each, clock.today()).promised),
        ),
        Column("clause", Text("条", "Clause"), clause_of, "code"),
    )
    empty = Empty(Text("没有找到事项，请换个说法。", "No item is found: try other words."))
    search = Filter("q", Text("想办什么", "What do you want to do"), _matching)
    head = Head(TITLE, crumbs=(Crumb(TITLE),))
    return show(ListPage(head, rows, columns, empty, filters=(search,), page_size=200))


def guide_page(at: str, *actions: Action, more: tuple[Section, ...] = ()) -> HttpResponse:
    """What an applicant has to know of an item, and the way to apply."""
    row, procedure = version_in_force(at, clock.today()), procedure_at(at, clock.today())
    state = (
        Text(f"第 {row.version} 版，自 {row.valid_from}", f"version {row.version} from {row.valid_from}")
        if row
        else _NONE
    )
    said = [*facts(procedure), Fact(Text("版本", "Version"), state)]
    if not is_open(at):
        said.insert(0, Fact(Text("服务项", "Offer"), CLOSED))
    versions = Action(VERSIONS.title, f"{offer_url(at)}versions/")
    head = Head(procedure.title, crumbs_of(at), clause=clause_of(at), facts=said, actions=(*actions, versions))
    return show(
        RecordPage(
            head, [*more, *guide(procedure), picture(procedure)], timeline(version_ref(row)) if row else NOT_A_RECORD
        )
    )


@require_safe
def versions(_request: HttpRequest, procedure: str) -> HttpResponse:
    """All versions of an item that the reader may see."""
    empty = Text("还没有公布过。", "No version is published yet.")
    head = Head(VERSIONS.title, crumbs_of(procedure, Crumb(VERSIONS.title)), clause=clause_of(procedure))
    return listed(VERSIONS, procedure, head, empty=empty, order="-version")


@require_safe
def version_page(_request: HttpRequest, procedure: str, number: str) -> HttpResponse:
    """One version: its steps, its text, and what happened to it."""
    row: ItemVersion = visible(VERSIONS, procedure, number)
    text = Section(Text("文本", "Text"), "text", paragraphs=[row.text])
    return record(VERSIONS, row, picture(procedure_of(row)), steps(procedure_of(row)), text)


_NONE = Status(Text("未公布", "Not published"), "amber")
item_pages = [
    path("versions/", versions, name="versions"),
    *forms(VERSIONS),
    path("versions/<str:number>/", version_page, name="version"),
]
