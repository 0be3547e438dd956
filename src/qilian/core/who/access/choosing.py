"""People with an account to pick from: by name, pinyin or login; for whoever sees people or gives rights."""

from collections.abc import Iterable

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import possible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person, Post, held_by, search_people
from qilian.core.who.units.api import unit_names

_WHO = ("people.view", "grants.grant", "grants.view", "people.appoint")


def _may(me: Principal) -> bool:
    return bool(possible(me, _WHO))


def _fitting(me: Principal, words: str) -> Iterable[Person]:
    """The people whose account is open and who fit some words, by pinyin."""
    return search_people(words).filter(is_active=True) if _may(me) else ()


def _named(me: Principal, written: str) -> Iterable[Person]:
    """The person of a login, else those of this name."""
    if not _may(me):
        return ()
    return list(Person.objects.filter(login__iexact=written)) or Person.objects.filter(name=written, is_active=True)


def _shown(row: Person) -> Choice:
    posts = held_by(row, on=clock.today()).select_related("unit")[:2]
    return Choice(row.login, row.name, _post_words(row.login, list(posts)))


def _post_words(before: str, posts: list[Post]) -> Text:
    names = unit_names([post.unit.slug for post in posts], on=clock.today())
    told = [(names.get(post.unit.slug, Text("", "")), post.role) for post in posts]
    return Text(
        " · ".join([before, *(f"{unit.zh} {role}".strip() for unit, role in told)]),
        " · ".join([before, *(f"{unit.en}, {role}" for unit, role in told)]),
    )


def _holders_fitting(me: Principal, words: str) -> Iterable[Person | Post]:
    """The people who fit some words, each before the posts that he holds."""
    for person in _fitting(me, words):
        yield person
        yield from held_by(person, on=clock.today()).select_related("unit", "person")


def _holders_named(me: Principal, written: str) -> Iterable[Person | Post]:
    """The post of a code, else the people of a login or a name."""
    return (
        (list(Post.objects.filter(code=written).select_related("unit", "person")) or _named(me, written))
        if _may(me)
        else ()
    )


def _holder_shown(row: Person | Post) -> Choice:
    if isinstance(row, Person):
        return _shown(row)
    return Choice(row.code, Text(f"岗位：{row.role}", f"Post: {row.role}"), _post_words(row.person.name, [row]))


PERSONS = Source(
    name="person",
    title=Text("人员", "people"),
    asks=Text("登录名或姓名", "a login or a name"),
    search=_fitting,
    exact=_named,
    shown=_shown,
)
HOLDERS = Source(
    name="holder",
    title=Text("人员和岗位", "people and posts"),
    asks=Text(
        "登录名、姓名或岗位编号：给岗位的权限随岗位交接",
        "a login, a name or a post's code: rights of a post go with the post",
    ),
    search=_holders_fitting,
    exact=_holders_named,
    shown=_holder_shown,
)
