"""The JSON side: the same verbs, the same grants."""

import pytest
from django.test import Client
from tests.support.browsers import signed_in

from qilian.core.values import clock
from qilian.core.who.people.api import Person

pytestmark = pytest.mark.django_db


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
    assert client.get("/api/v1/plans").json()[0]["versions"] == ["1"]
    assert client.get("/api/v1/plans/qinghai-2015/versions/1").json()["state"] == "published"
    assert client.get("/api/v1/plan/clauses/9").status_code == 404
    assert client.get("/api/v1/units/nobody").status_code == 404


def test_a_draft_by_the_interface(plan, cast, document, second):
    client = signed_in("publisher", "zh")
    made = post(client, "/api/v1/drafts", {"plan": "cold", "text": document})
    assert made.status_code == 201 and made.json()["plan"] == "cold"
    (item,) = made.json()["items"]
    url = f"/api/v1/drafts/{made.json()['code']}"
    assert post(client, f"{url}/publication", {}).status_code == 422
    settle = f"/api/v1/questions/{item['code']}/settlement"
    assert post(client, settle, {"verdict": "unit"}).status_code == 422
    settled = post(client, settle, {"verdict": "unit", "unit": "qh-fwyldxz"}).json()
    assert (settled["state"], settled["verdict"]) == ("settled", "unit")
    assert post(client, settle, {"verdict": "dismissed", "reason": "x"}).json()["code"] == "plan.item.settled"
    lines = {"clause": "1.1.1", "lead": "qh-swt", "support": "没有\n也没有"}
    assert len(post(client, f"{url}/correction", lines).json()["also"]) == 1, "each line that is no unit"
    roles = post(client, f"{url}/correction", {"clause": "1.1.1", "lead": "省商务厅"})
    assert roles.json()["clauses"]["1.1.1"] == ["lead:qh-swt"]
    published = post(client, f"{url}/publication", {"note": "一"}).json()
    assert (published["version"], published["state"]) == (1, "published")
    duty = {"clause": "1.1.1", "unit": "qh-tjj", "role": "support", "kind": "leader", "title": "批示"}
    assert post(client, "/api/v1/plans/cold/duty", {**duty, "decided_on": "2026-01-05"}).status_code == 200
    assert client.get("/api/v1/plans/cold/differences/1/1").json() == {
        "added": [],
        "removed": [],
        "changed": [],
        "same": 3,
    }


def test_suggestions_are_accepted_at_once(plan, cast):
    client = signed_in("planner", "zh")
    text = "一、任务\n1.办好。（牵头单位：省商务局；配合单位：省财政局）\n2.办好它。（牵头单位：不像任何单位的组）\n"
    made = post(client, "/api/v1/drafts", {"plan": "cold", "text": text}).json()
    url = f"/api/v1/drafts/{made['code']}/acceptance"
    offered = client.get(url).json()["properties"]["items"]["items"]["enum"]
    assert len(offered) == 2, "nothing looks like the third"
    done = post(client, url, {"items": offered})
    assert done.status_code == 200 and done.json()["clauses"]["1.1"] == ["lead:qh-swt", "support:qh-czt"]
    assert post(client, url, {"items": offered}).status_code == 422
    assert [each["state"] for each in done.json()["items"]] == ["settled", "settled", "open"]


def test_a_unit_is_entered_named_and_succeeded_by_programs(main_version, cast):
    Person.objects.get(login="planner").grants.create(actions=["units.edit"], valid_from=clock.today())
    client, url = signed_in("planner", "zh"), "/api/v1/unit-register"
    entry = {"zh": "省算力办", "en": "Computing Office", "kind": "body", "source": "编办发〔2026〕1号"}
    assert post(signed_in("reader", "zh"), url, entry).status_code == 403
    wrong = post(client, url, {**entry, "zh": "省商务厅", "full_zh": "省财政厅", "source": " "})
    assert wrong.status_code == 422
    assert post(client, url, {**entry, "zh": "省商务厅"}).json()["code"] == "units.name.taken"
    made = post(client, url, {**entry, "valid_from": "2026-01-01"}).json()
    assert made["name"] == {"zh": "省算力办", "en": "Computing Office"} and made["kind"] == "body"
    one = f"{url}/{made['slug']}"
    named = {"kind": "short", "zh": "省数据局", "valid_from": "2026-06-01", "source": "文"}
    assert post(client, f"{one}/naming", named).status_code == 200
    assert client.get(one).json()["name"]["zh"] == "省数据局"
    taken = {"successor": "qh-gxt", "on": "2026-09-01", "source": "文"}
    assert post(client, f"{one}/succession", taken).json()["valid_to"] == "2026-08-31"
    assert (
        post(
            client, f"{url}/qh-szzf/roster", {"members": "没有\n也没有", "valid_from": "2026-01-01", "source": "文"}
        ).status_code
        == 422
    )
    roster = {"members": "qh-swt", "valid_from": "2026-01-01", "source": "文"}
    assert post(client, f"{url}/qh-szzf/roster", roster).status_code == 200


def test_drafts_are_for_who_may_draft(draft, cast):
    item, url = draft.items.get(), f"/api/v1/drafts/{draft.code}"
    for client in (Client(), signed_in("reader", "zh")):
        assert client.get(url).status_code == 403
        assert client.get(f"/api/v1/questions/{item.code}").status_code == 403
    assert signed_in("planner", "zh").get(url).json()["items"][0]["kind"] == "unit"
    assert signed_in("planner", "zh").get("/api/v1/questions").json()[0]["code"] == item.code
    assert len(signed_in("planner", "zh").get("/api/v1/drafts").json()) == 1
    assert post(signed_in("planner", "zh"), f"{url}/publication", {}).status_code == 403
