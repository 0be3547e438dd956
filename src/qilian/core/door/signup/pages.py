"""Pages of who is signed in: another mail address, asked for and confirmed."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.door.sessions.api import NETWORK, freshly
from qilian.core.house import pages as page
from qilian.core.rights.grants.api import signed_in
from qilian.core.rights.privacy.api import mask
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .services import ask_for_address, change_address, waiting

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


def _crumbs(last: page.Crumb) -> list[page.Crumb]:
    return [page.Crumb(_MINE, reverse("accounts:mine")), last]
