"""All directories; one directory as a list, over the divisions, and what it takes to stand in it; one entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from qilian.core.house.forms.api import shown
from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
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
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths
from qilian.core.offers.packs.api import offers, pack_of
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.regions.api import prefectures, province, tile_places
from qilian.engines.registry.parties.api import Party

from .models import DirectoryEntry
from .offering import Criterion, Directory
from .queries import by_region, counts, directory_at, entries_of_party, entry_scope, in_force, overdue, public_entries
from .resource import ENTRIES
from .services.common import ADMIT
from .tiles import tile_section
from .words import TITLE, status

_CRITERIA, _MAP = Text("入选条件", "Criteria"), Text("按地区看", "By division")
_CLOSED = Status(Text("未开通", "Not open"), "amber")
_CHECK = Text("据记忆写下，使用前请核对原文", "Written from memory: check the source before you rely on it")
_KINDS = {
    "admission": Text("入选", "Admission"),
    "listing": Text("列入", "Listing"),
    "re-evaluation": Text("复评", "Re-evaluation"),
}
_OF_PARTY = 50


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Every directory that is open, with how many stand in it today."""
    listed, opened = counts(), open_paths()
    rows = [(path, offer) for path, offer in offers("directory").items() if path in opened]
    table = (
        Column("section", Text("节", "Section"), lambda row: _section(row[0])),
        Column("title", TITLE, lambda row: row[1].title, url=lambda row: offer_url(row[0])),
        Column("listed", Text("在列", "Listed"), lambda row: listed.get(row[0], 0), "number"),
        Column("clause", Text("条", "Clause"), lambda row: clause_of(row[0]), "code"),
    )
    empty = Empty(Text("还没有开通的名录。", "No directory is open yet."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, table, empty, page_size=200))


@require_safe
def directory_list(_request: HttpRequest, directory: str) -> HttpResponse:
    """The entries of a directory: everybody sees the public ones, its officials see all."""
    empty = Text("名录里还没有公开的条目。", "Nothing stands in this directory yet.")
    return listed(ENTRIES, directory, _head(directory, directory_at(directory)), empty=empty)


@require_safe
def entry_page(_request: HttpRequest, directory: str, code: str) -> HttpResponse:
    """One entry; before it is published only officials of the directory find it."""
    row: DirectoryEntry = visible(ENTRIES, directory, code)
    shape, official = directory_at(directory), allowed(current_principal(), ADMIT, entry_scope(row))
    return record(
        ENTRIES,
        row,
        Section(Text("登记的内容", "What is recorded"), "facts", facts=_attributes(shape, row)),
        Section(Text("条件与依据", "Criteria and evidence"), "criteria", _criteria(shape, row, official=official)),
        Section(Text("历次评定", "Evaluations"), "terms", _terms(shape, row)),
    )


