"""The persons of parties: sealed, masked, ended and never deleted; natural persons as parties."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.support.refusals import refused

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.engines.registry.contacts.api import Details, add_contact, contacts_of, register_citizen
from qilian.engines.registry.parties.api import Party, search_parties

pytestmark = pytest.mark.django_db
JSON = "application/json"
NUMBER = "11010519491231002X"
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
Browser = Callable[[Principal], Client]


def problem(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_persons_of_a_party_stay_masked_and_end(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, registrar, base = firm(1), browser(official), "/api/v1/contacts"
    person = {"party": party.code, "role": "contact", "name": "李春晓", "phone": "13897654321"}
    assert Client().get(base).json() == []
    assert problem(Client().post(base, person, JSON)) == (403, "grants.denied")
    assert problem(registrar.post(base, {**person, "role": "self"}, JSON)) == (422, "forms.choice")
    made = registrar.post(base, person, JSON)
    assert made.status_code == 201 and "春晓" not in made.content.decode() and "97654" not in made.content.decode()
    one = f"{base}/{made.json()['code']}"
    assert problem(browser(somebody("nobody")).post(f"{one}/ending", {}, JSON)) == (404, "registry.contact.unknown")
    before = written().count()
    assert registrar.post(f"{one}/ending", {}, JSON).json()["ended_on"] == str(clock.today())
    assert written().count() == before + 1
    assert problem(registrar.post(f"{one}/ending", {}, JSON)) == (422, "registry.contact.ended")
    assert [row["ended_on"] for row in registrar.get(base).json()] == [str(clock.today())]
    assert Client().get(base).json() == [] and problem(Client().get(one)) == (404, "registry.contact.unknown")


def test_a_contact_is_added_and_ended_on_pages(
    firm: Firm, official: Principal, somebody: Somebody, browser: Browser
) -> None:
    party, registrar = firm(1), browser(official)
    page, way = f"/parties/{party.code}/", f"/contacts/contact/?party={party.code}"
    assert way in registrar.get(page).content.decode() and way not in Client().get(page).content.decode()
    assert party.code in registrar.get(way).content.decode()
    sent = {"party": party.code, "role": "legal", "name": "李春晓", "phone": "13897654321"}
    assert registrar.post("/contacts/contact/", sent).status_code == 302
    shown = registrar.get(page).content.decode()
    assert "138****4321" in shown and "李春晓" not in shown and "/privacy/" in shown
    code = registrar.get("/api/v1/contacts").json()[0]["code"]
    one = f"/contacts/{code}/"
    shown = registrar.get(one).content.decode()
    assert f"{one}ending/" in shown and "登记联系人" in shown and "李春晓" not in shown
    assert "停用联系人" in registrar.get(f"{one}ending/").content.decode()
    assert browser(somebody("nobody")).get(f"{one}ending/").status_code == 404
    assert registrar.post(f"{one}ending/")["Location"] == one
    assert registrar.post(f"{one}ending/").status_code == 422
    assert f"{one}ending/" not in registrar.get(one).content.decode()
    assert contacts_of(party).count() == 0, "a connection without a principal reads no person"


def test_who_acts_for_a_party_writes_its_persons_down(firm: Firm, somebody: Somebody) -> None:
    party, other = firm(1), firm(2)
    boss = Principal("person", person=somebody("ada").person, code="a", parties=(party.code,))
    assert add_contact(actor=boss, party=party, role="contact", details=Details("马占海")).role == "contact"
    denied = refused(lambda: add_contact(actor=boss, party=other, role="contact", details=Details("马占海")))
    assert denied.code == "grants.denied"
    wrong = refused(lambda: add_contact(actor=SYSTEM, party=other, role="friend", details=Details("马占海")))
    assert wrong.code == "registry.contact.role"


def test_a_natural_person_is_registered_masked_and_once(
    official: Principal, somebody: Somebody, browser: Browser
) -> None:
    client, sent = browser(official), {"name": "李春晓", "identity": NUMBER, "region": "城东区"}
    assert Client().get("/contacts/citizen/").status_code == 403
    assert "登记自然人" in client.get("/contacts/citizen/").content.decode()
    wrong = client.post("/contacts/citizen/", {**sent, "identity": "110105194912310021"})
    assert wrong.status_code == 422 and "公民身份号码不对" in wrong.content.decode()
    answer = client.post("/contacts/citizen/", sent)
    party = Party.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/parties/{party.code}/")
    assert (party.kind, party.name, party.region, party.uscc, party.old_code) == ("citizen", "李**", "630102", "", "")
    assert not search_parties("春晓").exists()
    shown = client.get(f"/parties/{party.code}/").content.decode()
    assert "李春晓" not in shown and NUMBER not in shown and "停用联系人" not in shown
    again = client.post("/api/v1/contacts/citizen", sent, JSON)
    assert problem(again) == (422, "registry.identity.taken") and NUMBER not in again.content.decode()
    other = client.post("/api/v1/contacts/citizen", {**sent, "identity": "440524188001010014"}, JSON)
    assert other.status_code == 200 and [each["name"] for each in other.json()] == ["李**"]
    assert refused(lambda: register_citizen(actor=somebody("ada"), details=Details("张三", identity=NUMBER))).code == (
        "grants.denied"
    )
