"""All directories; one directory as a list and over the divisions; and what it takes to stand in it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

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
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths, scope_of
from qilian.core.offers.packs.api import offers, pack_of
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.regions.api import children
from qilian.engines.registry.directories.offering import Criterion, Directory
from qilian.engines.registry.directories.queries import (
    by_region,
    counts,
    directory_at,
    entries,
    in_force,
    overdue,
    public_entries,
)
from qilian.engines.registry.directories.services.common import ADMIT

from .tiles import tiles
from .words import TITLE, columns, division_names, filters

_CRITERIA, _MAP = Text("入选条件", "Criteria"), Text("按地区看", "By division")
_CLOSED = Status(Text("未开通", "Not open"), "amber")
_CHECK = Text("据记忆写下，使用前请核对原文", "Written from memory: check the source before you rely on it")


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
    shape, me = directory_at(directory), current_principal()
    official = allowed(me, ADMIT, scope_of(directory))
    names = division_names()
    rows = entries(directory) if official else public_entries(directory)
    adding = Action(Text("登记入选", "Admit an entry"), f"{offer_url(directory)}admission/", primary=True)
    empty = Empty(
        Text("名录里还没有公开的条目。", "Nothing stands in this directory yet."), adding if official else None
    )
    return show(
        ListPage(
            _head(directory, shape, (adding,) if official and is_open(directory) else ()),
            rows,
            columns(shape, names, official=official),
            empty,
            filters=filters(shape, names, official=official),
        )
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
    places = [(row.code, Text(row.short, row.en or row.name), found.get(row.code, 0)) for row in children("630000")]
    province = sum(found.values()) - sum(number for _, _, number in places)
    rows = [
        *places,
        *([("630000", Text("全省或未注明", "Whole province, or not stated"), province)] if province else []),
    ]
    title = Text(f"{shape.title.zh}：按地区看", f"{shape.title.en}: by division")
    head = Head(title, crumbs=crumbs_of(directory, Crumb(_MAP)), clause=clause_of(directory))
    sections = [
        Section(template="directories/tiles.html", context=tiles(places)),
        Section(Text("各市州", "Prefectures"), "prefectures", Table(_place_columns(directory), rows)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


def _head(path: str, shape: Directory, actions: Sequence[Action]) -> Head:
    today, rows = clock.today(), public_entries(path)
    facts = [Fact(Text("在列", "Listed"), in_force(rows, today).count())]
    if shape.months:
        facts.append(Fact(Text("到期待复评", "Term over"), overdue(rows, today).count()))
        facts.append(Fact(Text("有效期", "Term"), _term(shape)))
    if not is_open(path):
        facts.insert(0, Fact(Text("服务项", "Offer"), _CLOSED))
    more = [Action(_CRITERIA, f"{offer_url(path)}criteria/")]
    more += [Action(_MAP, f"{offer_url(path)}map/")] if shape.mapped else []
    return Head(shape.title, crumbs_of(path), clause=clause_of(path), facts=facts, actions=[*actions, *more])


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


def _place_columns(path: str) -> tuple[Column, ...]:
    return (
        Column(
            "place",
            Text("地区", "Division"),
            lambda row: row[1],
            url=lambda row: "" if row[0] == "630000" else f"{offer_url(path)}?region={row[0]}",
        ),
        Column("number", Text("在列", "Listed"), lambda row: row[2], "number"),
    )
