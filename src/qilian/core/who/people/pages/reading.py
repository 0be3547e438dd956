"""Small words that all pages of people share: reading form values, columns, addresses."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import Action, Column, Crumb, Status
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person, Post
from qilian.core.who.units.api import Unit, unit_name

PEOPLE = Text("人员", "People")
MINE = Text("我的岗位", "My posts")
PHONE = Text("电话", "Phone")
EMAIL = Text("电子邮箱", "E-mail")

_actions: list[tuple[Text, str, str]] = []


def add_person_action(title: Text, url_name: str, needs: str) -> None:
    """Let a person's record lead to a page of another room (its name takes the code), for who may do `needs`."""
    if (title, url_name, needs) not in _actions:
        _actions.append((title, url_name, needs))


def added_actions(person: Person) -> list[Action]:
    """What other rooms offer on a person's record."""
    seen = possible(current_principal(), [needs for _, _, needs in _actions])
    return [Action(title, reverse(name, args=[person.code])) for title, name, needs in _actions if needs in seen]


def day(values: QueryDict, name: str) -> date:
    """Read a day of a form; Refusal for none, and for one that the calendar does not have."""
    try:
        return read_day(values.get(name, "").strip())
    except Refusal:
        message = Text("请填写日期，例如 2026-03-01。", "Enter a date, such as 2026-03-01.")
        raise Refusal("people.date", message, where=name) from None


def chosen_person(values: QueryDict, name: str, *, by_login: bool) -> Person:
    """Read a person chosen in a form by code; a login, too, for who administers people: it tells who has one."""
    written = values.get(name, "").strip()
    named = Q(code=written) | Q(login__iexact=written) if by_login else Q(code=written)
    found = Person.objects.filter(named).order_by("pk").first()
    if found is None:
        remedy = Text("请从名单中选择，或填写登录名。", "Choose from the list, or enter a login.")
        raise Refusal("people.unknown", Text("没有这个人。", "There is no such person."), where=name, remedy=remedy)
    return found


def unit_title(unit: Unit) -> Text:
    """What a unit is called today: its full name, else the other, else its slug. Reads prefetched names."""
    return unit_name(unit, clock.today(), "full")


def state_of(post: Post) -> Status:
    """Whether a post runs, has not begun, or is over."""
    today = clock.today()
    if post.valid_from > today:
        return Status(Text("未开始", "Not begun"), "grey")
    if post.valid_to is not None and post.valid_to < today:
        return Status(Text("已结束", "Over"), "grey")
    return Status(Text("在任", "In post"), "green")


def post_columns() -> Sequence[Column]:
    """Unit, section, role and term of a post."""
    return (
        Column("unit", Text("单位", "Unit"), lambda post: unit_title(post.unit), url=lambda post: unit_url(post.unit)),
        Column("section", Text("处室", "Section"), lambda post: post.section),
        Column("role", Text("职务", "Role"), lambda post: post.role),
        Column("from", Text("任职", "From"), lambda post: post.valid_from, "date"),
        Column("to", Text("至", "To"), lambda post: post.valid_to or "", "date"),
        Column("state", Text("状态", "State"), state_of, "status"),
    )


def unit_url(unit: Unit) -> str:
    """The address of a unit's people."""
    return reverse("people:unit", args=[unit.slug])


def person_url(person: Person) -> str:
    """The address of a person's record, for those who may see it; else nothing."""
    return reverse("people:record", args=[person.code])


def crumbs(*further: Crumb) -> Sequence[Crumb]:
    """The path of a page: through the list of people for its administrators, through one's own posts for others."""
    administers = allowed(current_principal(), "people.view")
    first = Crumb(PEOPLE, reverse("people:list")) if administers else Crumb(MINE, reverse("people:mine"))
    return (first, *further)
