"""Pages of who is signed in: another mail address; and for administrators a first password for somebody else."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.door.sessions.api import NETWORK, freshly
from qilian.core.house import pages as page
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require, signed_in
from qilian.core.rights.privacy.api import mask
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .passwords import ISSUE, issue_first_password
from .services import ask_for_address, change_address, waiting

TITLE = Text("发放初始密码", "Issue a first password")
_ADDRESS = Text("更换电子邮箱", "Change the mail address")
_MINE = Text("我的账号", "My account")
_FORMS = require_http_methods(["GET", "POST"])


@_FORMS
@freshly()
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address, to which a link is mailed."""
    me = signed_in()
    now = mask("email", Person.objects.get(code=me.code).email)

    def form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
        hint = Text(
            "确认链接会寄到新邮箱；打开之前，原邮箱不变。", "A link goes there; until it is opened the old one stays."
        )
        field = page.Field("email", Text("新邮箱", "New address"), "email", values.get("email", ""), hint=hint)
        facts = [page.Fact(Text("现在的邮箱", "Address today"), now or "—")]
        head = page.Head(_ADDRESS, crumbs=_crumbs(page.Crumb(_ADDRESS)), facts=facts)
        return page.StepForm(head, (field,), Text("寄确认链接", "Send the link"), refusals=refusals)

    def handle(values: QueryDict) -> str:
        ask_for_address(actor=me, email=values.get("email", ""), network=str(request.META.get(NETWORK, "")))
        return reverse("signup:address-sent")

    return page.answer_form(request, form, handle)


@require_GET
def address_sent(_request: HttpRequest) -> HttpResponse:
    """Say what to do with the mail."""
    signed_in()
    title = Text("请查收新邮箱", "Look into your new mailbox")
    words = Text("请在 24 小时内打开邮件中的链接。", "Open the link in the mail within 24 hours.")
    back = page.Action(_MINE, reverse("accounts:mine"), primary=True)
    head = page.Head(title, crumbs=_crumbs(page.Crumb(_ADDRESS)), actions=[back])
    return page.show(page.RecordPage(head, [page.Section(paragraphs=[words])], page.NOT_A_RECORD))


@_FORMS
def address_confirmation(request: HttpRequest) -> HttpResponse:
    """Take the new address of a link, after a question."""
    me, code = signed_in(), request.GET.get("code", "")
    shown = mask("email", waiting(code, "email").email)

    def form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
        facts = [page.Fact(Text("新邮箱", "New address"), shown)]
        head = page.Head(_ADDRESS, crumbs=_crumbs(page.Crumb(_ADDRESS)), facts=facts)
        return page.StepForm(head, (), Text("确认更换", "Change it"), refusals=refusals)

    def handle(_values: QueryDict) -> str:
        change_address(actor=me, code=code)
        return reverse("accounts:mine")

    return page.answer_form(request, form, handle)


@_FORMS
@freshly()
def issuing(request: HttpRequest, code: str) -> HttpResponse:
    """Give somebody a first password, shown once on the answer."""
    require(current_principal(), ISSUE)
    person = get_object_or_404(Person, code=code)
    if request.method != "POST":
        return page.show(_issue_form(person, request.POST))
    try:
        _, word = issue_first_password(actor=current_principal(), person=person, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return page.show(_issue_form(person, request.POST, refusal), status=422)
    answer = page.show(_issued(person, word))
    answer["Cache-Control"] = "no-store"
    return answer


def _issue_form(person: Person, values: QueryDict, *refusals: Refusal) -> page.StepForm:
    words = Text(
        "系统生成随机的初始密码，只显示一次；七天内有效，本人登录后必须立即修改。有邮箱的人也可以自己在登录页点“忘记密码”。",
        "The house makes a random password and shows it once. It is good for seven days and must be changed at once. "
        "Who has a mail address can set one from the sign-in page instead.",
    )
    hint = Text("如何核实是本人，例如当面查验证件。", "How you made sure who asks, such as by his identity card.")
    field = page.Field("reason", Text("核实情况", "How you made sure"), value=values.get("reason", ""), hint=hint)
    crumbs = [page.Crumb(person.name, reverse("people:record", args=[person.code])), page.Crumb(TITLE)]
    before = [page.Section(paragraphs=[words])]
    return page.StepForm(page.Head(TITLE, crumbs=crumbs), (field,), TITLE, refusals=refusals, before=before)


def _issued(person: Person, word: str) -> page.RecordPage:
    address = reverse("people:record", args=[person.code])
    title = Text("初始密码已生成", "The first password is made")
    once = Text(
        "请当面或电话告诉本人，离开这一页后不再显示。", "Tell the person now: it is not shown again after this page."
    )
    back = page.Action(Text("返回", "Back"), address, primary=True)
    head = page.Head(title, crumbs=[page.Crumb(person.name, address), page.Crumb(TITLE)], actions=[back])
    facts = [page.Fact(Text("登录名", "Login"), person.login), page.Fact(Text("初始密码", "First password"), word)]
    sections = [page.Section(paragraphs=[once]), page.Section(facts=facts)]
    return page.RecordPage(head, sections, page.NOT_A_RECORD)


def _crumbs(last: page.Crumb) -> list[page.Crumb]:
    return [page.Crumb(_MINE, reverse("accounts:mine")), last]
