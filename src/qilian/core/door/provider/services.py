"""Verbs of an identity provider: ask, believe the answer, link identities to persons and undo it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require, require_house
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .adapters.http import DeclinedError, exchange
from .adapters.tokens import UnknownKeyError, verified
from .events import IdentityLinked, IdentityUnlinked
from .kernel import Asked, Proved, Provider, Purpose, believe, code_of, question
from .models import LinkedIdentity
from .queries import provider, signing_keys, unreachable

LINK = "people.identities"
ANSWER = "/accounts/provider/answer/"
_NOT_YOU = Text("不是您本人操作的，请立即联系系统管理员。", "If it was not you, tell the system administrator at once.")


def ask(*, purpose: Purpose, after: str = "", person: int | None = None) -> tuple[str, dict[str, Any]]:
    """Where the browser goes, and what to keep in its session until it comes back.

    Refusals: `provider.absent`, `provider.unreachable`, `provider.discovery`.
    """
    now = int(clock.now().timestamp())
    asked = Asked(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        purpose=purpose,
        after=after,
        at=now,
        person=person,
    )
    return question(provider(), asked, client=settings.OIDC_CLIENT, answer_to=_answer_to()), asdict(asked)


def hear(*, kept: Mapping[str, Any] | None, answer: Mapping[str, str]) -> tuple[Proved, Asked, str]:
    """Exchange an answer's code for an ID token and believe it: who it is, what was asked, and the token itself.

    Refusals: those of `ask`, `code_of` and `believe`; `provider.code` for a code that the provider does not take,
    `provider.token` for a token that is not signed as it should be, or by or for somebody else.
    """
    source, now = provider(), int(clock.now().timestamp())
    asked = Asked(**kept) if kept else None
    code = code_of(asked, answer, source, now)
    assert asked is not None, "code_of refuses an answer to nothing"
    token = _token(source, code, asked)
    claims = _claims(source, token)
    proved = believe(claims, asked, client=settings.OIDC_CLIENT, now=now, strong_acr=settings.OIDC_STRONG_ACR)
    return proved, asked, token


@transaction.atomic
def person_behind(proved: Proved) -> Person:
    """The person to whom an identity is linked. Refusal `provider.unlinked`: nobody is guessed by mail or name."""
    rows = LinkedIdentity.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(issuer=proved.issuer, subject=proved.subject, person__is_active=True).first()
    if row is None:
        message = Text("这个统一身份还没有绑定本系统的账号。", "This identity is not linked to an account here.")
        remedy = Text(
            "请先用密码登录（没有账号先注册），在“我的账号 › 统一身份认证”中绑定；公务人员也可由系统管理员绑定。",
            "Sign in with your password (or sign up) and link it under “My account”; officials may ask the system "
            "administrator.",
        )
        raise Refusal("provider.unlinked", message, where="provider", remedy=remedy)
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    return row.person


@transaction.atomic
def link_own(*, actor: Principal, proved: Proved) -> LinkedIdentity:
    """Link an identity that the actor has just proved to be his. Refusals: `provider.owner`, `provider.taken`."""
    if actor.person is None or actor.limits is not None:
        raise Refusal("provider.owner", Text("请本人登录后办理。", "The person signs in himself."))
    person = Person.objects.select_for_update().get(pk=actor.person)
    return _link(actor, person, proved.issuer, proved.subject, IdentityLinked(proved.issuer, "own", ""))


@transaction.atomic
def link_official(*, actor: Principal, person: Person, subject: str, reason: str) -> LinkedIdentity:
    """Link the subject under which the provider knows an official; an administrator has it from the provider's list.

    No administrator calls this alone: `recovery` does when two have agreed. Refusals: `grants.together`,
    `provider.absent`, `provider.taken`, `people.person.inactive`.
    """
    require_house(actor)
    issuer = provider().issuer
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise Refusal("people.person.inactive", Text("这个账号已经停用。", "This account is closed."))
    return _link(actor, row, issuer, subject, IdentityLinked(issuer, "administrator", reason))


@transaction.atomic
def unlink(*, actor: Principal, code: str) -> None:
    """Undo a link: one's own, or with `people.identities` anybody's. Refusals: `grants.denied`, `provider.unknown`."""
    row = LinkedIdentity.objects.select_for_update(of=("self",)).select_related("person").filter(code=code).first()
    if row is None:
        raise Refusal("provider.unknown", Text("没有这项绑定。", "There is no such link."), where="provider")
    if actor.person != row.person_id:
        require(actor, LINK)
    row.delete()
    _tell(actor, row.person, IdentityUnlinked(row.issuer), Text("统一身份已解除绑定", "An identity was unlinked"))


def leaving(token: str) -> str:
    """Where to end the provider's own session, too (RP-Initiated Logout 1.0); empty when it offers no such place."""
    try:
        place = provider().end_session
    except Refusal:
        return ""
    query = {"id_token_hint": token, "client_id": settings.OIDC_CLIENT, "post_logout_redirect_uri": _base() + "/"}
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}" if place else ""


def _token(source: Provider, code: str, asked: Asked) -> str:
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _answer_to(),
        "code_verifier": asked.verifier,
    }
    try:
        secret = Path(settings.OIDC_SECRET_FILE).read_text(encoding="utf-8").strip()
        answer = exchange(source.token, fields, client=settings.OIDC_CLIENT, secret=secret, basic=source.basic)
    except DeclinedError as declined:
        message = Text("登录凭据已经用过或过期。", "This sign-in was used already, or took too long.")
        remedy = Text("请重新登录。", "Sign in again.")
        raise Refusal("provider.code", message, where="code", remedy=remedy) from declined
    except OSError as error:
        raise unreachable() from error
    return str(answer.get("id_token", ""))


def _claims(source: Provider, token: str) -> Mapping[str, Any]:
    """The claims of a token; when its key is unknown the provider's keys are read once more."""
    try:
        try:
            return verified(token, signing_keys(source), issuer=source.issuer, client=settings.OIDC_CLIENT)
        except UnknownKeyError:
            anew = signing_keys(source, anew=True)
            return verified(token, anew, issuer=source.issuer, client=settings.OIDC_CLIENT)
    except ValueError as wrong:
        message = Text("统一身份认证的答复没有通过核验。", "The provider's answer was not accepted.")
        remedy = Text("请重新登录；仍不行请告诉系统管理员。", "Sign in again; else tell the system administrator.")
        raise Refusal("provider.token", message, where="id_token", remedy=remedy) from wrong


def _link(actor: Principal, person: Person, issuer: str, subject: str, body: IdentityLinked) -> LinkedIdentity:
    taken = LinkedIdentity.objects.filter(issuer=issuer, subject=subject).exclude(person=person).exists()
    if taken or LinkedIdentity.objects.filter(issuer=issuer, person=person).exists():
        message = Text("这个身份或账号已经绑定。", "This identity, or this account, is linked already.")
        raise Refusal("provider.taken", message, remedy=Text("请先解除原来的绑定。", "Undo the other link first."))
    row = LinkedIdentity(person=person, issuer=issuer, subject=subject, linked_at=clock.now())
    row.save(force_insert=True)
    _tell(actor, person, body, Text("统一身份已绑定", "An identity was linked to your account"))
    return row


def _tell(actor: Principal, person: Person, body: object, title: Text) -> None:
    emit(body, actor=actor, subject=Ref("core.person", person.code))
    notify(actor=actor, to=[person], title=title, body=_NOT_YOU, urgency="urgent")


def _base() -> str:
    return str(settings.BASE_URL).rstrip("/")


def _answer_to() -> str:
    return _base() + ANSWER
