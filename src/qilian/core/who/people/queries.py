"""Reading people and posts: who holds what on a day, and a person as principal."""

from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.house.principal import ANONYMOUS, Principal, parties_of
from qilian.core.house.tables import running
from qilian.core.rights.privacy.api import matching
from qilian.core.values import clock

from .models import Deputy, Person, Post


def held_by(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts that a person holds himself on a day, the oldest first."""
    return Post.objects.filter(running(on), person=person).order_by("valid_from", "pk")


def deputised_by(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts of others in which a person acts as deputy on a day."""
    lent = Deputy.objects.filter(person=person, valid_from__lte=on, valid_to__gte=on)
    return Post.objects.filter(running(on), pk__in=lent.values("post")).order_by("pk")


def holders(*, unit: str, on: date, role: str = "", section: str = "") -> QuerySet[Post]:
    """Who holds the posts of a unit (its slug) on a day, narrowed by role and section where given."""
    narrow = {name: value for name, value in (("role", role), ("section", section)) if value}
    posts = Post.objects.filter(running(on), unit__slug=unit, **narrow)
    return posts.select_related("person", "unit").order_by("section", "role", "person__name_pinyin", "pk")


def people_of(unit: str, *, on: date) -> QuerySet[Person]:
    """The people who hold any post of a unit on a day, by pinyin."""
    return Person.objects.filter(pk__in=Post.objects.filter(running(on), unit__slug=unit).values("person"))


def search_people(text: str) -> QuerySet[Person]:
    """People whose name, pinyin or login contains a text, or whose phone it is; all of them when it is empty."""
    words = text.strip()
    if not words:
        return Person.objects.all()
    pinyin = words.replace(" ", "").lower()
    by_name = Q(name__contains=words) | Q(name_pinyin__contains=pinyin) | Q(login__icontains=words)
    return Person.objects.filter(by_name | matching(Person, "phone", words))


def principal_of(person: Person) -> Principal:
    """Return a person as principal with the posts he holds or deputises today; ANONYMOUS when his account is closed.

    `acting_for` is set when all the posts that he deputises belong to one person, so that a deed stays on both names.
    """
    if not person.is_active:
        return ANONYMOUS
    today = clock.today()
    lent = list(deputised_by(person, on=today).select_related("unit", "person"))
    posts = {post.pk: post for post in (*held_by(person, on=today).select_related("unit"), *lent)}.values()
    deputised = {post.person.code for post in lent}
    return Principal(
        kind="person",
        person=person.pk,
        posts=tuple(post.pk for post in posts),
        units=tuple(dict.fromkeys(post.unit.slug for post in posts)),
        code=person.code,
        name=person.name,
        acting_for=deputised.pop() if len(deputised) == 1 else "",
        roles=tuple(dict.fromkeys(f"{post.unit.slug}/{post.role}" for post in posts)),
        parties=parties_of(person.pk),
    )
