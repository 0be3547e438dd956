"""A right within one unit makes nothing of another, and no field offers what its reader may not know."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import written
from qilian.core.rights.grants.api import Scope, grant, possible
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.ledger.book.api import Account, seen_by
from qilian.engines.registry.parties.api import Party

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
OURS, THEIRS = "qh-swt", "qh-czt"
CREATIONS = {
    "/ledger/accounts": {"owner": f"unit:{OURS}", "asset": "cny", "purpose": "x", "title": "户", "title_en": "A"},
    "/budgets/programmes": {"number": "X-1", "title": "项目", "title_en": "Fund"},
    "/banking/accounts": {
        "number": "6228480000099999999",
        "bank": "银行",
        "holder": "户名",
        "opened_on": "2026-03-02",
        "opening": "1",
    },
}
WHO = ("people.view", "grants.grant", "grants.view", "people.appoint")


@pytest.fixture
def keeper() -> Person:
    """Somebody who may do everything with money within his own unit."""
    with acting(SYSTEM):
        person = Person.objects.create(login="keeper", name="某", created_at=clock.now())
        actions = ["ledger.*", "budgets.*", "banking.*"]
        grant(actor=SYSTEM, person=person.pk, actions=actions, scope=Scope(unit=OURS))
    return person


def browser(person: Person | None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("address", CREATIONS)
def test_nothing_is_made_for_another_unit(keeper: Person, address: str) -> None:
    client, before = browser(keeper), written().count()
    for unit, status in ((THEIRS, 403), ("", 403), (OURS, 201)):
        body = {**CREATIONS[address], **({"unit": unit} if unit else {})}
        answer = client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")
        assert answer.status_code == status or (not unit and answer.status_code == 422), (unit, answer.content.decode())
        assert (written().count() > before) == (status == 201)


def readers() -> Iterator[tuple[Person | None, Principal]]:
    yield None, Principal("anonymous")
    for login in ("reader", "operator", "liaison", "registrar", "budgeter", "auditor", "secadmin"):
        person = Person.objects.get(login=login)
        yield person, principal_of(person)


def test_a_field_offers_nothing_that_its_reader_may_not_know() -> None:
    with acting(SYSTEM):
        people = list(Person.objects.all())
        citizens = {row.code: row.name for row in Party.objects.filter(kind="citizen")}
        titles = {row.title_zh for row in Account.objects.all()}
    assert people and citizens and titles
    for person, me in readers():
        client = browser(person)

        def offered(source: str, words: str, client: Client = client) -> set[str]:
            return {each["value"] for each in client.get(f"/choices/{source}/", {"q": words}).json()["choices"]}

        with acting(me):
            seen = set(seen_by(me).values_list("code", flat=True))
        for title in ("", *titles):
            assert offered("account", title) <= seen, (me.name, title)
        knows = bool(possible(me, WHO))
        for each in people:
            for source in ("person", "holder"):
                for words in (each.login, each.name):
                    assert knows or not offered(source, words), (me.name, source, words)
        for code, name in citizens.items():
            for source in ("party", "owner"):
                assert not {value for value in offered(source, name) if code in value}, (me.name, name)
