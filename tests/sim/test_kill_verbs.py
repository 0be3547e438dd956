"""Verbs of people, parameters and plans are killed at their statements: each is there whole or not at all."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from tests.sim.killing import (
    COMMIT,
    NEVER,
    RETURNED,
    Step,
    attempt,
    changes,
    crashing_server,
    live_through,
    snapshot,
    tell_under_kills,
)

from qilian.core.house.parts.api import parts
from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import seal
from qilian.core.log.events.models import Event
from qilian.core.log.outbox.api import run_due
from qilian.core.log.proofs.api import verify
from qilian.core.rights.grants.api import grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.inbox.api import Addressee, put
from qilian.core.who.people.api import (
    Person,
    Post,
    appoint,
    deactivate_person,
    hand_over,
    principal_of,
    register_person,
)
from qilian.core.who.units.api import load_units, units
from qilian.core.work.parameters.api import approve, define, propose, reject, withdraw
from qilian.core.work.parameters.models import Parameter, ParameterValue
from qilian.spine.drafting.api import Draft, discard_draft, publish_version, upload_document
from qilian.spine.plan.api import Decided, Plan, add_duty, register_plan
from qilian.web.demo import cast_from
from qilian.web.province import load_province

SEED, DAY, SINCE = 20150101, date(2026, 3, 2), date(2026, 1, 5)
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
IN_CI = ("qilian.spine.drafting.story",)
"""Stories that are told through kills in every run; the others in the long one."""
FOLDER = Path(__file__).resolve().parents[2] / "plan/qinghai-2015"
WORDS = """冷链工作方案

一、重点任务

