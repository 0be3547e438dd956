"""Parameters in the database: two people, dates, corrections, pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from tests.support.browsers import signed_in

from qilian.core.house.pages import ListPage, RecordPage
from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal
from qilian.core.log.events.models import Event
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person
from qilian.core.work.parameters.api import approve, dated_at, define, propose, reject, value_at, values_of, withdraw
from qilian.core.work.parameters.models import Parameter, ParameterValue
from qilian.core.work.parameters.pages import parameter_list, parameter_page, value_page

pytestmark = pytest.mark.django_db
KEY, Y2015, Y2026 = "fiscal.subsidy.rate", date(2015, 1, 1), date(2026, 1, 1)


def person(login: str, *actions: str) -> Principal:
    row = Person.objects.create(login=login, name=login, created_at=clock.now())
    Grant.objects.create(person=row, actions=list(actions), valid_from=Y2015)
    return Principal("person", person=row.pk, code=row.code, name=login)


@pytest.fixture
def clerk() -> Principal:
    return person("clerk", "parameters.propose", "parameters.approve")


@pytest.fixture
def head() -> Principal:
    return person("head", "parameters.approve")


@pytest.fixture
def rate() -> Parameter:
    return define(actor=SYSTEM, key=KEY, title=Text("贴息率", "Subsidy rate"), kind="decimal", unit="%", clause="3.1.1")


def publish(rate: Parameter, clerk: Principal, head: Principal, written: str, day: date) -> ParameterValue:
    row = propose(actor=clerk, parameter=rate, written=written, valid_from=day, source="办法第三条")
    return approve(actor=head, value=row)


def test_a_value_holds_from_its_day_once_two_people_published_it(
    rate: Parameter, clerk: Principal, head: Principal
) -> None:
    row = propose(actor=clerk, parameter=rate, written="2.50", valid_from=Y2015, source="办法第三条")
    with pytest.raises(Refusal, match="没有已公布"):
        value_at(KEY, Y2026, Decimal)
    approve(actor=head, value=row)
    publish(rate, clerk, head, "3", Y2026)
    assert (value_at(KEY, date(2025, 12, 31), Decimal), value_at(KEY, Y2026, Decimal)) == (Decimal("2.50"), Decimal(3))
    assert dated_at(KEY, Y2026).source == "办法第三条"
    with pytest.raises(Refusal, match="没有已公布"):
        value_at(KEY, date(2014, 12, 31), Decimal)
    with pytest.raises(Refusal, match="没有参数"):
        value_at("nothing.of.this.name", Y2026, Decimal)
    with pytest.raises(TypeError):
        value_at(KEY, Y2026, Money)
    published = Event.objects.filter(type="parameters.value.published").latest("id")
    assert published.data["proposed_by"] == clerk.ref and published.actor == head.ref and published.clause == "3.1.1"


def test_a_correction_supersedes_and_both_stay(rate: Parameter, clerk: Principal, head: Principal) -> None:
    first = publish(rate, clerk, head, "2", Y2015)
    second = publish(rate, clerk, head, "2.2", Y2015)
    first.refresh_from_db()
    assert (first.state, second.state, first.decided_by_id) == ("approved", "approved", head.person)
    assert first.superseded_at is not None and second.superseded_at is None
    assert value_at(KEY, Y2026, Decimal) == Decimal("2.2") and values_of(KEY).count() == 2
    assert Event.objects.latest("id").data["supersedes"] == first.code


def test_nobody_decides_alone(rate: Parameter, clerk: Principal, head: Principal) -> None:
    row = propose(actor=clerk, parameter=rate, written="2", valid_from=Y2015, source="x")
    wrong = [
        ("approvals.oneself", lambda: approve(actor=clerk, value=row)),
        ("approvals.oneself", lambda: reject(actor=clerk, value=row, reason="x")),
        ("approvals.person", lambda: approve(actor=SYSTEM, value=row)),
        ("approvals.person", lambda: propose(actor=SYSTEM, parameter=rate, written="2", valid_from=Y2015, source="x")),
        ("grants.denied", lambda: propose(actor=head, parameter=rate, written="2", valid_from=Y2015, source="x")),
        ("grants.denied", lambda: approve(actor=ANONYMOUS, value=row)),
        ("grants.denied", lambda: define(actor=clerk, key="a.b", title=Text("x", "x"), kind="text")),
        ("parameters.kind", lambda: define(actor=SYSTEM, key=KEY, title=Text("x", "x"), kind="text")),
        (
            "parameters.value",
            lambda: propose(actor=clerk, parameter=rate, written="much", valid_from=Y2015, source="x"),
        ),
        ("parameters.source", lambda: propose(actor=clerk, parameter=rate, written="2", valid_from=Y2015, source=" ")),
        ("text.missing", lambda: reject(actor=head, value=row, reason=" ")),
        ("approvals.not_own", lambda: withdraw(actor=head, value=row)),
    ]
    events = Event.objects.count()
    for code, verb in wrong:
        with pytest.raises(Refusal) as told, transaction.atomic():
            verb()
        assert told.value.code == code
    assert Event.objects.count() == events
    withdraw(actor=clerk, value=row)
    for verb in (lambda: approve(actor=head, value=row), lambda: withdraw(actor=clerk, value=row)):
        with pytest.raises(Refusal, match="已经处理"), transaction.atomic():
            verb()


def test_the_database_says_the_same(rate: Parameter, clerk: Principal, head: Principal) -> None:
    publish(rate, clerk, head, "2", Y2015)
    row = propose(actor=clerk, parameter=rate, written="3", valid_from=Y2015, source="x")
    now = clock.now()
    for change in (
        {"state": "approved", "decided_by": clerk.person, "decided_at": now},
        {"state": "approved", "decided_at": now},
        {"state": "approved", "decided_by": head.person, "decided_at": now},  # another holds on that day
        {"decided_by": head.person},
        {"state": "rejected", "decided_by": head.person, "decided_at": now},
        {"superseded_at": now},
        {"decided_at": now},
        {"state": "lost", "decided_at": now},
        {"source": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ParameterValue.objects.filter(pk=row.pk).update(**change)
    for wrong in ({"key": "Bad Key", "kind": "text"}, {"key": "good", "kind": "float"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Parameter.objects.create(title_zh="x", title_en="x", **wrong)


def test_defining_again_follows_the_words(rate: Parameter) -> None:
    again = define(actor=SYSTEM, key=KEY, title=Text("利率", "Rate"), kind="decimal", unit="%")
    assert again.pk == rate.pk and Parameter.objects.get().title_zh == "利率"
    assert Event.objects.filter(type="parameters.parameter.defined").count() == 1


def test_the_pages_of_two_people(rate: Parameter, clerk: Principal, head: Principal) -> None:
    here, office, chief = f"/parameters/{KEY}/", signed_in(clerk), signed_in(head)
    wrong = office.post(f"{here}proposal/", {"value": "2", "valid_from": "soon", "source": ""})
    assert wrong.status_code == 422 and wrong.content.decode().count('class="error"') >= 2
    assert office.post(f"{here}proposal/", {"value": "2", "valid_from": "2015年1月1日", "source": "第三条"}).url == here
    row = ParameterValue.objects.get()
    value = f"/parameters/values/{row.code}/"
    own = office.post(f"{value}approval/")
    assert own.status_code == 422 and "自己提出" in own.content.decode()
    assert chief.post(f"{here}proposal/", {}).status_code == 403
    assert "早于今日" in chief.get(f"{value}approval/").content.decode()
    assert chief.post(f"{value}rejection/", {"reason": " "}).status_code == 422
    assert chief.post(f"{value}approval/").url == here
    assert value_at(KEY, Y2026, Decimal) == 2
    late = propose(actor=clerk, parameter=rate, written="9", valid_from=Y2026, source="x")
    shown = chief.get(f"/parameters/values/{late.code}/").content.decode()
    assert "2 %" in shown and "9 %" in shown
    assert office.post(f"/parameters/values/{late.code}/withdrawal/").url == here
    page = parameter_page(RequestFactory().get(here), KEY).shape
    assert isinstance(page, RecordPage) and page.head.facts[1].value == "2 %" and page.head.clause == "3.1.1"
    column = next(each for each in page.sections[0].table.columns if each.name == "state")
    assert [column.value(each).word.en for each in page.sections[0].table.rows] == ["Withdrawn", "Published"]


def test_a_table_shows_the_rows_that_come_and_go(clerk: Principal, head: Principal) -> None:
    fees = define(actor=SYSTEM, key="fees", title=Text("收费表", "Fees"), kind="table")
    publish(fees, clerk, head, "项目,元\n检测,100\n鉴定,300", Y2015)
    fresh = propose(actor=clerk, parameter=fees, written="项目,元\n检测,120\n鉴定,300", valid_from=Y2026, source="x")
    page = value_page(RequestFactory().get("/"), fresh.code).shape
    change, *cells = page.sections[0].table.columns
    rows = [(change.value(row).en, [cell.value(row) for cell in cells]) for row in page.sections[0].table.rows]
    assert rows == [("new", ["检测", "120"]), ("same", ["鉴定", "300"]), ("gone", ["检测", "100"])]


def test_tables_and_the_list(clerk: Principal, head: Principal) -> None:
    fees = define(actor=SYSTEM, key="fees", title=Text("收费表", "Fees"), kind="table")
    publish(fees, clerk, head, "项目,元\n检测,100\n鉴定,300", Y2015)
    amount = define(actor=SYSTEM, key="grant.most", title=Text("补助上限", "Ceiling"), kind="money")
    propose(actor=clerk, parameter=amount, written="5,000", valid_from=Y2015, source="x")
    assert [row["元"] for row in value_at("fees", Y2026, tuple)] == ["100", "300"]
    page = parameter_page(RequestFactory().get("/"), "fees").shape
    assert [column.value(page.sections[0].table.rows[1]) for column in page.sections[0].table.columns] == [
        "鉴定",
        "300",
    ]
    assert "检测,100" in signed_in(clerk).get("/parameters/fees/proposal/").content.decode()
    listing = parameter_list(RequestFactory().get("/parameters/")).shape
    assert isinstance(listing, ListPage)
    cells = {column.name: [column.value(row) for row in listing.rows] for column in listing.columns}
    assert list(map(str, cells["value"])) == ["2 行", "None"] and [bool(each) for each in cells["state"]] == [
        False,
        True,
    ]
    kind, waiting, words = listing.filters
    assert (
        kind.apply(listing.rows, "table").get().key == "fees"
        and waiting.apply(listing.rows, "yes").get().key == "grant.most"
    )
    assert words.apply(listing.rows, "收费").count() == 1 and words.apply(listing.rows, "ceil").count() == 1
