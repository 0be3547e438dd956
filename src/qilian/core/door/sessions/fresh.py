"""A fresh proof of who it is: views that change how a person gets in ask for one (OWASP ASVS 5.0, 7.5.1 and 7.5.2)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qilian.core.values import clock

from .kernel import proved_lately

NETWORK: Final = "qilian.network"
"""Set in `request.META` by the web floor: from where the visitor comes."""
PROVED: Final = "qilian.proved"
"""In the browser's session: when its owner last showed all that he signs in with, in seconds since 1970."""
AGAIN: Final = "account_again"
"""The name of the page that asks for it."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def note_proof(request: HttpRequest) -> None:
    """Write down that the owner of a session has just shown who he is."""
    request.session[PROVED] = int(clock.now().timestamp())


def is_fresh(request: HttpRequest) -> bool:
    """Whether he did so lately."""
    return proved_lately(request.session.get(PROVED), int(clock.now().timestamp()))


def freshly(back: str = "") -> Callable[[View[P]], View[P]]:
    """Ask for a fresh proof before a view; then come to this address, or to the page `back` where it takes forms only.

    Visitors who are not signed in pass: the view itself sends them away.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_anonymous or is_fresh(request):
                return view(request, *args, **kwargs)
            after = reverse(back) if back else request.get_full_path()
            return HttpResponseRedirect(f"{reverse(AGAIN)}?next={quote(after)}")

        return asked

    return guard
