"""Signing in: allauth does the work; here stands what the house allows, and the three pages it shows."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qilian.core.text import Text


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No sign-up by oneself: a system administrator registers officials; parties come with the registry."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody registers himself here."""
        return False

    def should_send_confirmation_mail(self, *_: object, **__: object) -> bool:
        """Mail addresses are entered by an administrator and need no confirmation."""
        return False

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """After a change of password the first page comes again."""
        return reverse("home")


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
        return {**super().get_context_data(**values), "demo_logins": demo_logins()}


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """The page on which a signed-in person changes his password."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422 with the form."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
change_password = login_required(ChangePassword.as_view())


def demo_logins() -> list[DemoLogin]:
    """Return the logins that filling the demonstration wrote down; none in a real house."""
    written = settings.VAR / "run" / "demo.logins.json"
    if settings.MODE != "demo" or not written.exists():
        return []
    return [DemoLogin(login, word, Text(zh, en)) for login, word, zh, en in json.loads(written.read_text())]
