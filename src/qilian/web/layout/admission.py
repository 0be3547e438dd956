"""Who a request comes from: the visitor's address, the token in its header, the session behind its cookie."""

import logging
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.urls import reverse

from qilian.core.door.factors.api import ELSEWHERE, SHOWN, STEP, RequiredStep, required_step_of
from qilian.core.door.sessions.api import AGAIN, KEY, NETWORK, begin, end, go_on, note_proof, rights_fingerprint
from qilian.core.door.signin.api import welcome
from qilian.core.house.principal import Principal
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, principal_of

_LOG = logging.getLogger("qilian.proxy")

PROGRAM: Final = "qilian.program"
"""Set in `request.META` when a token stands behind the request."""
_FINGERPRINT: Final = "qilian.rights"
_ALWAYS: Final = ("/accounts/logout/", "/language/", "/static/", "/health")


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the connection's, or what the outermost of our own proxies (QILIAN_PROXIES) wrote down."""
    written = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    hops = [hop.strip() for hop in written.split(",") if hop.strip()]
    ours: int = settings.PROXIES
    if ours and len(hops) >= ours:
        return hops[-ours]
    if hops and not ours:
        _warn_of_proxy()
    return str(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=1)
def _warn_of_proxy() -> None:
    """Once a process: behind a proxy that nobody declared all visitors are one network, and are locked out together."""
    _LOG.warning(
        "X-Forwarded-For came, but QILIAN_PROXIES is 0: all visitors behind the proxy count as one network. "
        "Say how many proxies of your own stand before the house (docs/howto/run-at-a-province.md)."
    )


def bearer_of(request: HttpRequest) -> str | None:
    """The token of a request to the JSON interface; pages take none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and request.path.startswith("/api/v1/") else None


def open_session(
    request: HttpRequest, person: Person, method: str, *, shown: bool = False, elsewhere: bool = False
) -> None:
    """Write down a session that has just begun, and forget the tries before it.

    `shown`: a second factor of ours came with it; `elsewhere`: an identity provider asked for two.
    """
    row = begin(person=person, method=method, agent=request.headers.get("User-Agent", ""), address=address_of(request))
    request.session[KEY] = row.code
    request.session[_FINGERPRINT] = rights_fingerprint(principal_of(person).speaks_for)
    request.session[SHOWN], request.session[ELSEWHERE] = shown, elsewhere
    settle_step(request, person)
    note_proof(request)
    welcome(person=person, login=person.login, network=address_of(request), door=method)


def settle_step(request: HttpRequest, person: Person) -> None:
    """Compute anew where a session stands."""
    request.session[STEP] = _step(request, person)


def close_session(request: HttpRequest) -> None:
    """Mark the session of a request as signed out; one that is over already stays as it is."""
    code = request.session.get(KEY)
    if code and isinstance(request.user, Person):
        try:
            end(actor=principal_of(request.user), code=code, why="signed out")
        except Refusal:
            return


def admit(request: HttpRequest, person: Person) -> Principal | None:
    """Let a person in whose session runs; nobody when it was ended elsewhere or outlived its limits.

    The browser's key turns when the people, posts or parties that he speaks for changed. Every way to sign in writes
    its session down (`open_session`), so one without a code comes from tests only.
    """
    code = request.session.get(KEY)
    if code is not None and not go_on(code=code, person=person.pk):
        logout(request)
        return None
    principal = principal_of(person)
    heard = rights_fingerprint(principal.speaks_for)
    if request.session.get(_FINGERPRINT, heard) != heard:
        request.session.cycle_key()
        request.session[_FINGERPRINT] = heard
        settle_step(request, person)
    return principal


def step_before(request: HttpRequest, person: Person) -> RequiredStep:
    """Where the session of a request stands: open, or which step is still to be done.

    It is computed at sign-in and whenever rights change, and kept in the session between.
    """
    kept: RequiredStep | None = request.session.get(STEP)
    return kept or _step(request, person)


def _step(request: HttpRequest, person: Person) -> RequiredStep:
    shown, elsewhere = request.session.get(SHOWN), request.session.get(ELSEWHERE)
    return required_step_of(person, shown=bool(shown), elsewhere=bool(elsewhere))


def next_page(request: HttpRequest, stands: RequiredStep) -> str:
    """Where a session that is not open has to go first; empty where it already is.

    Leaving, changing the language and what every page is drawn with stay possible.
    """
    request.META[NETWORK] = address_of(request)
    if stands == "open" or request.path.startswith(_ALWAYS):
        return ""
    check, factors, again = reverse("factors:check"), reverse("factors:mine"), reverse(AGAIN)
    if stands == "check":
        back = quote(request.get_full_path()) if request.method == "GET" else ""
        return "" if request.path == check else f"{check}?next={back}"
    place = reverse("account_change_password") if stands == "renew" else factors
    return "" if request.path.startswith((place, again)) else place
