"""Pages before signing in: an account of one's own, its confirmation, a forgotten password; none needs scripts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.door.signup.api import ask_for_password, confirm, set_password, sign_up, waiting
from qilian.core.house import pages as page
from qilian.core.values.text import Refusal, Text

from .accounts import enter
from .admission import address_of
from .postbox import has_postbox

JOIN, FORGOTTEN = Text("注册", "Sign up"), Text("忘记密码", "Forgot the password")
_SIGN_IN = Text("登录", "Sign in")
_CONFIRM, _SET = Text("确认注册", "Confirm your account"), Text("设置新密码", "Set a new password")
_POLICY = Text(
    "至少十二个字符，可以是一句话；不要用常见的或只含平台名称的密码。",
    "Twelve characters or more, a sentence for one; no common password and more than our names.",
)
_FORMS = require_http_methods(["GET", "POST"])


@_FORMS
def joining(request: HttpRequest) -> HttpResponse:
    """Ask for name, address and password of who wants an account; the answer is the same for a known address."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("home"))

    def handle(values: QueryDict) -> str:
        sign_up(
            name=values.get("name", ""),
            email=values.get("email", ""),
            password=values.get("password", ""),
            network=address_of(request),
        )
        return reverse("account_signup_sent")

    return page.answer_form(request, _join_form, handle)


@require_GET
def joining_sent(_request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    words = Text(
        "请在 24 小时内打开邮件中的链接，并填写刚才设的密码。确认之前，账号不能登录。",
        "Open the link in it within 24 hours and enter the password that you chose. Before that nobody signs in.",
    )
    return _sent(JOIN, words)


@_FORMS
def confirming(request: HttpRequest) -> HttpResponse:
    """Open the account of a mailed link to who knows its password, sign him in, and lead him to the parties."""
    code = request.GET.get("code", "")
    waiting(code, "signup")

    def form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
        hint = Text("注册时设的密码。", "The password that you signed up with.")
        label = Text("密码", "Password")
        field = page.Field("password", label, "password", hint=hint, complete="current-password")
        head = page.Head(_CONFIRM, crumbs=_crumbs(_CONFIRM))
        return page.StepForm(head, (field,), Text("确认并登录", "Confirm and sign in"), refusals=refusals)

    def handle(values: QueryDict) -> str:
        person = confirm(code=code, password=values.get("password", ""), network=address_of(request))
        enter(request, person, "password")
        return reverse("representation:mine")

    return _unsent(page.answer_form(request, form, handle))


@_FORMS
def forgetting(request: HttpRequest) -> HttpResponse:
    """Ask for the address or login of who forgot his password; the answer is the same for nobody's."""

    def form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
        hint = Text(
            "链接寄到账号登记的邮箱。没有登记邮箱的，请联系系统管理员。",
            "A link goes to the address of the account. Without one, ask the system administrator.",
        )
        label, value = Text("电子邮箱或登录名", "E-mail or login"), values.get("written", "")
        field = page.Field("written", label, value=value, hint=hint, complete="username")
        head = page.Head(FORGOTTEN, crumbs=_crumbs(FORGOTTEN))
        return page.StepForm(head, (field,), Text("寄链接", "Send the link"), refusals=refusals)

    def handle(values: QueryDict) -> str:
        ask_for_password(written=values.get("written", ""), network=address_of(request))
        return reverse("account_reset_sent")

    return page.answer_form(request, form, handle)


@require_GET
def forgetting_sent(_request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if there is an account."""
    words = Text(
        "如果有对应的账号，链接已经寄出，请在 30 分钟内打开。没有收到，请检查垃圾邮件，或联系系统管理员。",
        "If there is such an account, a link is on its way; open it within 30 minutes. If none comes, look among "
        "unwanted mail, or ask the system administrator.",
    )
    return _sent(FORGOTTEN, words)


@_FORMS
def setting(request: HttpRequest) -> HttpResponse:
    """Set a forgotten password by a mailed link; then one signs in as ever, second factor and all."""
    code = request.GET.get("code", "")
    waiting(code, "password")

    def form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
        label = Text("新密码", "New password")
        field = page.Field("password", label, "password", hint=_POLICY, complete="new-password")
        return page.StepForm(page.Head(_SET, crumbs=_crumbs(_SET)), (field,), _SET, refusals=refusals)

    def handle(values: QueryDict) -> str:
        set_password(code=code, password=values.get("password", ""), network=address_of(request))
        return reverse("account_set_done")

    return _unsent(page.answer_form(request, form, handle))


@require_GET
def setting_done(_request: HttpRequest) -> HttpResponse:
    """Say that the new password holds."""
    title = Text("新密码已生效", "The new password holds")
    words = Text("其他设备上的登录已全部退出，请用新密码登录。", "All sessions were ended; sign in with it.")
    action = page.Action(_SIGN_IN, reverse("account_login"), primary=True)
    head = page.Head(title, crumbs=_crumbs(_SET), actions=[action])
    return page.show(page.RecordPage(head, [page.Section(paragraphs=[words])], page.NOT_A_RECORD))


def _join_form(values: QueryDict, *refusals: Refusal) -> page.StepForm:
    login_hint = Text("也是您的登录名；确认链接寄到这里。", "It is your login, too; a link to confirm it goes there.")
    name_hint = Text("真实姓名，代表企业办理时会核对。", "Your real name: it is checked when you act for a firm.")
    name, email = Text("姓名", "Name"), Text("电子邮箱", "E-mail")
    fields = (
        page.Field("name", name, value=values.get("name", ""), hint=name_hint, complete="name"),
        page.Field("email", email, "email", values.get("email", ""), hint=login_hint, complete="email"),
        page.Field("password", Text("密码", "Password"), "password", hint=_POLICY, complete="new-password"),
    )
    words = Text(
        "企业经办人和个人都在这里注册。确认邮箱后，可以用统一社会信用代码认领企业，或以个人身份登记。公务人员的账号由系统管理员登记。",
        "For people of firms and for citizens. When your address is confirmed, claim a firm by its code or register as "
        "a natural person. Accounts of officials are made by the system administrator.",
    )
    before = [page.Section(paragraphs=[words])]
    head = page.Head(JOIN, crumbs=_crumbs(JOIN))
    return page.StepForm(head, fields, JOIN, refusals=refusals, before=before)


def _sent(step: Text, words: Text) -> HttpResponse:
    title = Text("请查收邮件", "Look into your mailbox")
    actions = [page.Action(_SIGN_IN, reverse("account_login"))]
    if has_postbox():
        look = Text("看演示信箱", "Open the demonstration's postbox")
        actions.insert(0, page.Action(look, reverse("postbox"), primary=True))
    head = page.Head(title, crumbs=_crumbs(step), actions=actions)
    return page.show(page.RecordPage(head, [page.Section(paragraphs=[words])], page.NOT_A_RECORD))


def _unsent(answer: HttpResponse) -> HttpResponse:
    """A page whose address holds a code is kept by no cache; the house's own policy tells no other site of it.

    A stricter one would have browsers send forms with the origin `null`, which the CSRF check refuses.
    """
    answer["Cache-Control"] = "no-store"
    return answer


def _crumbs(last: Text) -> list[page.Crumb]:
    return [page.Crumb(_SIGN_IN, reverse("account_login")), page.Crumb(last)]