@require_safe
def criteria(_request: HttpRequest, directory: str) -> HttpResponse:
    """What an entry has to show, what is recorded of it, which grades and which term there are."""
    shape = directory_at(directory)
    facts = (
        Fact(Text("条件", "Criteria"), len(shape.criteria)),
        Fact(Text("有效期", "Term"), _term(shape)),
        *((Fact(Text("等级", "Grades"), _grades(shape)),) if shape.grades else ()),
        *((Fact(Text("主要依据", "Main source"), shape.basis),) if shape.basis else ()),
    )
    title = Text(f"{shape.title.zh}：入选条件", f"{shape.title.en}: criteria")
    head = Head(title, crumbs=crumbs_of(directory, Crumb(_CRITERIA)), clause=clause_of(directory), facts=facts)
    sections = [
        Section(_CRITERIA, "criteria", Table(_criterion_columns(shape), shape.criteria)),
        Section(Text("登记的内容", "What is recorded"), "attributes", Table(_attribute_columns(), shape.attributes)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


@require_safe
def by_division(_request: HttpRequest, directory: str) -> HttpResponse:
    """How many entries in force lie in each prefecture: tiles and the table that they draw."""
    shape = directory_at(directory)
    found = by_region(in_force(public_entries(directory), clock.today()))
    places = [(code, name, found.get(code, 0)) for code, name in prefectures()]
    whole, _ = province()
    rest = sum(found.values()) - sum(number for _, _, number in places)
    rows = [*places, *([(whole, Text("全省或未注明", "Whole province, or not stated"), rest)] if rest else [])]
    title = Text(f"{shape.title.zh}：按地区看", f"{shape.title.en}: by division")
    head = Head(title, crumbs=crumbs_of(directory, Crumb(_MAP)), clause=clause_of(directory))
    sections = [
        tile_section(places, tile_places(), lambda code: f"{offer_url(directory)}?region={code}"),
        Section(Text("各市州", "Prefectures"), "prefectures", Table(_place_columns(directory, whole), rows)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


def of_party(party: Party, _reader: Principal) -> Sequence[Section]:
    """The directories that a party stands in, or is a holder in: what is public, the latest first."""
    rows, today = list(entries_of_party(party)[:_OF_PARTY]), clock.today()
    columns = (
        Column("directory", TITLE, lambda row: directory_at(row.offer).title, url=ENTRIES.url),
        Column("number", Text("编号", "Number"), lambda row: row.number, "code"),
        Column("name", Text("条目", "Entry"), lambda row: row.name),
        Column("grade", Text("等级", "Grade"), lambda row: _graded(directory_at(row.offer), row.grade)),
        Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date"),
        Column("state", Text("状态", "State"), lambda row: status(row, today), "status"),
    )
    return [Section(TITLE, "directories", Table(columns, rows))] if rows else []


def _head(at: str, shape: Directory) -> Head:
    today, rows = clock.today(), public_entries(at)
    facts = [Fact(Text("在列", "Listed"), in_force(rows, today).count())]
    if shape.months:
        facts.append(Fact(Text("到期待复评", "Term over"), overdue(rows, today).count()))
        facts.append(Fact(Text("有效期", "Term"), _term(shape)))
    if not is_open(at):
        facts.insert(0, Fact(Text("服务项", "Offer"), _CLOSED))
    more = [Action(_CRITERIA, f"{offer_url(at)}criteria/")]
    more += [Action(_MAP, f"{offer_url(at)}map/")] if shape.mapped else []
    return Head(shape.title, crumbs_of(at), clause=clause_of(at), facts=facts, actions=more)


def _graded(shape: Directory, grade: str) -> Text | None:
    return shape.grade_title(grade) if grade else None


def _attributes(shape: Directory, row: DirectoryEntry) -> list[Fact]:
    found = [(spec, shown(spec, row.attributes.get(spec.name, ""))) for spec in shape.attributes]
    return [Fact(spec.label, _with_unit(value, spec.unit)) for spec, value in found if value is not None]


def _with_unit(value: Any, unit: Text | None) -> Any:
    if unit is None or isinstance(value, Text) or not value:
        return value
    return Text(f"{value} {unit.zh}", f"{value} {unit.en}")


def _criteria(shape: Directory, row: DirectoryEntry, *, official: bool) -> Table:
    """What the entry showed at its last evaluation; the evidence itself is for officials."""
    latest = next((term for term in row.terms.order_by("-pk") if term.findings), None)
    findings = latest.findings if latest else {}
    columns = [
        Column("words", Text("条件", "Criterion"), lambda each: each.words),
        Column("source", Text("依据", "Source"), lambda each: each.source),
        Column("met", Text("满足", "Met"), lambda each: Text("是", "Yes") if each.slug in findings else Text("—", "—")),
    ]
    if official:
        columns.append(Column("evidence", Text("材料", "Evidence"), lambda each: findings.get(each.slug)))
    return Table(columns, shape.asked(row.attributes))


def _terms(shape: Directory, row: DirectoryEntry) -> Table:
    graded = Column("grade", Text("等级", "Grade"), lambda term: _graded(shape, term.grade))
    columns = (
        Column("at", Text("日期", "Day"), lambda term: localdate(term.decided_at), "date"),
        Column("kind", Text("评定", "Evaluation"), lambda term: _KINDS[term.kind]),
        *((graded,) if shape.grades else ()),
        Column("from", Text("自", "From"), lambda term: term.valid_from, "date"),
        Column("to", Text("至", "To"), lambda term: term.valid_to, "date"),
        Column("evidence", Text("文件", "Document"), lambda term: term.evidence),
    )
    return Table(columns, list(row.terms.order_by("pk")), Empty(Text("还没有评定。", "No evaluation yet.")))


def _section(path: str) -> Text:
    pack = pack_of(path)
    return Text(f"{pack.section} {pack.title.zh}", f"{pack.section} {pack.title.en}")


def _term(shape: Directory) -> Text:
    if not shape.months:
        return Text("不设期限", "No end")
    if shape.months % 12:
        return Text(f"{shape.months} 个月", f"{shape.months} months")
    years = shape.months // 12
    return Text(f"{years} 年", f"{years} year{'s' if years > 1 else ''}")


def _grades(shape: Directory) -> Text:
    titles = [step.title for step in shape.grades]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def _criterion_columns(shape: Directory) -> tuple[Column, ...]:
    fields = {spec.name: spec for spec in shape.attributes}

    def only(row: Criterion) -> Text | None:
        if row.when is None:
            return None
        titles: Mapping[str, Text] = dict(fields[row.when.field].choices)
        asked = [titles.get(value, Text(value, value)) for value in row.when.values]
        return Text("、".join(title.zh for title in asked), ", ".join(title.en for title in asked))

    conditional = any(row.when for row in shape.criteria)
    return (
        Column("words", _CRITERIA, lambda row: row.words),
        *((Column("only", Text("适用", "For"), only),) if conditional else ()),
        Column("source", Text("依据", "Source"), lambda row: row.source),
        Column("checked", Text("核对", "Checked"), lambda row: _CHECK if row.recalled else Text("已核对", "checked")),
    )


def _attribute_columns() -> tuple[Column, ...]:
    return (
        Column("label", Text("项目", "Item"), lambda row: row.label),
        Column("unit", Text("单位", "Unit"), lambda row: row.unit),
        Column("needed", Text("必填", "Needed"), lambda row: Text("是", "Yes") if row.required else Text("否", "No")),
        Column("hint", Text("说明", "Note"), lambda row: row.hint),
    )


def _place_columns(at: str, whole: str) -> tuple[Column, ...]:
    def address(row: tuple[str, Text, int]) -> str:
        return "" if row[0] == whole else f"{offer_url(at)}?region={row[0]}"

    return (
        Column("place", Text("地区", "Division"), lambda row: row[1], url=address),
        Column("number", Text("在列", "Listed"), lambda row: row[2], "number"),
    )


app_name = "directories"
urlpatterns = [
    path("", directory_list, name="list"),
    path("criteria/", criteria, name="criteria"),
    path("map/", by_division, name="map"),
    path("entries/<str:code>/", entry_page, name="entry"),
    *forms(ENTRIES),
]
