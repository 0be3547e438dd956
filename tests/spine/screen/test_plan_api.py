"""The JSON side: the same verbs, the same grants."""

import pytest
from django.test import Client

from qilian.core.who.people.api import Person

pytestmark = pytest.mark.django_db


def signed_in(login):
    client = Client(headers={"accept-language": "zh"})
    client.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client, url, data, method="post"):
    return getattr(client, method)(url, data, content_type="application/json")


def test_everyone_reads(main_version):
    client = Client()
    plan = client.get("/api/v1/plan").json()
    assert plan["totals"] == {
        "clauses": 60, "duties": 203, "lead": 76, "support": 127, "responsible": 0, "units": 34, "systems": 139,
    }  # fmt: skip
    assert len(plan["sections"]) == 17
    assert len(client.get("/api/v1/plan/clauses").json()) == 60
    clause = client.get("/api/v1/plan/clauses/2.7.2").json()
    assert clause["words"] == "" and clause["summary"]["en"]
    assert clause["duties"][0] | {"successors": None} == {
        "unit": "qh-zjj", "name": {"zh": "省质监局", "en": clause["duties"][0]["name"]["en"]}, "raw": "省质监局",
        "role": "lead", "origin": "explicit", "decision": "", "successors": None,
    }  # fmt: skip
    units = client.get("/api/v1/units").json()
    assert len(units) == 34 and sum(unit["lead"] for unit in units) == 76
    assert len(client.get("/api/v1/units/qh-jxw").json()["duties"]) == 31
    assert client.get("/api/v1/plans").json()[0]["versions"] == [1]
    assert client.get("/api/v1/plans/qinghai-2015/versions/1").json()["state"] == "published"
    assert client.get("/api/v1/plan/clauses/9").status_code == 404
    assert client.get("/api/v1/units/nobody").status_code == 404


def test_a_draft_by_the_interface(plan, cast, document, second):
    client = signed_in("publisher")
    made = post(client, "/api/v1/plans/cold/drafts", {"text": document})
    assert made.status_code == 201
    (item,) = made.json()["items"]
    url = "/api/v1/plans/cold/drafts/1"
    assert post(client, f"{url}/publication", {}).status_code == 422
    settle = f"{url}/items/{item['code']}/settlement"
    assert post(client, settle, {"verdict": "unit"}).status_code == 422
    assert post(client, settle, {"verdict": "unit", "unit": "qh-fwyldxz"}).json()["state"] == "settled"
    roles = post(client, f"{url}/clauses/1.1.1/duties", {"lead": ["qh-swt"]}, "put")
    assert roles.json()["clauses"]["1.1.1"] == ["lead:qh-swt"]
    assert post(client, f"{url}/publication", {"note": "一"}).json()["number"] == 1
    duty = {"unit": "qh-tjj", "role": "support", "kind": "leader", "title": "批示", "decided_on": "2026-01-05"}
    assert post(client, "/api/v1/plans/cold/clauses/1.1.1/duties", duty).status_code == 201
    assert client.get("/api/v1/plans/cold/differences/1/1").json() == {
        "added": [],
        "removed": [],
        "changed": [],
        "same": 3,
    }


def test_drafts_are_for_who_may_draft(draft, cast):
    for client in (Client(), signed_in("reader")):
        assert client.get("/api/v1/plans/cold/drafts/1").status_code == 403
    assert signed_in("planner").get("/api/v1/plans/cold/drafts/1").json()["items"][0]["kind"] == "unit"
    assert post(signed_in("planner"), "/api/v1/plans/cold/drafts/1/publication", {}).status_code == 403
