"""Parameters in the database: two people, dates, corrections, pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from qilian.core.house.pages import ListPage, RecordPage, StepForm
from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.models import Event
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person
from qilian.core.work.parameters.api import approve, dated_at, define, propose, reject, value_at, values_of, withdraw
from qilian.core.work.parameters.models import Parameter, ParameterValue
from qilian.core.work.parameters.pages import decision_form, parameter_list, parameter_page, proposal_form, withdrawal

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
    assert (first.state, second.state) == ("superseded", "published") and first.approved_by_id == head.person
    assert value_at(KEY, Y2026, Decimal) == Decimal("2.2") and values_of(KEY).count() == 2
    assert Event.objects.latest("id").data["supersedes"] == first.code


def test_nobody_decides_alone(rate: Parameter, clerk: Principal, head: Principal) -> None:
    row = propose(actor=clerk, parameter=rate, written="2", valid_from=Y2015, source="x")
    wrong = [
        ("parameters.oneself", lambda: approve(actor=clerk, value=row)),
        ("parameters.oneself", lambda: reject(actor=clerk, value=row, reason="x")),
        ("parameters.person", lambda: approve(actor=SYSTEM, value=row)),
        ("parameters.person", lambda: propose(actor=SYSTEM, parameter=rate, written="2", valid_from=Y2015, source="x")),
        ("grants.denied", lambda: propose(actor=head, parameter=rate, written="2", valid_from=Y2015, source="x")),
        ("grants.denied", lambda: approve(actor=ANONYMOUS, value=row)),
        ("grants.denied", lambda: define(actor=clerk, key="a.b", title=Text("x", "x"), kind="text")),
        ("parameters.kind", lambda: define(actor=SYSTEM, key=KEY, title=Text("x", "x"), kind="text")),
        (
            "parameters.value",
            lambda: propose(actor=clerk, parameter=rate, written="much", valid_from=Y2015, source="x"),
        ),
        ("parameters.source", lambda: propose(actor=clerk, parameter=rate, written="2", valid_from=Y2015, source=" ")),
        ("parameters.reason", lambda: reject(actor=head, value=row, reason=" ")),
        ("parameters.not_own", lambda: withdraw(actor=head, value=row)),
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
        {"state": "published", "approved_by": clerk.person, "decided_at": now},
        {"state": "published", "decided_at": now},
        {"state": "published", "approved_by": head.person, "decided_at": now},
        {"approved_by": head.person},
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
    factory, here = RequestFactory(), f"/parameters/{KEY}/"
    with acting(clerk):
        assert isinstance(proposal_form(factory.get(here), KEY).shape, StepForm)
        wrong = proposal_form(factory.post(here, {"value": "2", "valid_from": "soon", "source": "x"}), KEY)
        assert wrong.status_code == 422 and wrong.shape.refusals[0].where == "valid_from"
        sent = {"value": "2", "valid_from": "2015-01-01", "source": "第三条"}
        assert proposal_form(factory.post(here, sent), KEY).status_code == 302
        row = ParameterValue.objects.get()
        assert (
            decision_form(factory.post("/", {"decision": "approve"}), row.code).shape.refusals[0].code
            == "parameters.oneself"
        )
        assert isinstance(withdrawal(factory.get("/"), row.code).shape, StepForm)
    with acting(head):
        with pytest.raises(Refusal):
            proposal_form(factory.get(here), KEY)
        assert decision_form(factory.post("/", {}), row.code).shape.refusals[0].where == "decision"
        assert decision_form(factory.post("/", {"decision": "reject"}), row.code).shape.refusals[0].where == "reason"
        assert decision_form(factory.get("/"), row.code).shape.head.facts[2].value == "2 %"
        assert decision_form(factory.post("/", {"decision": "approve"}), row.code).status_code == 302
    assert value_at(KEY, Y2026, Decimal) == 2
    with acting(clerk):
        late = propose(actor=clerk, parameter=rate, written="9", valid_from=Y2026, source="x")
        assert withdrawal(factory.post("/"), late.code).status_code == 302
    page = parameter_page(factory.get(here), KEY).shape
    assert isinstance(page, RecordPage) and page.head.facts[0].value == "2 %" and page.head.clause == "3.1.1"
    states = [page.sections[0].table.columns[2].value(each).word.en for each in page.sections[0].table.rows]
    assert states == ["Withdrawn", "Published"]


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
    with acting(clerk):
        assert "检测,100" in proposal_form(RequestFactory().get("/"), "fees").shape.fields[0].value
    listing = parameter_list(RequestFactory().get("/parameters/")).shape
    assert isinstance(listing, ListPage)
    cells = [[column.value(row) for column in listing.columns] for row in listing.rows]
    assert [str(row[2]) for row in cells] == ["2 行", "None"] and [bool(row[6]) for row in cells] == [False, True]
    kind, waiting, words = listing.filters
    assert (
        kind.apply(listing.rows, "table").get().key == "fees"
        and waiting.apply(listing.rows, "yes").get().key == "grant.most"
    )
    assert words.apply(listing.rows, "收费").count() == 1 and words.apply(listing.rows, "ceil").count() == 1
