"""Credit and persons of parties as JSON: the same verbs, tokens, one form of refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.engines.registry.credit.api import Decision, record_conduct
from qilian.engines.registry.parties.api import Party

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


def test_openapi_says_what_is_refused() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    ours = [place for place in paths if place.startswith((CREDIT, "/api/v1/contacts"))]
    assert len(ours) > 8
    for place in ours:
        for operation in paths[place].values():
            assert {"400", "401", "403", "404", "422"} <= set(operation["responses"]), place
            assert operation["summary"] and operation["description"]
