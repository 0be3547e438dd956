"""The demonstration province: the plan, invented people who can sign in, and an ordinary month by the stories."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from qilian.core import clock
from qilian.core.grants.api import ROLES, SYSTEM, grant
from qilian.core.people.api import Person, appoint, principal_of, register_person
from qilian.core.text import Text
from qilian.core.units.api import units
from qilian.spine.plan.api import Plan

from .province import load_province

STORY = "qilian.spine.drafting.story"
PASSWORD = "qilian-2015-demo"
"""One word for all invented people, printed by `up` and shown on the sign-in page of the demonstration only."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One invented person: login, name, what he is, his rights (his own, or of his post), and his post."""

    login: str
    name: str
    title: Text
    actions: tuple[str, ...] = ()
    unit: str = ""
    role: str = ""


FIGURES = (
    Figure("sysadmin", "韩志远", Text("系统管理员", "System administrator"), ROLES["system-administrator"]),
    Figure("secadmin", "马文静", Text("安全管理员", "Security administrator"), ROLES["security-administrator"]),
    Figure("auditor", "祁明亮", Text("审计管理员", "Audit administrator"), ROLES["audit-administrator"]),
    Figure(
        "planner",
        "李春晓",
        Text("省发展改革委，起草方案", "Development and Reform Commission, drafts plans"),
        ("plan.draft",),
        "qh-fgw",
        "方案起草",
    ),
    Figure(
        "director",
        "周建国",
        Text(
            "省服务业发展领导小组，发布方案、登记决定", "Leading Group for Services, publishes plans, records decisions"
        ),
        ("plan.draft", "plan.publish", "plan.decide"),
        "qh-fwyldxz",
        "办公室主任",
    ),
    Figure("liaison", "才让卓玛", Text("省工业和信息化厅联络员", "Liaison of Industry and IT"), (), "qh-gxt", "联络员"),
    Figure("liaison2", "王海燕", Text("省商务厅联络员", "Liaison of Commerce"), (), "qh-swt", "联络员"),
    Figure("reader", "石磊", Text("企业读者，没有任何权限", "Reader from a firm, without any right")),
)


def logins() -> Iterator[tuple[str, str, Text]]:
    """Login, password and description of everybody who can sign in to the demonstration."""
    return ((figure.login, PASSWORD, figure.title) for figure in FIGURES)


def fill() -> None:
    """Fill the demonstration as far as it is not filled: a second call adds nothing."""
    load_province()
    people = {figure.login: _person(figure) for figure in FIGURES}
    story = import_module(STORY)  # stories are reached by their names, as parts declare them
    if not Plan.objects.filter(slug=story.SLUG).exists():
        actors = {login: principal_of(people[login]) for login in ("planner", "director", "reader")}
        story.month(story.Cast(**actors), seed=2015)


def _person(figure: Figure) -> Person:
    person = Person.objects.filter(login=figure.login).first()
    if person is not None:
        return person
    person = register_person(actor=SYSTEM, login=figure.login, name=figure.name, password=PASSWORD)
    if figure.unit:
        unit = units().get(slug=figure.unit)
        post = appoint(actor=SYSTEM, person=person, unit=unit, role=figure.role, valid_from=clock.today())
        if figure.actions:
            grant(actor=SYSTEM, actions=figure.actions, post=post.pk, reason="演示")
    elif figure.actions:
        grant(actor=SYSTEM, actions=figure.actions, person=person.pk, reason="演示")
    return person
