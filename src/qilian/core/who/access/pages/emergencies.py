"""Emergencies on screen: break the glass, give back, review."""

from collections.abc import Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house import pages as page
from qilian.core.house.forms.api import FieldSpec, Form, screen_fields, written_in
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import allowed, require, signed_in
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.access.kernel import HOURS_MAX
from qilian.core.who.access.models import Emergency
from qilian.core.who.access.queries import emergencies
from qilian.core.who.access.services import BREAK, REVIEW, break_glass, give_back, review

from .rights import LIMITS, VIEW, actions_field, read_form, scope_in, what, where

TITLE = Text("紧急授权", "Emergencies")
_BREAK = Text("启用紧急授权", "Break the glass")
_REVIEW = Text("复核", "Review")


@require_GET
def listed(_request: HttpRequest) -> HttpResponse:
    """List emergencies: one's own, or with `grants.view` or `events.view` those of all."""
    me = signed_in()
    rows = emergencies() if _sees_all(me) else emergencies().filter(person=me.person)
    may = allowed(me, BREAK)
    begin = page.Action(_BREAK, reverse("access:break"), primary=True)
    none = page.Empty(Text("没有紧急授权。", "There is no emergency."), begin if may else None)
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], actions=[begin] if may else [])
    return page.show(page.ListPage(head, rows, _columns(), none))


@require_GET
def record(_request: HttpRequest, code: str) -> HttpResponse:
    """Show one emergency, with what may be done about it."""
    me = signed_in()
    row = get_object_or_404(emergencies(), code=code)
    if row.person_id != me.person and not _sees_all(me):
        raise Http404
    facts = [page.Fact(column.title, column.value(row)) for column in _columns()]
    facts += [page.Fact(Text("事由", "Reason"), row.reason), page.Fact(Text("范围", "Where"), where(row.grant))]
    if row.reviewed_by is not None:
        facts += [page.Fact(Text("复核人", "Reviewed by"), row.reviewed_by.name)]
        facts += [page.Fact(Text("复核意见", "Finding"), row.finding)]
    head = page.Head(
        row.person.name, crumbs=_crumbs(page.Crumb(row.person.name)), facts=facts, actions=_actions(me, row)
    )
    return page.show(page.RecordPage(head, timeline=timeline(Ref("core.emergency", code))))


@require_http_methods(["GET", "POST"])
def breaking(request: HttpRequest) -> HttpResponse:
    """Take rights for some hours, with the reason."""
    require(current_principal(), BREAK)
    return page.answer_form(request, _break_form, _break)


@require_POST
def ending(_request: HttpRequest, code: str) -> HttpResponse:
    """Give rights back before their time."""
    give_back(actor=signed_in(), code=code)
    return HttpResponseRedirect(reverse("access:emergency", args=[code]))


@require_http_methods(["GET", "POST"])
def reviewing(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what a review found."""
    require(current_principal(), REVIEW)
    row = get_object_or_404(emergencies(), code=code)

    def handle(values: QueryDict) -> str:
        review(actor=current_principal(), code=code, finding=values.get("finding", ""))
        return reverse("access:emergency", args=[code])

    return page.answer_form(request, partial(_review_form, row), handle)


def _sees_all(me: Principal) -> bool:
    return allowed(me, VIEW) or allowed(me, "events.view")


def _state(row: Emergency) -> page.Status:
    if row.ended_at is None and row.until > clock.now() and row.grant.revoked_at is None:
        return page.Status(Text("使用中", "in use"), "amber")
    if row.reviewed_at is None:
        return page.Status(Text("待复核", "to be reviewed"), "amber")
    return page.Status(Text("已复核", "reviewed"), "green")


def _columns() -> Sequence[page.Column]:
    return (
        page.Column("person", Text("使用人", "Who"), lambda row: row.person.name, url=_address),
        page.Column("actions", Text("权限", "Rights"), lambda row: what(row.grant)),
        page.Column("at", Text("启用", "From"), lambda row: row.at, "datetime", sort="at"),
        page.Column("until", Text("至", "Until"), lambda row: row.ended_at or row.until, "datetime", sort="until"),
        page.Column("state", Text("状态", "State"), _state, "status"),
    )


def _actions(me: Principal, row: Emergency) -> list[page.Action]:
    found = []
    if row.person_id != me.person and row.reviewed_at is None and allowed(me, REVIEW):
        found.append(page.Action(_REVIEW, reverse("access:review", args=[row.code]), primary=True))
    if row.person_id == me.person and row.ended_at is None and row.until > clock.now():
        title = Text("提前结束", "Give back now")
        found.append(page.Action(title, reverse("access:end", args=[row.code]), "post"))
    return found


def _address(row: Emergency) -> str:
    return reverse("access:emergency", args=[row.code])


def _break(values: QueryDict) -> str:
    given = read_form(_breaking_form(), values)
    row = break_glass(
        actor=current_principal(),
        actions=given["actions"],
        scope=scope_in(given),
        hours=int(given["hours"]),
        reason=given["reason"],
    )
    return _address(row)


def _breaking_form() -> Form:
    """Why, how long, what and where."""
    hint = Text(
        "仅限来不及正常授权时使用。安全管理员和审计管理员会立即收到通知，事后逐项复核。",
        "Only when nobody can give the right in time. The administrators are told at once and review what you did.",
    )
    hours = tuple((str(each), Text(f"{each} 小时", f"{each} h")) for each in range(1, HOURS_MAX + 1))
    fields = (
        FieldSpec("reason", Text("事由", "Reason"), "textarea", hint=hint, length=500),
        FieldSpec("hours", Text("时长", "How long"), "choice", choices=hours),
        actions_field(Text("需要的权限", "Rights you need"), single=True),
        *LIMITS,
    )
    return Form("emergency", _BREAK, fields)


def _break_form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
    form = _breaking_form()
    fields = screen_fields(form, written_in(form, values) if values else {"hours": "1"}, refusals)
    head = page.Head(_BREAK, crumbs=_crumbs(page.Crumb(_BREAK)))
    return page.StepForm(head, fields, _BREAK, refusals=refusals, dense=True)


def _review_form(row: Emergency, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    facts = [page.Fact(Text("使用人", "Who"), row.person.name), page.Fact(Text("权限", "Rights"), what(row.grant))]
    facts.append(page.Fact(Text("事由", "Reason"), row.reason))
    fields = (page.Field("finding", Text("复核意见", "Finding"), "textarea", values.get("finding", "")),)
    crumbs = _crumbs(page.Crumb(row.person.name, _address(row)), page.Crumb(_REVIEW))
    return page.StepForm(page.Head(_REVIEW, crumbs=crumbs, facts=facts), fields, _REVIEW, refusals=refusals)


def _crumbs(*further: page.Crumb) -> Sequence[page.Crumb]:
    return (page.Crumb(TITLE, reverse("access:emergencies")), *further)
