"""Reading with grants: the permits of a principal, and the one predicate that filters a list by them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from qilian.core.house.principal import Principal, remembered
from qilian.core.house.tables import prepared, running
from qilian.core.values import clock

from .actions import with_implied
from .kernel import ROLES, SECURITY_ADMINISTRATOR, Permit, Scope, applies, prefix_of, roles_of
from .models import Grant

Row = TypeVar("Row", bound=Model)


def visible(rows: QuerySet[Row], actor: Principal, action: str = "view") -> QuerySet[Row]:
    """Return the rows on which the actor may do an action: one explicit predicate compiled from his grants.

    The model declares `scope_columns`, for each of unit, region, offer, clause the column to compare. A grant limited
    by a field that the model lacks shows nothing of it. Without a fitting grant the list is empty and asks no database.
    """
    if actor.is_system:
        return rows
    today = clock.today()
    scopes = [permit.scope for permit in permits_of(actor) if applies(permit, action, today)]
    predicate = predicate_of(scopes, getattr(rows.model, "scope_columns", {}))
    return rows.none() if predicate is None else rows.filter(predicate)


def permits_of(actor: Principal) -> tuple[Permit, ...]:
    """Every permit in force today of a person and of the posts he holds or deputises; read once for each request."""
    return () if actor.person is None else remembered(("permits", actor), lambda: _permits(actor))


def _permits(actor: Principal) -> tuple[Permit, ...]:
    """The grants of `in_force`, by a statement that the server knows already: every request asks it."""
    day, posts = clock.today(), f"{{{','.join(map(str, actor.posts))}}}"
    rows = prepared(_IN_FORCE, [str(actor.person), posts, day, day, clock.now()])
    return tuple(
        Permit(with_implied(tuple(json.loads(actions))), Scope(*scope), first, last, actor.limits)
        for actions, first, last, *scope in rows
    )


_IN_FORCE = """
    SELECT actions::text, valid_from, valid_to, unit, region, offer, clause FROM core_grant
    WHERE (person_id = %s::bigint OR post_id = ANY(%s::bigint[])) AND valid_from <= %s
      AND (valid_to IS NULL OR valid_to >= %s) AND (until IS NULL OR until > %s) AND revoked_at IS NULL
    ORDER BY id"""


def patterns_held(actor: Principal) -> tuple[str, ...]:
    """The actions and patterns that an actor's grants name today, each once: what he may hand to a token."""
    return tuple(dict.fromkeys(action for permit in permits_of(actor) for action in permit.actions))


def in_force(on: date) -> QuerySet[Grant]:
    """The grants whose term runs on a day and that are not revoked; of those lent for hours, the ones not over yet."""
    not_over = Q(until__isnull=True) | Q(until__gt=clock.now())
    return Grant.objects.filter(running(on), not_over, revoked_at__isnull=True)


def naming(action: str) -> Q:
    """The condition that a grant names an action, by itself or by a pattern.

    >>> sorted(condition[1][0] for condition in naming("plan.draft").children)
    ['*', 'plan.*', 'plan.draft']
    """
    words = action.split(".")
    patterns = ["*", *(".".join((*words[:count], "*")) for count in range(1, len(words))), action]
    condition = Q()
    for pattern in patterns:
        condition |= Q(actions__contains=[pattern])
    return condition


def grants() -> QuerySet[Grant]:
    """Every grant of all times with its holder, the latest first."""
    rows = Grant.objects.select_related("person", "post__person", "post__unit", "granted_by")
    return rows.order_by("-pk")


def as_permit(row: Grant) -> Permit:
    """A row of the table as the decision needs it."""
    return Permit(tuple(row.actions), scope_of(row), row.valid_from, row.valid_to)


def scope_of(row: Grant) -> Scope:
    """What a grant is limited to."""
    return Scope(unit=row.unit, region=row.region, offer=row.offer, clause=row.clause)


def predicate_of(scopes: Iterable[Scope], columns: Mapping[str, str]) -> Q | None:
    """The condition that any of the scopes covers a row; None when none can, empty when one is unlimited."""
    conditions = [condition for scope in scopes if (condition := _condition(scope, columns)) is not None]
    if not conditions or any(not condition for condition in conditions):
        return Q() if conditions else None
    union = Q()
    for condition in conditions:
        union |= condition
    return union


def _condition(scope: Scope, columns: Mapping[str, str]) -> Q | None:
    whole = Q()
    for name, value in scope.limits():
        column = columns.get(name)
        if column is None:
            return None
        start = prefix_of(name, value)
        whole &= Q(**{f"{column}__startswith": start}) if start else Q(**{column: value})
    return whole


def actions_held(person: int, *, on: date) -> tuple[str, ...]:
    """Every action that a person (primary key) holds from a day on, now or later: his own and those of his posts.

    Posts that he deputises count as his. What begins later counts, so that no two rights can meet in the future.
    """
    own_posts = Q(post__person=person) & _not_over(on, "post__")
    lent = Q(post__deputies__person=person) & _not_over(on, "post__deputies__")
    return _actions(Q(person=person) | own_posts | lent, on)


def administers(actions: Iterable[str]) -> bool:
    """Whether any of the actions belongs to one of the three administrators."""
    return bool(roles_of(actions))


def actions_of_post(post: int, *, on: date) -> tuple[str, ...]:
    """Every action that a post (primary key) carries from a day on, now or later."""
    return _actions(Q(post=post), on)


def _actions(held: Q, on: date) -> tuple[str, ...]:
    rows = Grant.objects.filter(held & _not_over(on), revoked_at__isnull=True).distinct()
    return tuple(dict.fromkeys(action for row in rows for action in row.actions))


def _not_over(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})


def holder_of(row: Grant) -> int:
    """The person (primary key) who has a grant: himself, or as the holder of its post."""
    if row.post is not None:
        return row.post.person_id
    if row.person_id is None:
        raise ValueError("a grant has a holder (core_grant_one_principal)")
    return row.person_id


def people_behind(row: Grant, *, on: date) -> list[int]:
    """The people (primary keys) whom a grant reaches from a day on: its holder, and the deputies of its post."""
    if row.post is None:
        return [holder_of(row)]
    return [row.post.person_id, *row.post.deputies.filter(valid_to__gte=on).values_list("person_id", flat=True)]


def holders_of_role(role: str) -> list[int]:
    """The people (primary keys) who hold all actions of an administrator's role today, themselves or by a post."""
    today = clock.today()
    rows = in_force(today).filter(actions__contains=list(ROLES[role])).select_related("post").order_by("pk")
    return list(dict.fromkeys(holder_of(row) for row in rows))


def security_administrators() -> Sequence[str]:
    """The names of those whom to ask for a right: holders of the security administrator's actions today."""
    today = clock.today()
    grants = in_force(today).filter(actions__contains=list(ROLES[SECURITY_ADMINISTRATOR]))
    grants = grants.filter(Q(person__is_active=True) | (Q(post__person__is_active=True) & running(today, "post__")))
    name = Coalesce(F("person__name"), F("post__person__name"))
    return list(dict.fromkeys(grants.order_by("pk").values_list(name, flat=True)))
