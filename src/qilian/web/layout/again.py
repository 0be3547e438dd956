"""Who is signed in shows again who he is, before he changes how he gets in (OWASP ASVS 5.0, 7.5.1)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from qilian.core.door.factors.api import factors_of, show_code
from qilian.core.door.provider.api import identities_of, is_configured, provider_title
from qilian.core.door.sessions.api import note_proof
from qilian.core.door.signin.api import prove
from qilian.core.house import pages as page
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .admission import address_of

TITLE = Text("请再次验证身份", "Show again who you are")
_WHY = Text(
    "您要改动的内容关系到账号安全。验证后 15 分钟内不再询问。",
    "What you are about to change decides who gets in. You are not asked again for a quarter of an hour.",
)
_PASSKEY = Text("用通行密钥验证", "Use a passkey")


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask for all that a person signs in with; the session's key turns, and he goes on where he was going."""
    person, after = request.user, safe_next(request)
    if not isinstance(person, Person):
        return HttpResponseRedirect(reverse("account_login"))
    kinds = set(factors_of(person.pk).values_list("kind", flat=True))

    def form(_values: QueryDict, *refusals: Refusal) -> page.StepForm:
        return _form(request, person, kinds, after, *refusals)

    def handle(values: QueryDict) -> str:
        network = address_of(request)
        if "passkey" in kinds and "totp" not in kinds:
            raise Refusal("signin.passkey", Text("请使用通行密钥。", "Use your passkey."))
        prove(person=person, password=values.get("password", ""), network=network)
        if "totp" in kinds:
            show_code(person=person, code=values.get("code", ""), network=network)
        note_proof(request)
        request.session.cycle_key()
        return after

    return page.answer_form(request, form, handle)


def safe_next(request: HttpRequest, default: str = "/account/") -> str:
    """Where a visitor wanted to go, when that is in this house."""
    after = request.POST.get("next") or request.GET.get("next", "")
    return after if after and url_has_allowed_host_and_scheme(after, allowed_hosts=None) else default


def _form(request: HttpRequest, person: Person, kinds: set[str], after: str, *refusals: Refusal) -> page.StepForm:
    password = page.Field("password", Text("密码", "Password"), "password", complete="current-password")
    hint = Text("手机验证器上的六位数，或一个恢复码。", "Six digits of your app, or a recovery code.")
    code = page.Field("code", Text("验证码", "Code"), hint=hint, complete="one-time-code")
    actions = []
    if "passkey" in kinds:
        address = f"{reverse('account_passkey')}?{_query(after)}"
        actions.append(page.Action(_PASSKEY, address, primary="totp" not in kinds))
    if is_configured() and identities_of(person.pk).exists():
        name, address = provider_title(), f"{reverse('account_provider')}?{_query(after)}"
        actions.append(page.Action(Text(f"用{name.zh}验证", f"Use {name.en}"), address))
    fields = [] if kinds == {"passkey"} else [password, *([code] if "totp" in kinds else [])]
    head = page.Head(TITLE, crumbs=[page.Crumb(TITLE)], actions=actions)
    before = [page.Section(paragraphs=[_WHY])]
    url = f"{request.path}?{_query(after)}"
    return page.StepForm(head, fields, Text("继续", "Continue"), url, refusals=refusals, before=before)


def _query(after: str) -> str:
    query = QueryDict(mutable=True)
    query["next"] = after
    return query.urlencode(safe="/")
