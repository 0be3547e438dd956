"""Reading access: emergencies, and everything that one person may do, with the reason of each right."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.house.tables import running
from qilian.core.rights.grants.api import Grant, grants
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.people.api import Deputy, Person, Post, held_by

from .models import Emergency


@dataclass(frozen=True, slots=True)
class Why:
    """One right of a person: the grant, and how it comes to him."""

    grant: Grant
    through: Text


def emergencies() -> QuerySet[Emergency]:
    """All emergencies with whose they are and what was taken, the latest first."""
    return Emergency.objects.select_related("person", "grant", "reviewed_by")


def rights_of(person: Person) -> list[Why]:
    """Everything that a person may do today: given to him, to a post he holds, to one he deputises, or taken."""
    today = clock.today()
    held = {post.pk: post for post in held_by(person, on=today).select_related("unit")}
    lent = {post.pk: post for post in _deputised_by(person, on=today).select_related("person")}
    not_over = Q(until__isnull=True) | Q(until__gt=clock.now())
    mine = Q(person=person) | Q(post__in=[*held, *lent])
    rows = grants().filter(running(today), not_over, mine, revoked_at__isnull=True)
    return [Why(row, _through(row, held)) for row in rows]


def _deputised_by(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts of others in which a person acts as deputy on a day."""
    lent = Deputy.objects.filter(person=person, valid_from__lte=on, valid_to__gte=on)
    return Post.objects.filter(running(on), pk__in=lent.values("post")).order_by("pk")


def _through(row: Grant, held: Container[int]) -> Text:
    if row.until is not None:
        return Text("紧急授权", "taken in an emergency")
    if row.post is None:
        return Text("授予本人", "given to him")
    if row.post_id in held:
        return Text(f"岗位：{row.post.role}", f"his post: {row.post.role}")
    return Text(f"代理{row.post.person.name}：{row.post.role}", f"deputises {row.post.person.name}: {row.post.role}")
