"""Signing in and out with a password or a passkey, and changing the password."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qilian.core.door.factors.api import ask_to_sign_in, passkey_words
from qilian.core.door.factors.api import sign_in as passkey_owner
from qilian.core.door.provider.api import is_configured, provider_title
from qilian.core.door.sessions.api import KEY, freshly
from qilian.core.door.signin.api import begin_try, failed
from qilian.core.door.signup.api import own_password_changed, void_expired
from qilian.core.house import pages as page
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .admission import address_of, close_session, open_session, settle_step
from .again import safe_next


def enter(request: HttpRequest, person: Person, method: str, *, shown: bool = False, elsewhere: bool = False) -> None:
    """Sign in whoever proved who he is, with a new key in the browser, and write the session down.

    `shown`: a second factor of ours came with it; `elsewhere`: an identity provider asked for two.
    """
    login(request, person, backend=_BACKEND)
    open_session(request, person, method, shown=shown, elsewhere=elsewhere)


_BACKEND = "django.contrib.auth.backends.ModelBackend"
_STATE = "qilian.passkey"
TOKEN, LEFT = "qilian.token", "qilian.left"
"""In the browser's session: the provider's ID token, and the same after signing out, for the way out there."""
_WRONG = Text("登录名或密码不正确。", "The login or the password is not right.")
_SIGN_IN = Text("登录", "Sign in")
_PASSKEY = Text("用通行密钥登录", "Sign in with a passkey")


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person of the demonstration, as the sign-in page lists him among others of his sort."""

    login: str
    password: str
    name: str
    title: Text
    group: Text


class SignInForm(Form):
    """Login and password; the try is counted before the password is compared, and a locked login is told how long."""

    login = CharField(max_length=150)
    password = CharField(max_length=1_000, strip=False)

    def __init__(self, *fields: Any, request: HttpRequest, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Compare the password; ValidationError with one sentence whatever was wrong with it."""
        given: dict[str, Any] = super().clean() or {}
        login, password = given.get("login"), given.get("password")
        if login and password:
            self.person = self._proved(login, password)
        return given

    def _proved(self, login: str, password: str) -> Person:
        try:
            begin_try(login=login, network=address_of(self.request))
            void_expired(login=login)
        except Refusal as refusal:
            raise ValidationError(f"{refusal.message}{refusal.remedy or ''}", code="locked") from None
        person = authenticate(self.request, username=login, password=password)
        if not isinstance(person, Person):
            failed(login=login, network=address_of(self.request))
            raise ValidationError(str(_WRONG), code="wrong")
        return person


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; in a demonstration one enters as anybody by a press. 422 with the form where it fails."""
    after = safe_next(request, reverse("home"))
    if request.user.is_authenticated:
        return HttpResponseRedirect(after)
    known = demo_logins()
    form = SignInForm(_given(request, known) if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid() and form.person is not None:
        enter(request, form.person, "password")
        return HttpResponseRedirect(after)
    asked = request.POST.get("next") or request.GET.get("next") or ""
    context = {
        "form": form,
        "next": asked,
        "demo_logins": [(group, list(each)) for group, each in groupby(_sorted(known), lambda one: one.group)],
        "demo_passwords": sorted({each.password for each in known}),
        "two_factors": settings.TWO_FACTORS,
        "provider": provider_title() if is_configured() else "",
    }
    return render(request, "account/login.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the list, then in the browser; who came through a provider may leave that, too."""
    if request.method != "POST":
        return render(request, "account/logout.html") if request.user.is_authenticated else HttpResponseRedirect("/")
    token = request.session.get(TOKEN)
    close_session(request)
    logout(request)
    if token:
        request.session[LEFT] = token
    answer = HttpResponseRedirect(reverse("account_provider_left" if token else "home"))
    answer["Clear-Site-Data"] = '"cache", "storage"'  # on a shared computer nothing of it is left (ASVS 5.0, 14.3.1)
    return answer


class ChangePassword(PasswordChangeView):
    """The page on which a signed-in person changes his password."""

    template_name = "account/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, end all other sessions, tell the owner, and let in who had a first password."""
        answer = super().form_valid(form)
        person, here = self.request.user, self.request.session.get(KEY, "")
        assert isinstance(person, Person)
        own_password_changed(actor=current_principal(), person=person, here=here)
        settle_step(self.request, person)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422 with the form."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_http_methods(["GET", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, which is both factors at once."""
    host, problem = request.get_host(), ""
    if request.method == "POST":
        try:
            begin_try(login="", network=address_of(request), door="passkey")
            person = passkey_owner(
                answer=request.POST.get("answer", ""), state=request.session.pop(_STATE, None), host=host
            )
        except Refusal as refusal:
            failed(network=address_of(request), door="passkey")
            problem = f"{refusal.message}{refusal.remedy or ''}"
        else:
            close_session(request)
            enter(request, person, "passkey", shown=True)
            return HttpResponseRedirect(safe_next(request, reverse("home")))
    options, request.session[_STATE] = ask_to_sign_in(host=host)
    crumbs = [page.Crumb(_SIGN_IN, reverse("account_login")), page.Crumb(_PASSKEY)]
    words = passkey_words("get", options, _PASSKEY)
    shape = page.Page(page.Head(_PASSKEY, crumbs=crumbs, quote=problem), "factors/passkey.html", words)
    return page.show(shape, status=422 if problem else 200)


@login_required
@freshly()
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password, after a fresh proof."""
    answer = ChangePassword.as_view()(request)
    assert isinstance(answer, HttpResponse)
    return answer


def demo_logins() -> list[DemoLogin]:
    """Return the logins that filling the demonstration wrote down; none in a real house."""
    written = settings.VAR / "run" / "demo.logins.json"
    if settings.MODE != "demo" or not written.exists():
        return []
    return [
        DemoLogin(
            each["login"],
            each["password"],
            each["name"],
            Text(each["zh"], each["en"]),
            Text(each["group_zh"], each["group_en"]),
        )
        for each in json.loads(written.read_text())
    ]


def _given(request: HttpRequest, known: list[DemoLogin]) -> Mapping[str, str]:
    """What was typed; in the demonstration also a login that was pressed, with its password."""
    pressed = next((each for each in known if each.login == request.POST.get("enter")), None)
    return {"login": pressed.login, "password": pressed.password} if pressed else request.POST


def _sorted(known: list[DemoLogin]) -> list[DemoLogin]:
    """One sort after the other, in the order in which they first come."""
    order = list(dict.fromkeys(each.group for each in known))
    return sorted(known, key=lambda each: order.index(each.group))
