"""Signing in: allauth does the work; here stands what the house allows, and the three pages it shows."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.door.factors.api import ask_to_sign_in, passkey_words
from qilian.core.door.factors.api import sign_in as passkey_owner
from qilian.core.door.provider.api import is_configured, provider_title
from qilian.core.door.sessions.api import KEY, freshly
from qilian.core.door.signin.api import begin_try, tell_of_lock
from qilian.core.door.signup.api import own_password_changed, void_expired
from qilian.core.house import pages as page
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person

from .admission import address_of, close_session, open_session, settle_gate
from .again import safe_next


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing in by allauth; sign-up and forgotten passwords by `core.signup`, which tells nobody who is known."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is compared; a locked login is told how long to wait."""
        try:
            begin_try(login=credentials.get("username", ""), network=address_of(request))
            void_expired(login=credentials.get("username", ""))
        except Refusal as refusal:
            remedy = str(refusal.remedy or "")
            raise ValidationError(f"{refusal.message}{remedy}", code="locked") from None

    def authentication_failed(self, _request: HttpRequest, **credentials: Any) -> None:
        """Tell the owner of a login that this try locked it."""
        tell_of_lock(login=credentials.get("username", ""))

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and write the session down."""
        super().login(request, user)
        open_session(request, user, "password")

    def sign_in_with_passkey(self, request: HttpRequest, user: Person) -> None:
        """Sign in who proved both factors by one; a session that he had in this browser ends."""
        close_session(request)
        super().login(request, user)
        open_session(request, user, "passkey", shown=True)

    def sign_in_by_provider(self, request: HttpRequest, user: Person, *, strong: bool) -> None:
        """Sign in whom the identity provider proved; without a second factor there, the gate asks for ours."""
        super().login(request, user)
        open_session(request, user, "provider", elsewhere=strong)

    def logout(self, request: HttpRequest) -> None:
        """End the session on the list, then in the browser; who came through a provider may leave that, too."""
        token = request.session.get(TOKEN)
        close_session(request)
        super().logout(request)
        if token:
            request.session[LEFT] = token

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """After signing out: the first page, or the way out of the provider."""
        return reverse("account_provider_left") if request.session.get(TOKEN) else reverse("home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address, through as many proxies as the settings name."""
        return address_of(request)

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody registers himself through allauth."""
        return False

    def should_send_confirmation_mail(self, *_: object, **__: object) -> bool:
        """Mail addresses are proved by `core.signup`."""
        return False

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """After a change of password the first page comes again."""
        return reverse("home")


_STATE = "qilian.passkey"
TOKEN, LEFT = "qilian.token", "qilian.left"
"""In the browser's session: the provider's ID token, and the same after signing out, for the way out there."""
_SIGN_IN = Text("登录", "Sign in")
_PASSKEY = Text("用通行密钥登录", "Sign in with a passkey")


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person of the demonstration, as the sign-in page lists him."""

    login: str
    password: str
    title: Text


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """The sign-in page; in a demonstration it lists who can be tried."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422 with the form, as every form of the house does."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add the people of the demonstration."""
        more = {"demo_logins": demo_logins(), "two_factors": settings.TWO_FACTORS}
        title = provider_title() if is_configured() else ""
        return {**super().get_context_data(**values), **more, "provider": title}


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """The page on which a signed-in person changes his password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, end all other sessions, tell the owner, and open the gate to who had a first password."""
        answer: HttpResponse = super().form_valid(form)
        person, here = self.request.user, self.request.session.get(KEY, "")
        own_password_changed(actor=current_principal(), person=person, here=here)
        settle_gate(self.request, person)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422 with the form."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


@require_http_methods(["GET", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, which is both factors at once."""
    host, problem = request.get_host(), ""
    if request.method == "POST":
        try:
            begin_try(login="", network=address_of(request))
            person = passkey_owner(
                answer=request.POST.get("answer", ""), state=request.session.pop(_STATE, None), host=host
            )
        except Refusal as refusal:
            problem = f"{refusal.message}{refusal.remedy or ''}"
        else:
            Adapter(request).sign_in_with_passkey(request, person)
            return HttpResponseRedirect(safe_next(request, reverse("home")))
    options, request.session[_STATE] = ask_to_sign_in(host=host)
    crumbs = [page.Crumb(_SIGN_IN, reverse("account_login")), page.Crumb(_PASSKEY)]
    words = passkey_words("get", options, _PASSKEY)
    shape = page.Page(page.Head(_PASSKEY, crumbs=crumbs, quote=problem), "factors/passkey.html", words)
    return page.show(shape, status=422 if problem else 200)


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
change_password = login_required(freshly()(ChangePassword.as_view()))


def demo_logins() -> list[DemoLogin]:
    """Return the logins that filling the demonstration wrote down; none in a real house."""
    written = settings.VAR / "run" / "demo.logins.json"
    if settings.MODE != "demo" or not written.exists():
        return []
    return [DemoLogin(login, word, Text(zh, en)) for login, word, zh, en in json.loads(written.read_text())]
