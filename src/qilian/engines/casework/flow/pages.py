"""The guide of an item with the way to apply, its cases, and one case on one page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from qilian.core.house.forms.api import FieldSpec, shown
from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, Section, Table
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url
from qilian.core.offers.resource.api import forms, listed, may, record, visible
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import STATES
from qilian.engines.casework.items.api import guide_page, item_pages, performer_words, picture

from .models import Case, CaseStep
from .queries import case_ref, extensions, procedure_of_case, step_ref, steps_of
from .resource import CASES, EXTENSIONS
from .told import fields_told, note_of, opinions_told
from .words import TITLE, light, node_title, step_state


@require_safe
def guide(_request: HttpRequest, procedure: str) -> HttpResponse:
    """The guide of an item; who may apply finds the way, who has cases finds them."""
    me, actions = current_principal(), []
    creation = CASES.creation
    assert creation is not None
    if is_open(procedure) and me.signed_in and may(me, creation, procedure, CASES.place_scope(procedure)):
        actions.append(Action(creation.title, f"{offer_url(procedure)}application/", primary=True))
    if me.signed_in:
        actions.append(Action(TITLE, f"{offer_url(procedure)}cases/"))
    return guide_page(procedure, *actions)


@require_safe
def case_list(_request: HttpRequest, procedure: str) -> HttpResponse:
    """The cases of an item that the reader may see, the latest first."""
    signed_in()
    head = Head(TITLE, crumbs_of(procedure, Crumb(TITLE)), clause=clause_of(procedure))
    empty = Text("没有您可以查看的办件。", "There is no case that you may see.")
    return listed(CASES, procedure, head, empty=empty)


@require_safe
def case_page(_request: HttpRequest, procedure: str, code: str) -> HttpResponse:
    """One case: what was applied for, where it stands, every step with the opinion that the reader is told."""
    row: Case = visible(CASES, procedure, code)
    shape = procedure_of_case(row)
    found = steps_of(row)
    live = [each.node for each in found if each.state == "open"]
    deeds = {operation.noun: operation.title for operation in CASES.operations}
    deeds |= {f"extension/{operation.noun}": operation.title for operation in EXTENSIONS.operations}
    parts = (_applied(row), _steps(row, found), *_extensions(row), picture(shape, live))
    return record(CASES, row, *parts, history=timeline(case_ref(row), note=note_of(row, deeds)))


@require_safe
def extension_list(_request: HttpRequest, procedure: str) -> HttpResponse:
    """Requests for more time in the cases that the reader may see."""
    signed_in()
    head = Head(EXTENSIONS.title, crumbs_of(procedure, Crumb(EXTENSIONS.title)), clause=clause_of(procedure))
    return listed(EXTENSIONS, procedure, head, empty=Text("没有延期申请。", "Nobody asked for more time."))


@require_safe
def extension_page(_request: HttpRequest, procedure: str, code: str) -> HttpResponse:
    """One request for more time, with the people who decide on it."""
    return record(EXTENSIONS, visible(EXTENSIONS, procedure, code))


def _applied(row: Case) -> Section:
    said = [spec for spec in fields_told(row) if spec.name in row.data]
    facts = [Fact(_label(spec), shown(spec, row.data[spec.name])) for spec in said]
    return Section(Text("申请内容", "Application"), "application", facts=facts)


def _label(spec: FieldSpec) -> Text:
    """What a field asks for, with its unit."""
    unit = spec.unit or (Text("元", "CNY") if spec.kind == "money" else None)
    return Text(f"{spec.label.zh}（{unit.zh}）", f"{spec.label.en} ({unit.en})") if unit else spec.label


def _steps(row: Case, steps: Sequence[CaseStep]) -> Section:
    shown, told = [each for each in steps if each.kind in ("task", "wait", "call")], opinions_told(row, steps)
    columns = (
        Column("number", Text("步", "Step"), lambda each: each.number, "number"),
        Column("node", Text("环节", "Node"), lambda each: node_title(row, each.node)),
        Column("performer", Text("由谁办理", "Done by"), lambda each: performer_words(each.performer)),
        Column("person", Text("办理人", "Person"), _person),
        Column("state", Text("结果", "Outcome"), step_state, "status"),
        Column("opinion", Text("意见", "Opinion"), lambda each: each.opinion if each.number in told else ""),
        Column("limit", Text("时限", "Limit"), lambda each: light(step_ref(row, each.number), each.kind), "status"),
        Column("at", Text("时间", "At"), lambda each: each.done_at or each.opened_at, "datetime"),
    )
    empty = Empty(Text("还没有环节。", "No step yet."))
    return Section(Text("办理过程", "Steps"), "steps", Table(columns, shown, empty))


def _extensions(row: Case) -> Sequence[Section]:
    """Who asked for more time, and what was answered."""
    asked = list(extensions(row.offer).filter(case=row))
    columns = (
        Column("at", Text("申请时间", "Asked"), lambda each: each.proposed_at, "datetime", url=EXTENSIONS.url),
        Column("by", Text("申请人", "By"), lambda each: each.proposed_by.name),
        Column("value", Text("延长", "By how much"), lambda each: each.value, "number"),
        Column("reason", Text("理由", "Reason"), lambda each: each.reason),
        Column("state", Text("状态", "State"), lambda each: STATES[each.state], "status"),
    )
    return [Section(EXTENSIONS.title, "extensions", Table(columns, asked))] if asked else []


def _person(each: CaseStep) -> str:
    person = each.done_by or each.holder
    return person.name if person else ""


app_name = "casework"
urlpatterns = [
    path("", guide, name="guide"),
    path("cases/", case_list, name="cases"),
    *item_pages,
    *forms(CASES),
    path("extensions/", extension_list, name="extensions"),
    *forms(EXTENSIONS),
    path("extensions/<str:code>/", extension_page, name="extension"),
    path("cases/<str:code>/", case_page, name="case"),
]
