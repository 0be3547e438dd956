"""Credit and persons of parties as JSON: the same verbs, tokens, one form of refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.engines.registry.credit.api import Decision, record_conduct
from qilian.engines.registry.parties.api import Contact, Details, Party, add_contact, contacts_of, register_citizen

pytestmark = pytest.mark.django_db
JSON = "application/json"
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
Browser = Callable[[Principal], Client]
CREDIT = "/api/v1/credit-records"


def program(actor: Principal, *actions: str, writes: bool = True) -> Client:
    """A program with a token of a person, narrowed to actions: no cookie, no CSRF token."""
    until = clock.now() + timedelta(days=1)
    _, text = make_token(actor=actor, name="程序", actions=actions, writes=writes, until=until)
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {text}"})


def problem(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_credit_by_tokens(firm: Firm, somebody: Somebody) -> None:
    party, officer, judge = (
        firm(1),
        somebody("officer", "credit.record", "credit.apply"),
        somebody("judge", "credit.decide", "credit.record"),
    )
    day = clock.today() - timedelta(days=100)
    decision = {
        "party": party.uscc,
        "document": "罚〔2026〕1 号",
        "authority": "监管局",
        "conduct": "行为",
        "decided_on": str(day),
        "severity": "ordinary",
    }
    writes, reads = program(officer, "credit.record", "credit.apply"), program(officer, "credit.record", writes=False)
    narrow = program(judge, "credit.decide")
    assert problem(reads.post(CREDIT, decision, JSON)) == (403, "tokens.reading")
    assert problem(narrow.post(CREDIT, decision, JSON)) == (403, "grants.denied")
    assert problem(Client().post(CREDIT, decision, JSON)) == (403, "grants.denied")
    assert problem(writes.post(CREDIT, {**decision, "severity": "x"}, JSON)) == (422, "forms.choice")
    assert problem(writes.post(CREDIT, {**decision, "party": "x"}, JSON)) == (422, "forms.unregistered")
    assert problem(writes.post(CREDIT, {**decision, "decided_on": "soon"}, JSON)) == (422, "forms.date")
    made = writes.post(CREDIT, {**decision, "party": party.code}, JSON)
    assert made.status_code == 201 and made.json()["missing"] == ["corrected", "pledge"]
    base = f"{CREDIT}/{made.json()['code']}"
    repair = {"pledge": "承诺", "evidence": "材料"}
    assert problem(writes.post(f"{base}/repair", repair, JSON)) == (422, "registry.credit.conditions")
    assert writes.post(f"{base}/correction", {"evidence": "收据"}, JSON).json()["corrected_on"] == str(clock.today())
    assert writes.post(f"{base}/repair", repair, JSON).json()["repair"][0]["state"] == "asked"
    assert Client().get(base).json()["repair"] == [] and Client().get(base).json()["missing"] == []
    verdict = {"decision": "granted", "answer": "满足"}
    assert problem(writes.post(f"{base}/decision", verdict, JSON)) == (403, "grants.denied")
    assert narrow.post(f"{base}/decision", verdict, JSON).json()["state"] == "repaired"
    assert problem(Client().get(base)) == (404, "registry.credit.unknown")
    assert reads.get(base).json()["repair"][0]["state"] == "granted"
    assert problem(writes.post(f"{base}/annulment", {"reason": "x"}, JSON)) == (422, "registry.credit.state")


def test_credit_is_read_page_by_page(firm: Firm, somebody: Somebody) -> None:
    party, other, officer = firm(1), firm(2), somebody("officer", "credit.record")
    today = clock.today()
    for number in range(203):
        decision = Decision(f"doc {number}", "a", "c", today - timedelta(days=number % 3), "ordinary")
        record_conduct(actor=officer, party=party if number else other, decision=decision)
    record_conduct(actor=officer, party=party, decision=Decision("minor", "a", "c", today, "minor"))
    public = Client()
    first = public.get(CREDIT)
    assert first["Link"] == f'<{CREDIT}?offset=200>; rel="next"'
    second = public.get(CREDIT, {"offset": 200})
    assert len(first.json()) == 200 and len(second.json()) == 3 and "Link" not in second
    documents = [item["document"] for item in first.json() + second.json()]
    assert len(set(documents)) == 203 and "minor" not in documents
    assert [item["party"] for item in public.get(CREDIT, {"party": other.code}).json()] == [other.code]
    assert public.get(CREDIT, {"every": "yes"}).json() == first.json(), "visitors have no such filter"
    assert program(officer, "credit.record").get(CREDIT, {"every": "yes"}).json()[0]["document"] == "minor"


def test_persons_of_a_party_stay_masked_and_end(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, registrar = firm(1), browser(official)
    base = f"/api/v1/parties/{party.code}/contacts"
    person = {"role": "contact", "name": "李春晓", "phone": "13897654321"}
    assert problem(Client().get(base)) == (403, "grants.denied")
    assert problem(Client().post(base, person, JSON)) == (403, "grants.denied")
    assert problem(registrar.post(base, {**person, "role": "self"}, JSON)) == (422, "registry.contact.role")
    made = registrar.post(base, person, JSON)
    assert made.status_code == 201 and "春晓" not in made.content.decode() and "97654" not in made.content.decode()
    end = f"/api/v1/parties/contacts/{made.json()['code']}/end"
    assert problem(browser(somebody("nobody")).post(end)) == (404, "registry.contact.unknown")
    before = written().count()
    assert registrar.post(end).json()["ended_on"] == str(clock.today()) and written().count() == before + 1
    assert problem(registrar.post(end)) == (422, "registry.contact.ended")
    assert [row["ended_on"] for row in registrar.get(base).json()] == [str(clock.today())]
    hidden = register_citizen(actor=official, details=Details("李春晓", identity="11010519491231002X"))
    assert problem(Client().get(f"/api/v1/parties/{hidden.code}/contacts")) == (404, "registry.party.unknown")


def test_a_contact_is_ended_on_the_page(firm: Firm, official: Principal, somebody: Somebody, browser: Browser) -> None:
    party, registrar = firm(1), browser(official)
    row: Contact = add_contact(actor=SYSTEM, party=party, role="contact", details=Details("李春晓", "13897654321"))
    page = f"/parties/{party.code}/"
    end = f"/parties/contacts/{row.code}/end"
    shown = registrar.get(page).content.decode()
    assert end in shown and "138****4321" in shown and "李春晓" not in shown
    assert "停用联系人" in registrar.get(end).content.decode()
    assert browser(somebody("nobody")).get(end).status_code == 404
    assert registrar.post(end)["Location"] == f"{page}#contacts"
    assert registrar.post(end).status_code == 422 and end not in registrar.get(page).content.decode()
    assert contacts_of(party).count() == 0, "a connection without a principal reads no person"


def test_openapi_says_what_is_refused() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    ours = [place for place in paths if place.startswith(CREDIT) or "contacts" in place]
    assert len(ours) == 8
    for place in ours:
        for operation in paths[place].values():
            assert {"400", "401", "403", "404", "422"} <= set(operation["responses"]), place
            assert operation["summary"] and operation["description"]
