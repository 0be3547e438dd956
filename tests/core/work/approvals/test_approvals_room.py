"""A proposal waits for everybody who may decide and not for its author, who is told what was decided."""

from datetime import date, datetime

import pytest
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.models import Event
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.inbox.api import count_waiting, waiting_for
from qilian.core.who.notices.queries import notices_of
from qilian.core.who.people.api import Person, appoint, deputise, principal_of
from qilian.core.who.units.api import Unit
from qilian.core.work.parameters.api import Parameter, approve, define, propose, reject, withdraw

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def standing() -> object:
    """Stand the clock on a Friday."""
    with clock.allow_standing(), clock.standing_at(FRIDAY):
        yield


@pytest.fixture
def rate() -> Parameter:
    return define(actor=SYSTEM, key="a.rate", title=Text("费率", "Rate"), kind="decimal", clause="3.1.1")


def person(login: str, *actions: str, clause: str = "") -> Principal:
    row = Person.objects.create(login=login, name=login, created_at=clock.now())
    Grant.objects.create(person=row, actions=list(actions), clause=clause, valid_from=FRIDAY.date())
    return principal_of(row)


def waiting(who: Principal) -> list[str]:
    with acting(who):
        assert count_waiting(who) == waiting_for(who).count()
        return [item.title_zh for item in waiting_for(who)]


def told(who: Principal) -> list[str]:
    return [notice.title_zh for notice in notices_of(who)]


def test_it_waits_where_the_right_holds_and_not_for_its_author(rate: Parameter) -> None:
    clerk = person("clerk", "parameters.*")
    head, elsewhere = person("head", "parameters.approve"), person("elsewhere", "parameters.approve", clause="3.2.1")
    near, reader = person("near", "*", clause="3.1.1"), person("reader", "parameters.propose")
    row = propose(actor=clerk, parameter=rate, written="2", valid_from=date(2026, 4, 1), source="第三条")
    title = "待批准：费率（2026-04-01 起）"
    assert [waiting(who) for who in (head, near)] == [[title], [title]]
    assert [waiting(who) for who in (clerk, elsewhere, reader)] == [[], [], []]
    late = person("late", "parameters.approve")  # who gets the right afterwards finds what waits
    assert waiting(late) == [title]
    with acting(head):
        (item,) = waiting_for(head)
    assert item.url == f"/parameters/values/{row.code}/"
    assert item.due == datetime(2026, 3, 12, tzinfo=clock.SHANGHAI)  # Monday to Wednesday are three working days
    approve(actor=head, value=row)
    assert [waiting(who) for who in (head, near, late)] == [[], [], []]
    assert told(clerk) == ["已批准：费率（2026-04-01 起）"] and told(head) == []
    history = Event.objects.filter(subject="core.parameter:a.rate").order_by("id").values_list("type", flat=True)
    told_once = ["parameters.parameter.defined", "parameters.value.proposed", "parameters.value.published"]
    assert list(history) == told_once, "on whose desk it lay is no part of its history"


def test_its_author_hears_why_it_was_rejected_and_may_take_another_back(rate: Parameter) -> None:
    clerk, head = person("clerk", "parameters.propose"), person("head", "parameters.approve")
    first = propose(actor=clerk, parameter=rate, written="2", valid_from=date(2026, 4, 1), source="第三条")
    reject(actor=head, value=first, reason="依据已废止")
    (notice,) = notices_of(clerk)
    assert notice.title_zh.startswith("被退回：") and notice.body_zh == "依据已废止"
    second = propose(actor=clerk, parameter=rate, written="3", valid_from=date(2026, 4, 1), source="第四条")
    assert len(waiting(head)) == 1
    withdraw(actor=clerk, value=second)
    assert waiting(head) == [] and len(told(clerk)) == 1


def test_whom_the_author_made_his_deputy_does_not_decide_by_his_right(rate: Parameter) -> None:
    """An author could else choose the second person himself, and lend him the right to agree."""
    unit, clerk, second = Unit.objects.create(slug="fgw", kind="department"), person("clerk"), person("second")
    posts = [
        appoint(actor=SYSTEM, person=Person.objects.get(pk=who.person), unit=unit, role=role, valid_from=FRIDAY.date())
        for who, role in ((clerk, "处长"), (second, "科员"))
    ]
    Grant.objects.create(post=posts[0], actions=["parameters.*"], valid_from=FRIDAY.date())
    author, today = principal_of(posts[0].person), FRIDAY.date()
    deputise(actor=author, post=posts[0], person=posts[1].person, valid_from=today, valid_to=today, reason="出差")
    deputy = principal_of(posts[1].person)
    row = propose(actor=author, parameter=rate, written="2", valid_from=date(2026, 4, 1), source="第三条")
    for decide in (lambda: approve(actor=deputy, value=row), lambda: reject(actor=deputy, value=row, reason="x")):
        with pytest.raises(Refusal) as refused:
            decide()
        assert refused.value.code == "approvals.lent"
    other = propose(
        actor=person("other", "parameters.propose"), parameter=rate, written="3", valid_from=today, source="x"
    )
    assert approve(actor=deputy, value=other).state == "approved", "what others propose he decides in his chief's place"
    Grant.objects.create(person=posts[1].person, actions=["parameters.approve"], valid_from=today)
    assert approve(actor=deputy, value=row).state == "approved", "by a right of his own he is a second person"


@pytest.mark.parametrize(("rights", "status"), [((), 403), (("parameters.propose",), 403), (("own.act",), 200)])
def test_a_token_takes_back_what_its_owner_proposed_only_when_told_to(
    rate: Parameter, rights: tuple[str, ...], status: int
) -> None:
    clerk, until = person("clerk", "parameters.propose"), datetime(2026, 3, 20, tzinfo=clock.SHANGHAI)
    row = propose(actor=clerk, parameter=rate, written="2", valid_from=date(2026, 4, 1), source="第三条")
    _, token = make_token(actor=clerk, name="程序", actions=rights, writes=True, until=until)
    program = Client(headers={"authorization": f"Bearer {token}"})
    answer = program.post(f"/api/v1/parameters/values/{row.code}/withdrawal", {}, content_type="application/json")
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (status, "withdrawn" if status == 200 else "proposed")
    assert status == 200 or answer.json()["code"] == "tokens.oneself"
