"""An entry of a directory, said once: its traits and all that its officials do with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form, rewritten, shown
from qilian.core.house.pages import Crumb, Fact
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.offers.api import crumbs_to, is_open, scope_of
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.regions.api import division_names

from .kernel.life import EXITS
from .models import DirectoryEntry
from .offering import Criterion, Directory
from .queries import directory_at, entries, entry_by_code, entry_ref, entry_scope, in_force, public_entries, status_of
from .services.common import ADMIT, EXIT, LIST, PUBLISH, SUSPEND
from .services.entering import Subject, admit, amend_entry, list_entry, re_evaluate
from .services.status import exit_entry, publish, restore, suspend, withdraw
from .words import HIDDEN, IDENTIFIER, filters, kept, status

_PARTY = FieldSpec("uscc", Text("主体", "Party"), length=120, picks="party")
_REASON = Form("reason", Text("理由", "Reason"), (FieldSpec("reason", Text("理由", "Reason"), length=300),))
_EXIT = Form(
    "exit",
    Text("退出", "Exit"),
    (FieldSpec("exit", Text("退出情形", "Ground"), "choice", choices=tuple(EXITS.items())), *_REASON.fields),
)
_SOURCE = FieldSpec("source", Text("变更依据", "Source of the change"), length=300)
_EVIDENCE = FieldSpec(
    "evidence",
    Text("依据的文件", "Document"),
    length=300,
    hint=Text("公告、通知或会议纪要的名称和文号。", "Title and number of the notice or minutes."),
)
_FIRST = FieldSpec(
    "valid_from", Text("起始日", "First day"), "date", required=False, hint=Text("不填即今天。", "Empty is today.")
)


def admission_form(path: str) -> Form:
    """Who or what is admitted, its facts, and the evidence for every criterion."""
    shape = directory_at(path)
    facts = FieldSpec("attributes", Text("登记的内容", "What is recorded"), "group", row=shape.form, flat=True)
    return Form("admission", _ADMISSION, (*_who(shape), facts, _findings(shape)))


def _who(shape: Directory) -> tuple[FieldSpec, ...]:
    region = FieldSpec("region", Text("所在地", "Place"), required=False, length=60, picks="division")
    if shape.of_parties:
        return _PARTY, region
    code = FieldSpec("identifier", shape.identifier or Text("代码", "Identifier"), length=120)
    holder = (replace(_PARTY, label=shape.holder, required=False),) if shape.holder else ()
    return (FieldSpec("name", Text("名称", "Name"), length=200), code, *holder, *((region,) if shape.mapped else ()))


def _findings(shape: Directory) -> FieldSpec:
    """A place for the evidence of each criterion; the verb asks for those that hold for some entries only."""
    fields = tuple(
        FieldSpec(c.slug, c.words, "textarea", c.when is None, _source(c), length=500) for c in shape.criteria
    )
    form = Form("findings", Text("条件", "Criteria"), fields)
    return FieldSpec("findings", Text("条件", "Criterion"), "group", row=form, required=bool(fields))


def _source(criterion: Criterion) -> Text:
    zh, en = "写明满足条件的材料。", "State what shows that it is met."
    return Text(f"依据：{criterion.source}。{zh}", f"Source: {criterion.source}. {en}")


def _admitted(_path: str, values: Values) -> Values:
    party = values.get("uscc")
    named = {name: values.get(name) or "" for name in ("name", "identifier", "region")}
    return {"subject": Subject(party, **named), **_written(values, "attributes", "findings")}


def _written(values: Values, *groups: str) -> dict[str, Any]:
    return {name: rewritten(values[name] or {}) for name in groups}


def term_form(row: DirectoryEntry) -> Form:
    """The grade, the first day and the document of a term."""
    grades = tuple((step.slug, step.title) for step in directory_at(row.offer).grades)
    graded = (FieldSpec("grade", Text("等级", "Grade"), "choice", choices=grades),) if grades else ()
    return Form("term", Text("期限", "Term"), (*graded, _FIRST, _EVIDENCE))


def again_form(row: DirectoryEntry) -> Form:
    """A term with the evidence for every criterion afresh."""
    return Form("again", Text("复评", "Re-evaluation"), (*term_form(row).fields, _findings(directory_at(row.offer))))


def amendment_form(row: DirectoryEntry) -> Form:
    """All facts as they should be, and where that comes from."""
    facts = FieldSpec("attributes", Text("内容", "Facts"), "group", row=directory_at(row.offer).form, flat=True)
    return Form("amendment", Text("变更", "Amendment"), (facts, _SOURCE))


def _stands(row: DirectoryEntry) -> Values:
    return {"attributes": kept(directory_at(row.offer), row.attributes)}


def _restorable(row: DirectoryEntry) -> bool:
    return row.state == "suspended" and not status_of(row).expired(clock.today())


def _hidden(row: DirectoryEntry) -> bool:
    return row.state in ("listed", "suspended") and not row.published


def _official(me: Principal, path: str) -> bool:
    return allowed(me, ADMIT, scope_of(path))


def traits(path: str) -> Sequence[Trait[DirectoryEntry]]:
    """What there is to know of an entry of a directory; the attributes that a list shows are its own."""
    shape, names, today = directory_at(path), cache(division_names), clock.today()
    noun = Text(shape.noun.zh, shape.noun.en[:1].upper() + shape.noun.en[1:])
    return (
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("number", Text("编号", "Number"), lambda row: row.number, "code", sort="number"),
        Trait("name", noun, lambda row: row.name, sort="name", leads=True, fact=False),
        Trait("identifier", shape.identifier or IDENTIFIER, lambda row: row.identifier, "code", sort="identifier"),
        Trait("grade", Text("等级", "Grade"), lambda row: shape.grade_title(row.grade) if row.grade else None,
              plain=lambda row: row.grade, list=bool(shape.grades), sort="grade"),
        *(_attribute(spec) for spec in shape.attributes if spec.name in shape.shown),
        Trait("region", Text("所在地", "Place"), lambda row: names().get(row.region, row.region),
              plain=lambda row: row.region, list=shape.mapped, sort="region"),
        Trait("valid_from", Text("起始日", "First day"), lambda row: row.valid_from, "date", list=False, fact=False),
        Trait("valid_to", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date", list=bool(shape.months),
              sort="valid_to"),
        Trait("state", Text("状态", "State"), lambda row: status(row, today), "status", plain=lambda row: row.state,
              sort="state"),
        Trait("in_force", Text("有效", "In force"), lambda row: status_of(row).in_force(today), "boolean", list=False,
              fact=False),
        Trait("published", Text("公开", "Public"), lambda row: None if row.published else HIDDEN, "boolean",
              plain=lambda row: row.published, list=lambda: _official(current_principal(), path)),
        Trait("party", shape.holder or Text("主体", "Party"),
              lambda row: row.party.name if row.party and not row.of_party else None,
              plain=lambda row: row.party.code if row.party else None, list=False),
        Trait("exit", Text("退出情形", "Ground of exit"), lambda row: EXITS.get(row.exit_kind), list=False,
              plain=lambda row: row.exit_kind),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason, list=False),
        Trait("attributes", Text("登记的内容", "What is recorded"), lambda row: row.attributes, "object"),
    )  # fmt: skip


def _attribute(spec: FieldSpec) -> Trait[DirectoryEntry]:
    kind: Any = "number" if spec.kind in ("integer", "decimal", "money") else "date" if spec.kind == "date" else "text"
    unit = spec.unit or (Text("元", "CNY") if spec.kind == "money" else None)
    value: Callable[[DirectoryEntry], Any] = lambda row: shown(spec, row.attributes.get(spec.name, ""))  # noqa: E731 — one of many
    return Trait(spec.name, spec.label, value, kind, fact=False, json=False, unit=unit)


def _crumbs(at: DirectoryEntry | str) -> Sequence[Crumb]:
    return crumbs_to(at if isinstance(at, str) else at.offer)


def _number(row: DirectoryEntry) -> Sequence[Fact]:
    return (Fact(Text("编号", "Number"), row.number or None),)


_CRITERIA: Sequence[Trait[Any]] = (
    Trait("slug", Text("代码", "Slug"), lambda each: each.slug, "code"),
    Trait("words", Text("条件", "Criterion"), lambda each: each.words, "words"),
    Trait("source", Text("依据", "Source"), lambda each: each.source, "code"),
    Trait("recalled", Text("待核对", "Written from memory"), lambda each: each.recalled, "boolean"),
)
_ATTRIBUTES: Sequence[Trait[Any]] = (
    Trait("name", Text("名称", "Name"), lambda spec: spec.name, "code"),
    Trait("label", Text("标签", "Label"), lambda spec: spec.label, "words"),
    Trait("kind", Text("类型", "Kind"), lambda spec: spec.kind, "code"),
    Trait("required", Text("必填", "Needed"), lambda spec: spec.required, "boolean"),
    Trait("choices", Text("选项", "Choices"), lambda spec: [value for value, _ in spec.choices], "codes"),
)
_ADMISSION = Text("登记入选", "Admit an entry")
_IN = ("admitted", "listed", "suspended")
ENTRIES: Resource[DirectoryEntry] = Resource(
    plural="entries", row="entry", title=Text("条目", "Entries"), noun=Text("条目", "Entry"), under="{directory}",
    find=entry_by_code, traits=traits,
    filters=lambda path: filters(path, official=_official(current_principal(), path)),
    rows=lambda me, path: entries(path) if _official(me, path) else public_entries(path),
    seen=lambda me, row: row.published or allowed(me, ADMIT, entry_scope(row)),
    named=lambda row: row.name, ref=entry_ref, scope=entry_scope, clause=lambda row: row.clause, crumbs=_crumbs,
    place_of=lambda row: row.offer, place_scope=scope_of, serving=is_open,
    creation=Operation("admission", _ADMISSION, ADMIT, admit, form=admission_form, takes=_admitted,
                       facts=lambda path: (Fact(Text("名录", "Directory"), directory_at(path).title),)),
    operations=(
        Operation("listing", Text("列入", "List"), LIST, list_entry, form=term_form,
                  given=lambda row: {"grade": row.grade}, when=in_state("admitted"), facts=_number),
        Operation("publication", Text("公开", "Publish"), PUBLISH, publish, when=_hidden),
        Operation("re-evaluation", Text("复评", "Re-evaluate"), LIST, re_evaluate, form=again_form,
                  given=lambda row: {"grade": row.grade}, when=in_state("listed", "suspended"),
                  takes=lambda _row, values: {**values, **_written(values, "findings")}),
        Operation("restoration", Text("恢复", "Restore"), SUSPEND, restore, form=_REASON,
                  when=_restorable),
        Operation("amendment", Text("变更", "Amend"), ADMIT, amend_entry, form=amendment_form,
                  given=_stands, takes=lambda _row, values: {**values, **_written(values, "attributes")},
                  when=in_state(*_IN)),
        Operation("withdrawal", Text("撤下", "Withdraw from public"), PUBLISH, withdraw,
                  form=_REASON, when=lambda row: row.published),
        Operation("suspension", Text("暂停", "Suspend"), SUSPEND, suspend, form=_REASON,
                  when=in_state("listed"), dangerous=True),
        Operation("exit", Text("退出", "Let it exit"), EXIT, exit_entry, form=_EXIT,
                  when=in_state(*_IN), dangerous=True),
    ),
    about=(
        Trait("offer", Text("服务项", "Offer"), lambda path: path, "code"),
        Trait("title", Text("名称", "Title"), lambda path: directory_at(path).title, "words"),
        Trait("noun", Text("条目称为", "What it lists"), lambda path: directory_at(path).noun, "words"),
        Trait("clauses", Text("条", "Clauses"), lambda path: [c.clause for c in directory_at(path).cites], "codes"),
        Trait("open", Text("已开通", "Open"), is_open, "boolean"),
        Trait("months", Text("期限（月）", "Months of a term"), lambda path: directory_at(path).months, "integer"),
        Trait("grades", Text("等级", "Grades"), lambda path: [g.slug for g in directory_at(path).grades], "codes"),
        Trait("in_force", Text("在列", "In force"),
              lambda path: in_force(public_entries(path), clock.today()).count(), "integer"),
        Trait("criteria", Text("条件", "Criteria"), lambda path: directory_at(path).criteria, "rows", of=_CRITERIA),
        Trait("attributes", Text("登记的内容", "What is recorded"), lambda path: directory_at(path).attributes, "rows",
              of=_ATTRIBUTES),
    ),
)  # fmt: skip
