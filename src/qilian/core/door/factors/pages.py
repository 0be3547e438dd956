"""Pages of second factors: what I have, an authenticator app, passkeys, recovery codes, the check at sign-in."""

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.door.sessions.api import NETWORK, freshly, note_proof
from qilian.core.house import pages as page
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .models import Factor
from .passkeys import ask_to_register, register
from .queries import codes_left, factors_of, is_required
from .services import begin_app, confirm_app, new_codes, remove_factor, show_code

TITLE = Text("第二重验证", "Second factor")
SHOWN, ELSEWHERE, STEP = "qilian.shown", "qilian.elsewhere", "qilian.step"
"""In the browser's session: that a factor was shown in it, or two at an identity provider, and where it stands."""
_STATE = "qilian.passkey"
_APP = Text("设置验证器", "Set up an authenticator app")
_PASSKEY = Text("添加通行密钥", "Add a passkey")
_CODES = Text("生成恢复码", "Make recovery codes")
_KINDS = {"totp": Text("验证器", "authenticator app"), "passkey": Text("通行密钥", "passkey")}


@require_GET
def mine(_request: HttpRequest) -> HttpResponse:
    """Show the reader's factors, and what to set up."""
    me = signed_in()
    rows = list(factors_of(_pk(me)))
    has_app = any(row.kind == "totp" for row in rows)
    actions = [page.Action(_PASSKEY, reverse("factors:passkey"), primary=has_app)]
    if not has_app:
        actions.insert(0, page.Action(_APP, reverse("factors:app"), primary=True))
    if rows:
        actions.append(page.Action(_CODES, reverse("factors:codes"), "post"))
    actions += [_removal(row) for row in rows]
    actions.append(page.Action(Text("登录的设备", "Where I am signed in"), reverse("sessions:mine")))
    needed = is_required(_person(me))
    words = _NEEDED if needed and not rows else _WHY
    facts = [
        page.Fact(Text("恢复码", "Recovery codes"), Text(f"剩 {codes_left(_pk(me))} 个", f"{codes_left(_pk(me))} left"))
    ]
    table = page.Table(_columns(), rows, page.Empty(Text("还没有设置。", "Nothing is set up yet.")))
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], facts=facts, actions=actions)
    sections = [page.Section(paragraphs=[words]), page.Section(table=table, anchor="factors")]
    return page.show(page.RecordPage(head, sections, page.NOT_A_RECORD))


