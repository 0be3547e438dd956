"""Claims, mandates and invitations as JSON: the same verbs, tokens, one form of refusal."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.api import approve_claim, start_claim

pytestmark = pytest.mark.django_db
JSON, BASE = "application/json", "/api/v1/representation"
PAPER = {"name": "licence.pdf", "content": base64.b64encode(b"%PDF-1.7\ntrailer\n%%EOF\n").decode()}
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
Browser = Callable[[Principal], Client]


def program(actor: Principal, *actions: str) -> Client:
    """A program with a token of a person, narrowed to actions: no cookie, no CSRF token."""
    until = clock.now() + timedelta(days=1)
    _, text = make_token(actor=actor, name="程序", actions=actions, writes=True, until=until)
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {text}"})


def problem(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def acting_for(actor: Principal, party: Party, official: Principal, client: Client) -> Principal:
    """Let a person act for a party as its legal representative."""
    claim = start_claim(actor=actor, party=party)
    base = f"{BASE}/claims/{claim.code}"
    for noun, body in (("role", {"role": "legal"}), ("evidence", {"upload": PAPER}), ("submission", {})):
        assert client.post(f"{base}/{noun}", body, JSON).status_code == 200
    approve_claim(actor=official, claim=claim)
    return principal_of(Person.objects.get(pk=actor.person))


def test_a_claim_from_start_to_review(firm: Firm, somebody: Somebody, official: Principal, browser: Browser) -> None:
    party, ada, bob = firm(1), somebody("ada"), somebody("bob")
    mine, theirs, reviewer = browser(ada), browser(bob), browser(official)
    assert problem(Client().post(f"{BASE}/claims", {"party": party.uscc}, JSON)) == (403, "grants.denied")
    assert problem(mine.post(f"{BASE}/claims", {"party": "9"}, JSON)) == (422, "forms.unregistered")
    made = mine.post(f"{BASE}/claims", {"party": party.uscc}, JSON)
    assert made.status_code == 201 and made.json()["state"] == "draft"
    base = f"{BASE}/claims/{made.json()['code']}"
    assert problem(theirs.get(base)) == (404, "registry.claim.unknown")
    assert problem(theirs.post(f"{base}/role", {"role": "legal"}, JSON)) == (404, "registry.claim.unknown")
    assert problem(reviewer.post(f"{base}/role", {"role": "legal"}, JSON)) == (403, "grants.denied")
    assert problem(mine.post(f"{base}/role", {"role": "king"}, JSON)) == (422, "forms.choice")
    assert mine.post(f"{base}/role", {"role": "legal"}, JSON).json()["role"] == "legal"
    assert problem(mine.post(f"{base}/submission", {}, JSON)) == (422, "registry.claim.evidence")
    use = mine.post(f"{base}/evidence", {"upload": PAPER}, JSON).json()["evidence"][0]
    assert use["name"] == "licence.pdf"
    assert mine.post(f"{base}/removal", {"code": use["code"]}, JSON).json()["evidence"] == []
    mine.post(f"{base}/evidence", {"upload": PAPER}, JSON)
    assert mine.post(f"{base}/submission", {}, JSON).json()["state"] == "submitted"
    waiting = {"state": "submitted"}
    assert theirs.get(f"{BASE}/claims", waiting).json() == []
    assert [row["person"] for row in reviewer.get(f"{BASE}/claims", waiting).json()] == ["ada某"]
    assert problem(mine.post(f"{base}/approval", {}, JSON)) == (403, "grants.denied")
    assert problem(reviewer.post(f"{base}/return", {}, JSON)) == (422, "forms.required")
    assert reviewer.post(f"{base}/return", {"reason": "缺页"}, JSON).json()["state"] == "returned"
    mine.post(f"{base}/submission", {}, JSON)
    assert reviewer.post(f"{base}/refusal", {"reason": "不符"}, JSON).json()["state"] == "refused"
    assert problem(mine.post(f"{base}/withdrawal", {}, JSON)) == (422, "registry.claim.state")
    again = mine.post(f"{BASE}/claims", {"party": party.uscc}, JSON).json()["code"]
    assert mine.post(f"{BASE}/claims/{again}/withdrawal", {}, JSON).json()["state"] == "withdrawn"
    assert [row["state"] for row in mine.get(f"{BASE}/claims").json()] == ["withdrawn", "refused"]


def test_mandates_are_offered_accepted_and_revoked(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    party, ada, bob = firm(1), somebody("ada"), somebody("bob")
    ada = acting_for(ada, party, official, browser(ada))
    boss, operator, base = program(ada, "parties.act"), browser(bob), f"{BASE}/parties/{party.code}"
    today = clock.today()
    term = {"login": "bob", "valid_to": str(today + timedelta(days=30)), "note": "投标"}
    assert problem(program(ada).post(f"{base}/invitation", term, JSON)) == (403, "tokens.parties")
    assert problem(operator.get(base)) == (403, "registry.party.stranger")
    assert problem(operator.post(f"{base}/invitation", term, JSON)) == (403, "grants.denied")
    past = {**term, "valid_to": str(today - timedelta(days=1))}
    assert problem(boss.post(f"{base}/invitation", past, JSON)) == (422, "registry.mandate.reversed")
    asked = boss.post(f"{base}/invitation", term, JSON)
    unknown = boss.post(f"{base}/invitation", {**term, "login": "nobody"}, JSON)
    assert (asked.status_code, unknown.status_code) == (201, 201)
    own = {"code": "", "made_at": "", "login": ""}
    assert {**asked.json(), **own} == {**unknown.json(), **own}, "no word on who has an account"
    [waiting] = operator.get(f"{BASE}/invitations").json()
    acceptance = f"{BASE}/invitations/{waiting['code']}/acceptance"
    assert waiting["giver"] == "ada某" and problem(boss.post(acceptance, {}, JSON)) == (403, "grants.denied")
    given = operator.post(acceptance, {}, JSON)
    assert given.status_code == 201 and given.json()["runs"] is True
    assert problem(operator.post(f"{base}/invitation", {**term, "login": "eve"}, JSON)) == (403, "grants.denied")
    assert [row["party"] for row in operator.get(f"{BASE}/mandates").json()] == [party.code]
    assert [row["name"] for row in operator.get(f"{BASE}/parties").json()] == [party.name]
    seen = operator.get(base).json()
    assert [row["role"] for row in seen["mandates"]] == ["operator", "legal"]
    assert [row["login"] for row in seen["invitations"]] == ["nobody"]
    revocation = f"{BASE}/mandates/{given.json()['code']}/revocation"
    assert problem(Client().post(revocation, {"reason": "x"}, JSON)) == (403, "grants.denied")
    assert problem(boss.post(revocation, {"reason": " "}, JSON)) == (422, "forms.required")
    assert boss.post(revocation, {"reason": "离职"}, JSON).json()["runs"] is False
    assert problem(boss.post(f"{BASE}/mandates/none/revocation", {"reason": "x"}, JSON))[0] == 404


def test_a_person_registers_himself(somebody: Somebody, browser: Browser) -> None:
    client, person = browser(somebody("ada")), {"name": "李春晓", "identity": "11010519491231002X", "region": "630102"}
    wrong = client.post(f"{BASE}/mandates", {"identity": "1", "region": "x"}, JSON)
    assert wrong.status_code == 422 and [wrong.json()["where"], *(each["where"] for each in wrong.json()["also"])] == [
        "name",
        "region",
    ]
    made = client.post(f"{BASE}/mandates", person, JSON)
    assert made.status_code == 201 and made.json()["role"] == "self" and made.json()["name"] == "李**"
    assert problem(client.post(f"{BASE}/mandates", person, JSON)) == (422, "registry.self.twice")


def test_a_token_that_was_not_told_binds_and_frees_nobody(
    firm: Firm, somebody: Somebody, official: Principal, browser: Browser
) -> None:
    """Whoever finds a token that only reads lists takes no mandate away, accepts none, and claims no firm by it."""
    party, other, ada, bob = firm(1), firm(2), somebody("ada"), somebody("bob")
    ada = acting_for(ada, party, official, browser(ada))
    term = {"login": "bob", "valid_to": str(clock.today() + timedelta(days=30))}
    invited = browser(ada).post(f"{BASE}/parties/{party.code}/invitation", term, JSON).json()
    invitation = f"{BASE}/invitations/{invited['code']}"
    me = {"name": "李春晓", "identity": "11010519491231002X", "region": "630102"}
    found = program(bob)
    for address, body in (
        (f"{invitation}/acceptance", {}),
        (f"{invitation}/refusal", {}),
        (f"{BASE}/claims", {"party": other.uscc}),
        (f"{BASE}/mandates", me),
    ):
        assert problem(found.post(address, body, JSON)) == (403, "tokens.oneself"), address
    told = program(bob, "own.act")
    mandate = told.post(f"{invitation}/acceptance", {}, JSON).json()["code"]
    revocation = f"{BASE}/mandates/{mandate}/revocation"
    for client in (program(ada), program(ada, "own.act"), found):
        assert client.post(revocation, {"reason": "x"}, JSON).status_code == 403
    assert program(ada, "parties.act").post(revocation, {"reason": "离职"}, JSON).json()["runs"] is False
