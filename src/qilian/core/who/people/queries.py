"""Reading people and posts: who holds what on a day, and a person as principal."""

from datetime import date

from django.db.models import Q, QuerySet

from qilian.core.house.principal import ANONYMOUS, Principal, parties_of
from qilian.core.house.tables import prepared, running
from qilian.core.rights.privacy.api import matching
from qilian.core.values import clock

from .models import Person, Post


def held_by(person: Person, *, on: date) -> QuerySet[Post]:
    """The posts that a person holds himself on a day, the oldest first."""
    return Post.objects.filter(running(on), person=person).order_by("valid_from", "pk")


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

    `acting_for` is set when all the posts that he deputises belong to one person, so that an act stays on both names.
    """
    if not person.is_active:
        return ANONYMOUS
    me, day = str(person.pk), clock.today()
    posts = prepared(_STANDING, [me, me, day, day, day, day])
    deputised = {holder for *_, holder in posts if holder}
    return Principal(
        kind="person",
        person=person.pk,
        posts=tuple(dict.fromkeys(post for post, *_ in posts)),
        units=tuple(dict.fromkeys(unit for _, unit, _, _ in posts)),
        code=person.code,
        name=person.name,
        acting_for=deputised.pop() if len(deputised) == 1 else "",
        roles=tuple(dict.fromkeys(f"{unit}/{role}" for _, unit, role, _ in posts)),
        parties=parties_of(person.pk),
    )


_STANDING = """
    SELECT post.id, unit.slug, post.role, CASE WHEN lent THEN holder.code ELSE '' END FROM (
        SELECT id, false AS lent FROM core_post WHERE person_id = %s::bigint
        UNION ALL SELECT post_id, true FROM core_deputy
        WHERE person_id = %s::bigint AND valid_from <= %s AND valid_to >= %s) AS stands
    JOIN core_post AS post USING (id) JOIN core_unit AS unit ON unit.id = post.unit_id
    JOIN core_person AS holder ON holder.id = post.person_id
    WHERE post.valid_from <= %s AND (post.valid_to IS NULL OR post.valid_to >= %s)
    ORDER BY lent, CASE WHEN NOT lent THEN post.valid_from END, post.id"""  # his own, the oldest first; then those lent