（一）布局。布设冷链驿站。（牵头单位：省商务厅；配合单位：省财政厅）
"""


def step(name: str, act: Callable[[], object], *leaves: str, transactions: int = 1) -> Step:
    """Make a step of the house itself; `!name` stands for an event of that type."""

    def run() -> object:
        with acting(SYSTEM):
            return act()

    return Step(name, run, Counter(each.replace("!", "+core_event ") for each in leaves), transactions)


def one(login: str) -> Person:
    return Person.objects.get(login=login)


def me(login: str) -> Principal:
    return principal_of(one(login))


def rate() -> Parameter:
    return Parameter.objects.get(key="kill.rate")


def proposal(source: str) -> ParameterValue:
    return ParameterValue.objects.get(source=source)


def draft(number: int) -> Draft:
    return Draft.objects.get(number=number)


def plan() -> Plan:
    return Plan.objects.get(slug="cold")


def on_the_desk() -> object:
    return put(
        actor=SYSTEM,
        key="kill.1",
        subject=Ref("test.kill", "1"),
        kind="test",
        title=Text("看一看", "Look"),
        url="/",
        addressee=Addressee.post(Post.objects.get(person__login="clerk").pk),
    )


PEOPLE = [
    step(
        "register the clerk",
        lambda: register_person(actor=SYSTEM, login="clerk", name="单学海"),
        *("+core_person", "!people.person.registered", "+procrastinate_jobs people.pinyin"),
    ),
    step("write his pinyin", run_due, "~core_person", "-procrastinate_jobs people.pinyin", transactions=2),
    step(
        "register the head",
        lambda: register_person(actor=SYSTEM, login="head", name="马文"),
        *("+core_person", "!people.person.registered", "+procrastinate_jobs people.pinyin"),
    ),
    *(
        step(
            f"give {login} rights",
            lambda login=login, action=action: grant(actor=SYSTEM, person=one(login).pk, actions=[action]),
            *("+core_grant", "!grants.grant.given"),
        )
        for login, action in (("clerk", "parameters.propose"), ("head", "parameters.approve"))
    ),
    step(
        "appoint",
        lambda: appoint(
            actor=SYSTEM, person=one("clerk"), unit=units().get(slug="qh-swt"), role="处长", valid_from=SINCE
        ),
        *("+core_post", "!people.post.appointed"),
    ),
    step(
        "give the post rights",
        lambda: grant(actor=SYSTEM, post=Post.objects.get().pk, actions=["plan.draft"], valid_from=SINCE),
        *("+core_grant", "!grants.grant.given"),
    ),
    step("lay on the post's desk", on_the_desk, "+core_inbox_item", "!inbox.item.put"),
    step(
        "hand over post, desk and rights",
        lambda: hand_over(actor=SYSTEM, post=Post.objects.get(), to_person=one("head"), on=clock.today()),
        *("+core_post", "~core_post", "~core_inbox_item", "!inbox.item.reassigned", "!people.post.handed_over"),
        *("+core_grant", "!grants.grant.given"),
    ),
]
ON_DESKS, OFF_DESKS = ("+core_inbox_item", "!inbox.item.put"), ("~core_inbox_item", "!inbox.item.done")
TOLD = ("+core_notice", "!notices.notice.written")
PARAMETERS = [
    step(
        "define",
        lambda: define(actor=SYSTEM, key="kill.rate", title=Text("率", "Rate"), kind="decimal"),
        *("+core_parameter", "!parameters.parameter.defined"),
    ),
    *(
        step(
            f"propose by {source}",
            lambda source=source: propose(
                actor=me("clerk"), parameter=rate(), written="2.5", valid_from=DAY, source=source
            ),
            *("+core_parameter_value", "!parameters.value.proposed", *ON_DESKS),
        )
        for source in ("一号文", "二号文", "三号文", "四号文")
    ),
    step(
        "approve",
        lambda: approve(actor=me("head"), value=proposal("一号文")),
        *("~core_parameter_value", "!parameters.value.published", *OFF_DESKS, *TOLD),
    ),
    step(
        "approve instead",
        lambda: approve(actor=me("head"), value=proposal("二号文")),
        *("~core_parameter_value", "~core_parameter_value", "!parameters.value.published", *OFF_DESKS, *TOLD),
    ),
    step(
        "reject",
        lambda: reject(actor=me("head"), value=proposal("三号文"), reason="重复"),
        *("~core_parameter_value", "!parameters.value.rejected", *OFF_DESKS, *TOLD),
    ),
    step(
        "withdraw",
        lambda: withdraw(actor=me("clerk"), value=proposal("四号文")),
        *("~core_parameter_value", "!parameters.value.withdrawn", *OFF_DESKS),
    ),
]
PUBLISHED = ("+spine_plan_version", "+spine_plan_source_text", "+spine_plan_section", "+spine_plan_clause")
PLANS = [
    step(
        "register a plan",
        lambda: register_plan(actor=SYSTEM, slug="cold", title=Text("冷链方案", "Cold chain"), region="630000"),
        *("+spine_plan", "!spine.plan.registered"),
    ),
    step(
        "hand in a text",
        lambda: upload_document(actor=SYSTEM, plan=plan(), text=WORDS),
        *("+spine_plan_draft", "!spine.plan.uploaded", "!spine.plan.compiled", *ON_DESKS),
    ),
    step(
        "publish",
        lambda: publish_version(actor=SYSTEM, draft=draft(1)),
        *(*PUBLISHED, "+spine_plan_clause_words", "+spine_plan_duty", "+spine_plan_duty"),
        *("~spine_plan_draft", "!spine.plan.published", *OFF_DESKS),
    ),
    step(
        "add a duty",
        lambda: add_duty(
            actor=SYSTEM,
            plan=plan(),
            cid=plan().versions.get().clauses.get().cid,
            unit=units().get(slug="qh-yzj"),
            role="support",
            decided=Decided("meeting", "专题会", date(2026, 1, 5)),
        ),
        *("+spine_plan_decision", "+spine_plan_duty", "!spine.plan.duty_added"),
    ),
    step(
        "hand in another",
        lambda: upload_document(actor=SYSTEM, plan=plan(), text=WORDS.replace("驿站", "中心")),
        *("+spine_plan_draft", "!spine.plan.uploaded", "!spine.plan.compiled", *ON_DESKS),
    ),
    step(
        "discard it",
        lambda: discard_draft(actor=SYSTEM, draft=draft(2), reason="重写"),
        *("~spine_plan_draft", "!spine.plan.discarded", *OFF_DESKS),
    ),
]
CLOSED = step(
    "close an account",
    lambda: deactivate_person(actor=SYSTEM, person=one("clerk"), reason="离职"),
    *("~core_person", "!people.person.deactivated"),
)
FOR_THE_SERVER = [*PEOPLE[:2], *PLANS[:3]]
EVERYTHING = [*PEOPLE, *PARAMETERS, *PLANS, CLOSED]


def with_units() -> None:
    with acting(SYSTEM):
        load_units(actor=SYSTEM, text=(FOLDER / "units.toml").read_text(), source="plan/qinghai-2015")


def the_log_is_whole() -> None:
    """Every event can be sealed, and every seal holds."""
    while seal():
        pass
    count = Event.objects.count()
    verdict = verify()
    assert (verdict.checked, verdict.problem) == (count, None)


@pytest.mark.usefixtures("committing")
def test_killed_verbs_are_there_whole_or_not_at_all() -> None:
    with_units()
    lived = live_through(EVERYTHING, kills=2, seed=SEED)
    assert len(lived.kills) >= 3 * len(EVERYTHING) and lived.acknowledged
    the_log_is_whole()


@pytest.mark.long
@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("seed", range(5))
def test_a_marathon_of_killed_verbs(seed: int) -> None:
    with_units()
    live_through(EVERYTHING, kills=25, seed=seed)
    the_log_is_whole()


def test_postgresql_itself_is_killed_and_recovers(django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock(), crashing_server() as server:
        with_units()
        lived = live_through(FOR_THE_SERVER, kills=1, seed=SEED, victim=server)
        assert len(lived.kills) >= 2 * len(FOR_THE_SERVER)
        the_log_is_whole()


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize(
    "story",
    [pytest.param(part.story, marks=() if part.story in IN_CI else pytest.mark.long) for part in parts() if part.story],
)
def test_a_story_is_told_through_kills(story: str) -> None:
    load_province()
    cast = cast_from(START)
    lived = tell_under_kills(import_module(story).month, kills=1, seed=SEED, start=START, cast=cast)
    assert lived.kills and lived.acknowledged
    the_log_is_whole()


@pytest.mark.usefixtures("committing")
class TestTheHarnessBites:
    """Each kind of broken verb, planted, is found."""

    def test_a_verb_of_two_transactions(self) -> None:
        def half() -> None:
            for key in ("kill.one", "kill.two"):
                define(actor=SYSTEM, key=key, title=Text("率", "Rate"), kind="decimal")

        with pytest.raises(AssertionError, match="takes 2 transactions"):
            live_through([step("half", half)], kills=0, seed=SEED)

    def test_a_row_written_before_the_transaction(self) -> None:
        PARAMETERS[0].run()

        def early() -> None:
            with connection.cursor() as cursor:  # a save() would be a transaction of its own
                cursor.execute("UPDATE core_parameter SET unit = '%'")
            define(actor=SYSTEM, key="kill.one", title=Text("率", "Rate"), kind="decimal")

        with pytest.raises(AssertionError, match="~core_parameter"):
            live_through([step("early", early)], kills=0, seed=SEED)

    def test_a_verb_that_leaves_too_little(self) -> None:
        with pytest.raises(AssertionError, match="left"):
            live_through([step("silent", PARAMETERS[0].run, "+core_parameter")], kills=0, seed=SEED)

    def test_a_child_says_how_far_it_came(self) -> None:
        before = snapshot()
        run = PARAMETERS[0].run
        first, whole = attempt(run, 1), attempt(run, COMMIT)
        assert (first.statements, first.commits, first.acknowledged) == (1, 0, False)
        assert whole.statements > 1 and not whole.commits and changes(before, snapshot()) == {}
        unheard = attempt(run, RETURNED)
        assert unheard.commits == 1 and not unheard.acknowledged
        assert changes(before, snapshot())["+core_parameter"] == 1
        again = attempt(run, NEVER)
        assert again.acknowledged and changes(before, snapshot())["+core_parameter"] == 1  # define is idempotent
