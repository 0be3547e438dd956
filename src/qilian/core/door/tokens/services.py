"""Verbs of tokens: make, revoke, and find who stands behind one."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import FOR_ONESELF, FOR_PARTIES, patterns_held, require, told
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text
from qilian.core.who.people.api import Person, principal_of

from .events import TokenMade, TokenRevoked
from .kernel import PREFIX_LENGTH, check_term, digest, prefix_of, same, written
from .models import ApiToken

REVOKE = "people.tokens"
RUNNING_MAX = 20
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(
    *, actor: Principal, name: str, actions: Sequence[str], writes: bool, until: datetime
) -> tuple[ApiToken, str]:
    """Make a token in the actor's own name; the text is returned once and kept nowhere.

    It can do what both its actions and its owner's grants of that day allow; what takes no grant it does for the owner
    himself only with `own.act` among them, and for his parties with `parties.act`. Refusals: `tokens.owner`,
    `tokens.name`, `tokens.actions` (one that the owner may not do), `tokens.term`, `tokens.many`.
    """
    owner = _owner(actor)
    label, chosen = fitting_text(name, "name", Text("名称", "name"), most=80), tuple(dict.fromkeys(actions))
    _check(actor, label, chosen)
    check_term(clock.now(), until)
    if ApiToken.objects.filter(person=owner, revoked_at=None, expires_at__gt=clock.now()).count() >= RUNNING_MAX:
        message = Text(f"最多同时有 {RUNNING_MAX} 个令牌。", f"There are {RUNNING_MAX} tokens at most.")
        raise Refusal("tokens.many", message, remedy=Text("请先撤销不用的令牌。", "Revoke those that you do not use."))
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(PREFIX_LENGTH))
    text = written(prefix, secrets.token_urlsafe(32))
    row = ApiToken(person=owner, name=label, prefix=prefix, digest=digest(text), actions=list(chosen), writes=writes)
    row.made_at, row.expires_at = clock.now(), until
    row.save(force_insert=True)
    emit(TokenMade(prefix, chosen, writes, until), actor=actor, subject=Ref("core.person", owner.code))
    return row, text


@transaction.atomic
def revoke_token(*, actor: Principal, code: str) -> ApiToken:
    """End a token: one's own, or with `people.tokens` anybody's.

    Refusals: `grants.denied`, `tokens.unknown` (HTTP 404), `tokens.over`.
    """
    row = ApiToken.objects.select_for_update(of=("self",)).select_related("person").filter(code=code).first()
    if row is None:
        raise Refusal("tokens.unknown", Text("没有这个令牌。", "There is no such token."), where="token")
    if actor.person != row.person_id:
        require(actor, REVOKE)
    if row.revoked_at is not None:
        raise Refusal("tokens.over", Text("这个令牌已经撤销。", "This token is already revoked."), where="token")
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    emit(TokenRevoked(row.prefix), actor=actor, subject=Ref("core.person", row.person.code))
    return row


def behind_token(text: str, *, writing: bool) -> Principal:
    """Who acts with a token: its owner as of today, narrowed to its actions.

    Refusals: `tokens.invalid` for one that is malformed, unknown, expired or revoked, or whose owner's account is
    closed (they are not told apart); `tokens.reading` when it may not write.
    """
    row = ApiToken.objects.select_related("person").filter(prefix=prefix_of(text) or "").first()
    now = clock.now()
    if row is None or not same(row.digest, text) or row.revoked_at is not None or row.expires_at <= now:
        raise invalid()
    owner = principal_of(row.person)
    if not owner.signed_in:
        raise invalid()
    if writing and not row.writes:
        message = Text("这个令牌只能读取。", "This token may only read.")
        raise Refusal("tokens.reading", message, remedy=Text("请生成可写的令牌。", "Make one that may write."))
    if row.used_at is None or now - row.used_at >= _SEEN_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    narrowed = replace(owner, limits=tuple(row.actions))
    return narrowed if told(narrowed, personal=False) else replace(narrowed, parties=())


def rights_of(actor: Principal) -> tuple[str, ...]:
    """What a person may give to a token: the patterns of his grants, his own matters, and his parties if he has any."""
    return (*patterns_held(actor), FOR_ONESELF, *((FOR_PARTIES,) if actor.parties else ()))


def invalid() -> Refusal:
    """The refusal of a token that opens nothing."""
    message = Text("令牌无效或已过期。", "The token is not valid, or it has expired.")
    remedy = Text("请在“接口令牌”页面重新生成。", "Make a new one on the page of tokens.")
    return Refusal("tokens.invalid", message, where="Authorization", remedy=remedy)


def _owner(actor: Principal) -> Person:
    if actor.person is None or actor.limits is not None:
        message = Text("令牌由登录的人为自己生成。", "A token is made by a person who is signed in, for himself.")
        raise Refusal("tokens.owner", message, remedy=Text("请先登录。", "Sign in first."))
    return Person.objects.select_for_update().get(pk=actor.person)


def _check(actor: Principal, name: str, actions: Sequence[str]) -> None:
    if not name:
        raise Refusal("tokens.name", Text("请填写用途名称。", "Enter what the token is for."), where="name")
    held = rights_of(actor)
    beyond = [action for action in actions if action not in held]
    if beyond:
        message = Text("请选择您自己有的权限。", "Choose among the rights that you have yourself.")
        raise Refusal("tokens.actions", message, where="actions")