@require_http_methods(["GET", "POST"])
@freshly()
def app(request: HttpRequest) -> HttpResponse:
    """Show the QR code of an authenticator app, take its first code, and show recovery codes once."""
    me = signed_in()
    enrolment = begin_app(actor=me)
    refused: list[Refusal] = []
    if request.method == "POST":
        try:
            codes = confirm_app(actor=me, code=request.POST.get("code", ""))
        except Refusal as refusal:
            refused = [refusal]
        else:
            _open(request)
            return _codes_page(codes) if codes else HttpResponseRedirect(reverse("factors:mine"))
    image = segno.make(enrolment.uri, error="m").svg_data_uri(border=2, scale=5)
    picture = {"image": image, "alt": Text("供验证器扫描的二维码", "QR code for the app to scan")}
    steps = Text(
        "用手机验证器扫描二维码，或手工输入密钥，再填它显示的六位数。",
        "Scan this with an authenticator app, or type the key, then enter the six digits it shows.",
    )
    before = [
        page.Section(paragraphs=[steps], template="factors/app.html", context=picture),
        page.Section(facts=[page.Fact(Text("密钥", "Key"), " ".join(_groups(enrolment.secret)))]),
    ]
    head = page.Head(_APP, crumbs=_crumbs(_APP))
    form = page.StepForm(head, (_code_field(),), Text("确认", "Confirm"), refusals=refused, before=before)
    return page.show(form, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@freshly()
def passkey(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a new passkey, and keep it."""
    me, host = signed_in(), request.get_host()
    problem = ""
    if request.method == "POST":
        try:
            state = request.session.pop(_STATE, None)
            register(
                actor=me,
                name=request.POST.get("name", ""),
                answer=request.POST.get("answer", ""),
                state=state,
                host=host,
            )
        except Refusal as refusal:
            problem = f"{refusal.message}{refusal.remedy or ''}"
        else:
            _open(request)
            codes = () if codes_left(_pk(me)) else new_codes(actor=me)
            return _codes_page(codes) if codes else HttpResponseRedirect(reverse("factors:mine"))
    options, request.session[_STATE] = ask_to_register(_person(me), host=host)
    words = passkey_words("create", options, _PASSKEY)
    named = {"name_label": Text("名字", "Name"), "name": request.POST.get("name", "")}
    shape = page.Page(
        page.Head(_PASSKEY, crumbs=_crumbs(_PASSKEY), quote=problem), "factors/passkey.html", {**words, **named}
    )
    return page.show(shape, status=422 if problem else 200)


@require_POST
@freshly("factors:mine")
def codes(_request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    return _codes_page(new_codes(actor=signed_in()))


@require_POST
@freshly("factors:mine")
def removing(_request: HttpRequest, code: str) -> HttpResponse:
    """Take a factor away."""
    remove_factor(actor=signed_in(), code=code)
    return HttpResponseRedirect(reverse("factors:mine"))


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask who gave his password for a code; only then the session is open."""
    person, after = request.user, request.GET.get("next", "")
    if not isinstance(person, Person) or request.session.get(SHOWN):
        return HttpResponseRedirect("/")

    def handle(values: QueryDict) -> str:
        show_code(person=person, code=values.get("code", ""), network=str(request.META.get(NETWORK, "")))
        _open(request)
        safe = url_has_allowed_host_and_scheme(after, allowed_hosts=None)
        return after if safe else "/"

    return page.answer_form(request, _check_form, handle)


def passkey_words(kind: str, options: str, submit: Text) -> dict[str, object]:
    """What the passkey form says; `kind` is `create` or `get`."""
    return {"kind": kind, "options": options, "submit": submit, "failed": _FAILED, "absent": _ABSENT}


def _open(request: HttpRequest) -> None:
    request.session[SHOWN], request.session[STEP] = True, "open"
    note_proof(request)
    request.session.cycle_key()


def _codes_page(made: tuple[str, ...]) -> HttpResponse:
    title = Text("恢复码", "Recovery codes")
    words = Text(
        "请打印或抄下，和手机分开保管。每个用一次，只在这一页显示。",
        "Print them or write them down, apart from your phone. Each works once; they are shown on this page only.",
    )
    column = page.Column("code", title, lambda row: row, "code")
    on = page.Action(Text("已保存，继续", "Kept; go on"), reverse("factors:mine"), primary=True)
    sections = [page.Section(paragraphs=[words]), page.Section(table=page.Table((column,), list(made)))]
    answer = page.show(
        page.RecordPage(page.Head(title, crumbs=_crumbs(title), actions=[on]), sections, page.NOT_A_RECORD)
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _check_form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
    words = Text(
        "密码正确。请再填手机验证器上的六位数，或一个恢复码。",
        "Your password is right. Now enter the six digits of your app, or a recovery code.",
    )
    head = page.Head(TITLE)
    before = [page.Section(paragraphs=[words])]
    return page.StepForm(head, (_code_field(),), Text("继续", "Continue"), refusals=refusals, before=before)


def _columns() -> tuple[page.Column, ...]:
    return (
        page.Column("kind", Text("方式", "Kind"), lambda row: _KINDS[row.kind]),
        page.Column("name", Text("名字", "Name"), lambda row: row.name),
        page.Column("made", Text("设置时间", "Set up"), lambda row: row.confirmed_at, "datetime"),
        page.Column("used", Text("最近使用", "Last used"), lambda row: row.used_at or "", "datetime"),
    )


def _removal(row: Factor) -> page.Action:
    zh, en = _KINDS[row.kind].zh, _KINDS[row.kind].en
    title = Text(f"移除{zh} {row.name}".strip(), f"Remove the {en} {row.name}".strip())
    return page.Action(title, reverse("factors:remove", args=[row.code]), "post", dangerous=True)


def _code_field() -> page.Field:
    return page.Field("code", Text("验证码", "Code"))


def _crumbs(last: Text) -> list[page.Crumb]:
    return [page.Crumb(TITLE, reverse("factors:mine")), page.Crumb(last)]


def _groups(secret: str) -> list[str]:
    return [secret[place : place + 4] for place in range(0, len(secret), 4)]


def _pk(me: Principal) -> int:
    assert me.person is not None
    return me.person


def _person(me: Principal) -> Person:
    return Person.objects.get(code=me.code)


_WHY = Text(
    "除密码外再加一重：手机验证器的六位数，或设备上的通行密钥。密码泄露时别人仍然进不来。",
    "Something beside the password: six digits of an app, or a passkey. Who learns the password alone stays out.",
)
_NEEDED = Text(
    "您有岗位或管理员权限，须先设置第二重验证，才能使用其他页面。",
    "You hold a post or an administrator's rights: set up a second factor before you use other pages.",
)
_FAILED = Text("浏览器没有完成，请重试。", "The browser did not finish; try again.")
_ABSENT = Text(
    "需要支持通行密钥的浏览器，并用域名或 localhost 打开本站。",
    "This needs a browser with passkeys, and the house opened by a host name or localhost.",
)
