"""Relations through verbs, pages and programs: who holds whom, who stands behind, and until when."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.support.refusals import refused

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import events_of
from qilian.engines.registry.contacts.api import Details, register_citizen
from qilian.engines.registry.parties.api import Party, party_ref
from qilian.engines.registry.relations.api import (
    PartyRelation,
    beneficial_owners_of,
    end_relation,
    relate,
    relations_of,
)

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Browser = Callable[[Principal], Client]
JSON = "application/json"


def happened(party: Party) -> list[str]:
    return [event.type.removeprefix("registry.") for event in events_of(party_ref(party)).order_by("id")]


def test_relations_controllers_and_their_end(firm: Firm) -> None:
    top, middle, target = firm(1), firm(2), firm(3)
    day = date(2024, 1, 1)

    def holds(holder: Party, held: Party, share: str) -> PartyRelation:
        known = {"kind": "share", "share": Decimal(share), "valid_from": day, "source": "章程"}
        return relate(actor=SYSTEM, holder=holder, held=held, **known)

    holds(top, middle, "0.6")
    relation = holds(middle, target, "0.9")
    assert refused(lambda: holds(top, target, "0.2")).code == "registry.relation.over"
    found = beneficial_owners_of(target, on=date(2024, 6, 1))
    assert found.controllers == (top.code,) and dict(found.shares) == {top.code: Decimal("0.54000000")}
    assert beneficial_owners_of(target, on=date(2023, 6, 1)).controllers == ()
    end_relation(actor=SYSTEM, relation=relation, on=date(2024, 12, 31))
    assert beneficial_owners_of(target, on=date(2025, 1, 1)).controllers == ()
    late = refused(lambda: end_relation(actor=SYSTEM, relation=relation, on=date(2025, 1, 1)))
    assert late.code == "registry.relation.ended"
    assert [row.kind for row in relations_of(middle)] == ["share", "share"]
    assert happened(target)[-2:] == ["relation.begun", "relation.ended"]


def test_a_relation_is_added_and_ended_in_the_browser(firm: Firm, official: Principal, browser: Browser) -> None:
    client, held, holder = browser(official), firm(1), firm(2, "青海控股集团有限公司")
    page = client.get(f"/parties/{held.code}/").content.decode()
    assert f"/relations/relation/?held={held.code}" in page
    sent = {"holder": holder.uscc, "held": held.code, "kind": "share", "share": "66.7"}
    sent |= {"valid_from": "2024-01-01", "source": "章程"}
    assert client.post("/relations/relation/", sent).status_code == 302
    relation = PartyRelation.objects.get()
    assert relation.share == Decimal("0.667")
    page = client.get(f"/parties/{held.code}/").content.decode()
    assert "66.7%" in page and "实际控制人" in page and "青海控股集团有限公司" in page
    again = client.post("/relations/relation/", sent)
    assert again.status_code == 422 and "已经登记了同样的关系" in again.content.decode()
    one = f"/relations/{relation.code}/"
    shown = client.get(one).content.decode()
    assert "青海控股集团有限公司 出资" in shown and "建立关系" in shown and f"{one}ending/" in shown
    assert "建立关系" not in Client().get(one).content.decode(), "what happened is for those who see all of the party"
    assert client.post(f"{one}ending/", {"on": "2024-06-30"})["Location"] == one
    relation.refresh_from_db()
    page = client.get(f"/parties/{held.code}/").content.decode()
    assert relation.valid_to == date(2024, 6, 30) and "实际控制人" not in page


def test_programs_read_and_add_relations(firm: Firm, official: Principal, browser: Browser) -> None:
    held, holder, other, client = firm(1), firm(2), firm(3), browser(official)
    sent = {"holder": holder.code, "held": held.uscc, "kind": "control", "valid_from": "2024-01-01", "source": "协议"}
    assert Client().post("/api/v1/relations", sent, JSON).status_code == 403
    wrong = client.post("/api/v1/relations", {**sent, "holder": "nobody", "kind": "friend", "valid_from": ""}, JSON)
    assert {each["where"] for each in [wrong.json(), *wrong.json()["also"]]} == {"holder", "kind", "valid_from"}
    made = client.post("/api/v1/relations", sent, JSON)
    assert made.status_code == 201
    assert made.json()["holder"] == holder.code and made.json()["held"] == held.code and made.json()["share"] is None
    found = Client().get("/api/v1/relations", {"party": holder.code}).json()
    assert [each["code"] for each in found] == [made.json()["code"]]
    assert Client().get("/api/v1/relations", {"party": other.code}).json() == []
    over = client.post(f"/api/v1/relations/{made.json()['code']}/ending", {"on": "2023-12-31"}, JSON)
    assert (over.status_code, over.json()["code"]) == (422, "registry.relation.term")


def test_a_person_who_holds_is_told_masked_and_not_linked(firm: Firm, official: Principal) -> None:
    person = register_citizen(actor=official, details=Details("李春晓", identity="11010519491231002X"))
    held = firm(1)
    known = {"kind": "control", "valid_from": date(2024, 1, 1), "source": "协议"}
    relate(actor=SYSTEM, holder=person, held=held, **known)
    shown = Client().get("/relations/").content.decode()
    assert "李**" in shown and "李春晓" not in shown and person.code not in shown and held.code in shown
