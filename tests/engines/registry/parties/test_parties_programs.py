"""Parties as JSON: public facts for everyone, the verbs for who may, one form of refusal."""

from collections.abc import Callable

import pytest
from django.test import Client

from qilian.core.house.principal import Principal
from qilian.engines.registry.contacts.api import Details, register_citizen
from qilian.engines.registry.parties.api import Party

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_everybody_searches_and_reads(firm: Callable[..., Party], official: Principal) -> None:
    rows = [firm(number) for number in range(3)]
    hidden = register_citizen(actor=official, details=Details("李春晓", identity="11010519491231002X"))
    client = Client()
    found = client.get("/api/v1/parties", {"q": "检测"}).json()
    assert [item["code"] for item in found] == [row.code for row in rows]
    behind = client.get("/api/v1/parties", {"offset": "2"}).json()
    assert [item["uscc"] for item in behind] == [rows[2].uscc]
    assert client.get(f"/api/v1/parties/{rows[0].code}").json()["status"] == "active"
    assert client.get(f"/api/v1/parties/{hidden.code}").status_code == 404
    assert client.get("/api/v1/parties/nobody").json()["code"] == "registry.party.unknown"


def test_verbs_by_right(official: Principal, browser: Callable[..., Client], uscc: Callable[..., str]) -> None:
    client, facts = browser(official), {"name": "青海昆仑检测有限公司", "uscc": uscc(1), "region": "630102"}
    assert Client().post("/api/v1/parties", facts, JSON).status_code == 403
    wrong = client.post("/api/v1/parties", {**facts, "name": "青海 昆仑"}, JSON)
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["where"]) == (422, "registry.name.space", "name")
    made = client.post("/api/v1/parties", facts, JSON)
    assert made.status_code == 201 and made.json()["kind"] == "enterprise"
    base = f"/api/v1/parties/{made.json()['code']}"
    known = {name: value for name, value in facts.items() if name != "name"}
    changed = client.post(f"{base}/amendment", {**known, "kind": "enterprise", "industry": "7452"}, JSON)
    assert changed.json()["industry"] == "7452"
    assert (
        client.post(f"{base}/name", {"name": "青海玉珠峰检测有限公司"}, JSON).json()["name"] == "青海玉珠峰检测有限公司"
    )
    for step, status in (("suspension", "suspended"), ("closing", "closed"), ("reopening", "active")):
        assert client.post(f"{base}/{step}", {"reason": "试"}, JSON).json()["status"] == status
    assert client.post(f"{base}/reopening", {"reason": "试"}, JSON).json()["code"] == "registry.party.state"
