"""Pages of recovery: what waits, one request, asking for somebody, and the password that is shown once."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from qilian.core.door.sessions.api import freshly
from qilian.core.house import pages as page
from qilian.core.house.forms.api import FieldSpec, Form, When, check, screen_fields, written_in
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import possible, require
from qilian.core.values.text import Refusal, Text, refuse_all
from qilian.core.who.people.api import Person

from .kernel import KINDS
from .models import Recovery
from .queries import CONFIRM, may_see
from .resource import RECOVERIES, TITLE
from .services import ask, issue

ASK = Text("恢复账号", "Recover the account")
_ISSUE = Text("生成初始密码", "Make the first password")
_IDENTITY = When("kind", ("identity",))
_METHODS = require_http_methods(["GET", "POST"])
_WHO = Text(
    "初始密码、重置第二重验证、绑定统一身份都能打开他人的账号，因此由系统管理员申请，安全管理员确认；本人会立即收到通知。"
    "有邮箱的人可以自己在登录页点“忘记密码”。",
    "Each of these opens somebody's account: a system administrator asks, a security administrator confirms, and the "
    "person is told at once. Who has a mail address can set a password from the sign-in page himself.",
)


@require_safe
def everything(_request: HttpRequest) -> HttpResponse:
    """All requests, the latest first."""
    me = current_principal()
    if not may_see(me):
        require(me, CONFIRM)
    empty = Text("还没有人申请恢复账号。", "Nobody has asked to recover an account.")
    return listed(RECOVERIES, "", page.Head(TITLE, crumbs=(page.Crumb(TITLE),)), empty=empty)


@require_safe
def one(_request: HttpRequest, code: str) -> HttpResponse:
    """One request with its history; who confirmed a password makes it from here."""
    row: Recovery = visible(RECOVERIES, "", code)
    mine = row.decided_by_id is not None and row.decided_by_id == current_principal().person
    ready = row.kind == "password" and row.state == "approved" and row.issued_at is None and mine
    more = [page.Action(_ISSUE, reverse("recovery:password", args=[code]), primary=True)] if ready else []
    return record(RECOVERIES, row, more=more)


@_METHODS
@freshly()
def asking(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to open somebody's account."""
    me = current_principal()
    mine = possible(me, [each.right for each in KINDS.values()])
    if not mine:
        require(me, KINDS["password"].right)
    person = get_object_or_404(Person, code=code)
    form = _form([name for name, each in KINDS.items() if each.right in mine])
    return page.answer_form(request, partial(_drawn, person, form), partial(_asked, person, form))


@_METHODS
@freshly()
def password(request: HttpRequest, code: str) -> HttpResponse:
    """Make the password that one has confirmed, and show it on the answer, once."""
    row: Recovery = visible(RECOVERIES, "", code)
    if request.method != "POST":
        return page.show(_question(row))
    try:
        word = issue(actor=current_principal(), recovery=row)
    except Refusal as refusal:
        return page.show(_question(row, refusal), status=422)
    answer = page.show(_issued(row, word))
    answer["Cache-Control"] = "no-store"
    return answer


def _form(kinds: list[str]) -> Form:
    hint = Text("如何核实是本人，例如当面查验证件。", "How you made sure who asks, such as by his identity card.")
    sub = Text("统一身份认证名册上的标识，区分大小写。", "As the provider's list writes it.")
    choices = tuple((name, KINDS[name].title) for name in kinds)
    fields = (
        FieldSpec("kind", Text("办理什么", "What"), "choice", choices=choices),
        FieldSpec("subject", Text("身份标识（sub）", "Subject (sub)"), length=255, hint=sub, when=_IDENTITY),
        FieldSpec("reason", Text("核实情况", "How you made sure"), length=200, hint=hint),
    )
    return Form("recovery", ASK, fields)


def _asked(person: Person, form: Form, values: QueryDict) -> str:
    checked = check(form, written_in(form, values))
    refuse_all(checked.refusals)
    given: Mapping[str, Any] = checked.values
    subject = given.get("subject") or ""
    row = ask(actor=current_principal(), person=person, kind=given["kind"], reason=given["reason"], subject=subject)
    return RECOVERIES.url(row)


def _drawn(person: Person, form: Form, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    fields = screen_fields(form, written_in(form, values) if values else {}, refusals)
    crumbs = [page.Crumb(person.name, reverse("people:record", args=[person.code])), page.Crumb(ASK)]
    head = page.Head(ASK, crumbs=crumbs, facts=[page.Fact(Text("登录名", "Login"), person.login)])
    before = [page.Section(paragraphs=[_WHO])]
    return page.StepForm(head, fields, Text("提交确认", "Send for confirmation"), refusals=refusals, before=before)


def _question(row: Recovery, *refusals: Refusal) -> page.StepForm:
    words = Text(
        "密码由系统随机生成，只在下一页显示一次，请当面或电话告诉本人；七天内有效，登录后必须立即修改。",
        "The house makes a random password and shows it once, on the next page: tell the person now. It is good for "
        "seven days and must be changed at once.",
    )
    head = page.Head(_ISSUE, crumbs=_crumbs(row, _ISSUE), facts=[page.Fact(Text("给谁", "For whom"), row.person.name)])
    return page.StepForm(head, (), _ISSUE, refusals=refusals, before=[page.Section(paragraphs=[words])])


def _issued(row: Recovery, word: str) -> page.RecordPage:
    title = Text("初始密码已生成", "The first password is made")
    once = Text("离开这一页后不再显示。", "It is not shown again after this page.")
    back = page.Action(Text("返回", "Back"), RECOVERIES.url(row), primary=True)
    facts = [page.Fact(Text("登录名", "Login"), row.person.login), page.Fact(Text("初始密码", "First password"), word)]
    head = page.Head(title, crumbs=_crumbs(row, title), actions=[back])
    return page.RecordPage(head, [page.Section(paragraphs=[once]), page.Section(facts=facts)], page.NOT_A_RECORD)


def _crumbs(row: Recovery, last: Text) -> list[page.Crumb]:
    return [
        page.Crumb(TITLE, reverse("recovery:list")),
        page.Crumb(row.person.name, RECOVERIES.url(row)),
        page.Crumb(last),
    ]


app_name = "recovery"
urlpatterns = [
    path("", everything, name="list"),
    path("people/<str:code>/", asking, name="ask"),
    *forms(RECOVERIES),
    path("<str:code>/password/", password, name="password"),
    path("<str:code>/", one, name="record"),
]
