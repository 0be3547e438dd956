"""Giving and taking rights: verbs of the security administrator. Holders are named by their primary keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qilian.core.house.principal import Principal, forget
from qilian.core.log.events.api import emit, event_type
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .checks import require
from .kernel import Scope, incompatibility
from .models import Grant
from .queries import actions_held, actions_of_post, holder_of, in_force, people_behind, scope_of

_ANYWHERE = Scope()


@event_type("grants.grant.given", title=Text("授予权限", "Right granted"), dimensions=("holder",))
@dataclass(frozen=True, slots=True)
class GrantGiven:
    """A person or post received a right."""

    holder: str
    actions: tuple[str, ...]
    region: str
    offer: str
    clause: str
    valid_from: date
    valid_to: date | None
    reason: str


@event_type("grants.grant.revoked", title=Text("收回权限", "Right revoked"), dimensions=("holder",))
@dataclass(frozen=True, slots=True)
class GrantRevoked:
    """A right was taken back before its term."""

    holder: str
    actions: tuple[str, ...]
    reason: str


@transaction.atomic
def grant(
    *,
    actor: Principal,
    actions: Sequence[str],
    person: int | None = None,
    post: int | None = None,
    scope: Scope = _ANYWHERE,
    valid_from: date | None = None,
    valid_to: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a person or a post (primary key) the right to do actions within a scope, from today unless a day is given.

    Refusals: `grants.denied`; `grants.holder` unless exactly one of person and post is given; `grants.actions.empty`;
    `grants.term`; `grants.oneself`; `grants.apart` when the holder would unite administrators (GB/T 22239, 三员分立).
    """
    require(actor, "grants.grant", scope)
    first = valid_from or clock.today()
    _check_form(person, post, actions, first, valid_to)
    given = Grant(person_id=person, post_id=post, actions=list(actions), valid_from=first, valid_to=valid_to)
    given.unit, given.region, given.offer, given.clause = scope.unit, scope.region, scope.offer, scope.clause
    given.granted_by_id, given.reason = actor.person, reason
    _refuse_oneself(actor, given)
    for reached in people_behind(given, on=clock.today()):
        keep_apart(reached, actions, where=_name(given))
    return _save(given, actor)


@transaction.atomic
def lend(*, actor: Principal, actions: Sequence[str], scope: Scope, until: datetime, reason: str) -> Grant:
    """Give the actor himself rights until a moment, in an emergency; `core.access` asks who may, and tells whom.

    Refusals: `grants.actions.empty`, `grants.apart`, which no emergency breaks.
    """
    assert actor.person is not None, "an emergency is a person's"
    last = until.astimezone(clock.SHANGHAI).date()
    _check_form(actor.person, None, actions, clock.today(), last)
    keep_apart(actor.person, actions)
    lent = Grant(person_id=actor.person, actions=list(actions), valid_from=clock.today(), valid_to=last, until=until)
    lent.unit, lent.region, lent.offer, lent.clause = scope.unit, scope.region, scope.offer, scope.clause
    lent.granted_by_id, lent.reason = actor.person, reason
    return _save(lent, actor)


@transaction.atomic
def revoke(*, actor: Principal, grant: Grant, reason: str) -> Grant:
    """Take a right back now; the row stays as history.

    Refusals: `grants.denied`, `grants.oneself`, `grants.revoked`.
    """
    row = Grant.objects.select_for_update(of=("self",)).select_related("person", "post").get(pk=grant.pk)
    require(actor, "grants.revoke", scope_of(row))
    _refuse_oneself(actor, row)
    if row.revoked_at is not None:
        raise Refusal("grants.revoked", Text("这项权限已经收回。", "This right is already revoked."), where=row.code)
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    forget()
    emit(GrantRevoked(_name(row), tuple(row.actions), reason), actor=actor, subject=_subject(row), unit=row.unit)
    return row


@transaction.atomic
def carry_over(*, actor: Principal, source: int, target: int, to_person: int, on: date) -> int:
    """Give a successor's post the rights that the post before it has on a day, as part of a hand-over; return how many.

    The old post's rights end with its term. Refusal `grants.apart` when the successor would unite administrators.
    """
    keep_apart(to_person, actions_of_post(source, on=on))
    rows = list(in_force(on).filter(post=source).order_by("pk"))
    for row in rows:
        copy = Grant(post_id=target, actions=row.actions, unit=row.unit, region=row.region, offer=row.offer)
        copy.clause, copy.valid_from, copy.valid_to = row.clause, on, row.valid_to
        copy.granted_by_id, copy.reason = row.granted_by_id, row.reason
        _save(copy, actor)
    return len(rows)


def keep_apart(person: int, actions: Sequence[str], *, where: str = "") -> None:
    """Refuse (`grants.apart`) actions that would unite administrators in one person with all his posts."""
    why = incompatibility([*actions_held(person, on=clock.today()), *actions])
    if why is not None:
        remedy = Text("请换一个人，或先收回他的其他权限。", "Choose another person, or revoke the other rights first.")
        raise Refusal("grants.apart", why, where=where, remedy=remedy)


def _check_form(person: int | None, post: int | None, actions: Sequence[str], first: date, last: date | None) -> None:
    if (person is None) == (post is None):
        message = Text("权限要么给人，要么给岗位。", "A right goes to a person or to a post, to one of them.")
        raise Refusal("grants.holder", message, where="person")
    if not actions:
        message = Text("没有选择任何操作。", "No action is chosen.")
        remedy = Text("请至少选择一项操作。", "Choose at least one action.")
        raise Refusal("grants.actions.empty", message, where="actions", remedy=remedy)
    if last is not None and last < first:
        message = Text("结束日期早于开始日期。", "The last day is before the first.")
        raise Refusal("grants.term", message, where="valid_to")


def _refuse_oneself(actor: Principal, row: Grant) -> None:
    own = row.post_id in actor.posts or holder_of(row) == actor.person
    if own and not actor.is_system:
        raise Refusal(
            "grants.oneself",
            Text(
                "不能授予或收回自己和自己岗位的权限。",
                "Nobody grants or revokes his own rights or those of his own post.",
            ),
            remedy=Text("请由另一位安全管理员办理。", "Let another security administrator do it."),
        )


def _save(row: Grant, actor: Principal) -> Grant:
    row.save(force_insert=True)
    forget()
    body = GrantGiven(
        holder=_name(row),
        actions=tuple(row.actions),
        region=row.region,
        offer=row.offer,
        clause=row.clause,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        reason=row.reason,
    )
    emit(body, actor=actor, subject=_subject(row), unit=row.unit)
    return row


def _name(row: Grant) -> str:
    return f"post:{row.post_id}" if row.post_id else f"person:{row.person_id}"


def _subject(row: Grant) -> Ref:
    return Ref("core.grant", row.code)
