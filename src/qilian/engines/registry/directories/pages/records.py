"""One entry: its facts, what it showed, its terms, what happened to it, and what its officials may do now."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, RecordPage, Section, Table, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import crumbs_of, is_open
from qilian.core.rights.grants.api import Principal, allowed
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.directories.kernel.life import EXITS
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.offering import Directory
from qilian.engines.registry.directories.queries import directory_at, entry_by_code, entry_ref, entry_scope
from qilian.engines.registry.directories.services.common import ADMIT

from .deeds import DEEDS
from .words import HIDDEN, division_names, entry_url, shown, status

_KINDS = {
    "admission": Text("入选", "Admission"),
    "listing": Text("列入", "Listing"),
    "re-evaluation": Text("复评", "Re-evaluation"),
}


@require_safe
def entry_page(_request: HttpRequest, directory: str, code: str) -> HttpResponse:
    """One entry; before it is published only officials of the directory find it."""
    shape, row, me = directory_at(directory), entry_by_code(directory, code), current_principal()
    official = allowed(me, ADMIT, entry_scope(row))
    if not (row.published or official):
        raise Http404(code)
    names = division_names()
    sections = [
        Section(Text("登记的内容", "What is recorded"), "facts", facts=_attributes(shape, row)),
        Section(Text("条件与依据", "Criteria and evidence"), "criteria", _criteria(shape, row, official=official)),
        Section(Text("历次评定", "Evaluations"), "terms", _terms(shape, row)),
    ]
    return show(RecordPage(_head(shape, row, names, me), sections, timeline(entry_ref(row))))


def _head(shape: Directory, row: DirectoryEntry, names: Mapping[str, Text], me: Principal) -> Head:
    identifier = shape.identifier or Text("统一社会信用代码", "Unified code")
    facts = [
        Fact(Text("状态", "State"), status(row, clock.today())),
        Fact(Text("编号", "Number"), row.number or None),
        Fact(identifier, row.identifier or None),
    ]
    if shape.grades:
        facts.append(Fact(Text("等级", "Grade"), shape.grade_title(row.grade) if row.grade else None))
    if shape.months:
        facts.append(Fact(Text("有效期至", "Valid to"), row.valid_to))
    if shape.holder and row.party:
        facts.append(Fact(shape.holder, row.party.name))
    if row.region:
        facts.append(Fact(Text("所在地", "Place"), names.get(row.region, row.region)))
    if row.exit_kind:
        facts.append(Fact(Text("退出情形", "Ground of exit"), EXITS[row.exit_kind]))
    if row.reason:
        facts.append(Fact(Text("理由", "Reason"), row.reason))
    if not row.published:
        facts.append(Fact(Text("公开", "Public"), HIDDEN))
    crumbs = crumbs_of(row.offer, Crumb(row.name))
    return Head(row.name, crumbs, clause=row.clause, facts=facts, actions=_actions(row, me))


def _actions(row: DirectoryEntry, me: Principal) -> list[Action]:
    """What the reader may do with the entry as it stands today."""
    if not (me.signed_in and is_open(row.offer)):
        return []
    scope, today = entry_scope(row), clock.today()
    may = {action: allowed(me, action, scope) for action in {deed.action for deed in DEEDS.values()}}
    possible = [(noun, deed) for noun, deed in DEEDS.items() if deed.fits(row, today) and may[deed.action]]
    return [
        Action(deed.title, f"{entry_url(row)}{noun}/", primary=not place, dangerous=deed.dangerous)
        for place, (noun, deed) in enumerate(possible)
    ]


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
    columns = (
        Column("at", Text("日期", "Day"), lambda term: localdate(term.decided_at), "date"),
        Column("kind", Text("评定", "Evaluation"), lambda term: _KINDS[term.kind]),
        *(
            (
                Column(
                    "grade", Text("等级", "Grade"), lambda term: shape.grade_title(term.grade) if term.grade else None
                ),
            )
            if shape.grades
            else ()
        ),
        Column("from", Text("自", "From"), lambda term: term.valid_from, "date"),
        Column("to", Text("至", "To"), lambda term: term.valid_to, "date"),
        Column("evidence", Text("文件", "Document"), lambda term: term.evidence),
    )
    return Table(columns, list(row.terms.order_by("pk")), Empty(Text("还没有评定。", "No evaluation yet.")))
