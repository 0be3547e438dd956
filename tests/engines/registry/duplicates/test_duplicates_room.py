"""Duplicates: found by the machine, merged or told apart by a person who sees what hangs on each record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db.models import ForeignKey
from django.test import Client
from tests.support.refusals import refused

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import events_of
from qilian.core.log.outbox.api import run_due
from qilian.engines.registry.contacts.api import Details, add_contact
from qilian.engines.registry.duplicates.api import Duplicate, dismiss, duplicates, merge
from qilian.engines.registry.parties.api import (
    Facts,
    Party,
    amend,
    dependants,
    facts_of,
    parties,
    party_by_code,
    party_by_uscc,
    party_ref,
    register_party,
    rename,
    reopen,
    search_parties,
)
from qilian.engines.registry.relations.api import relate, relations_of

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Somebody = Callable[..., Principal]
Browser = Callable[[Principal], Client]
JSON = "application/json"
OLD = "110108000000016"


def happened(party: Party) -> list[str]:
    return [event.type.removeprefix("registry.") for event in events_of(party_ref(party)).order_by("id")]


def test_duplicates_are_suggested_with_reasons_and_merged_by_a_person(firm: Firm, somebody: Somebody) -> None:
    kept = firm(1, "青海昆仑检测有限公司", address="昆仑东路1号")
    known = {"old_code": "110108000000016", "address": "昆仑东路1号", "region": "630102"}
    old = register_party(actor=SYSTEM, facts=Facts("enterprise", "青海昆仑检测有限责任公司", **known))
    firm(9, "西宁无关贸易有限公司")
    run_due()
    pair = duplicates().get()
    assert (pair.first, pair.second, pair.score) == (kept, old, 75)
    assert pair.reasons == [["core", 50], ["address", 25]]
    holder = firm(5)
    relate(actor=SYSTEM, holder=holder, held=old, kind="control", valid_from=date(2024, 1, 1), source="协议")
    clerk = somebody("clerk", "registry.register")
    assert refused(lambda: merge(actor=clerk, survivor=kept, other=old, reason="同一家")).code == "grants.denied"
    merge(actor=SYSTEM, survivor=kept, other=old, reason="同一家企业换发证照")
    assert not duplicates().exists() and Duplicate.objects.get(pk=pair.pk).state == "merged"
    assert party_by_code(old.code) == kept == party_by_uscc("110108000000016")
    assert list(search_parties("有限责任")) == [kept] and old not in parties()
    assert [row.held for row in relations_of(holder)] == [kept]
    old.refresh_from_db()
    for act in (
        lambda: reopen(actor=SYSTEM, party=old, reason="x"),
        lambda: rename(actor=SYSTEM, party=old, name="丙公司"),
        lambda: merge(actor=SYSTEM, survivor=kept, other=old, reason="x"),
    ):
        refusal = refused(act)
        assert refusal.code == "registry.party.merged" and "不能再办理，也不能拆回" in refusal.message.zh
    assert refused(lambda: merge(actor=SYSTEM, survivor=kept, other=kept, reason="x")).code == "registry.merge.same"
    assert happened(kept)[-1] == happened(old)[-1] == "party.merged"


def test_a_chain_of_mergers_leads_to_the_last_survivor(firm: Firm) -> None:
    a, b, c = firm(1), firm(2), firm(3)
    merge(actor=SYSTEM, survivor=b, other=a, reason="重复")
    merge(actor=SYSTEM, survivor=c, other=b, reason="重复")
    assert party_by_code(a.code) == party_by_code(b.code) == c
    refusal = refused(lambda: register_party(actor=SYSTEM, facts=Facts("", "丁公司", a.uscc)))
    assert refusal.code == "registry.code.merged" and c.name in refusal.message.zh


def test_a_pair_that_differs_is_not_suggested_again(firm: Firm) -> None:
    firm(1, "青海昆仑检测有限公司", address="昆仑东路1号")
    other = Facts("enterprise", "青海昆仑检测有限公司", old_code="110108000000016", region="630102")
    party = register_party(actor=SYSTEM, facts=other)
    run_due()
    dismiss(actor=SYSTEM, duplicate=duplicates().get(), reason="两家不同的企业")
    amend(actor=SYSTEM, party=party, facts=replace(facts_of(party), address="昆仑东路1号"))
    run_due()
    assert not duplicates().exists() and Duplicate.objects.get().state == "different"


@pytest.fixture
def pair(firm: Firm) -> Duplicate:
    """Two records of one firm: the second is older, with a relation and a person."""
    firm(1, "青海昆仑检测有限公司", address="昆仑路1号")
    known = {"old_code": OLD, "address": "昆仑路1号", "region": "630102"}
    old = register_party(actor=SYSTEM, facts=Facts("enterprise", "青海昆仑检测有限责任公司", **known))
    relate(actor=SYSTEM, holder=firm(5), held=old, kind="control", valid_from=date(2024, 1, 1), source="协议")
    for name in ("才让卓玛", "马占海"):
        add_contact(actor=SYSTEM, party=old, role="contact", details=Details(name))
    run_due()
    return duplicates().get()


def cells(page: str, title: str) -> list[str]:
    """The cells of the row of a table that begins with a title."""
    row = page.split(f">{title}<", 1)[1].split("</tr>", 1)[0]
    return [each.split(">")[-1].strip() for each in row.split("<") if each.split(">")[-1].strip()]


def test_who_decides_sees_both_records_their_differences_and_what_hangs_on_them(
    pair: Duplicate, official: Principal, browser: Browser
) -> None:
    client, address = browser(official), f"/duplicates/{pair.code}/"
    assert f"/duplicates/{pair.code}/" in client.get("/duplicates/").content.decode()
    assert "疑似重复（1）" in client.get("/parties/").content.decode()
    for page in (address, f"{address}merger/", f"{address}difference/"):
        shown = client.get(page).content.decode()
        assert "青海昆仑检测有限公司 与 青海昆仑检测有限责任公司" in shown.split("</h1>")[0], "its title is both names"
        assert f"/parties/{pair.first.code}/" in shown and f"/parties/{pair.second.code}/" in shown
        assert cells(shown, "名称")[-1] == "不同" and cells(shown, "旧代码")[-1] == "仅一方有"
        assert cells(shown, "住所") == ["昆仑路1号", "昆仑路1号", "—"]
        hanging = shown.split("关联的数据", 1)[1]
        assert cells(hanging, "联系人") == ["0", "2", "转到保留的记录"]
        assert cells(hanging, "关联关系") == ["0", "1", "转到保留的记录"]
    assert "合并后不能拆回" in client.get(f"{address}merger/").content.decode()
    told = client.get(f"/api/v1{address[:-1]}").json()
    assert {"name", "uscc", "old_code"} <= set(told["differing"]) and "address" not in told["differing"]
    assert [each["second"] for each in told["dependants"] if each["what"]["zh"] == "联系人"] == [2]


def test_a_pair_is_merged_on_its_page(pair: Duplicate, official: Principal, browser: Browser) -> None:
    client, address = browser(official), f"/duplicates/{pair.code}/"
    kept, gone = pair.first, pair.second
    assert f"{kept.name}（{kept.uscc}）" in client.get(f"{address}merger/").content.decode()
    assert client.post(f"{address}merger/", {"survivor": "first", "reason": ""}).status_code == 422
    assert client.post(f"{address}merger/", {"survivor": "third", "reason": "同一家"}).status_code == 422
    answer = client.post(f"{address}merger/", {"survivor": "first", "reason": "同一家"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    shown = client.get(address).content.decode()
    assert "已合并" in shown and "同一家" in shown and f"{address}merger/" not in shown
    leads = client.get(f"/parties/{gone.code}/")
    assert (leads.status_code, leads["Location"]) == (302, f"/parties/{kept.code}/")
    told = client.post(f"/api/v1{address}difference", {"reason": "两家"}, JSON)
    assert (told.status_code, told.json()["code"]) == (422, "registry.duplicate.decided")


def test_a_pair_is_told_apart_by_programs(pair: Duplicate, official: Principal, browser: Browser) -> None:
    client, address = browser(official), f"/api/v1/duplicates/{pair.code}"
    assert [each["code"] for each in client.get("/api/v1/duplicates").json()] == [pair.code]
    assert client.post(f"{address}/difference", {"reason": "两家"}, JSON).json()["state"] == "different"
    assert client.get("/api/v1/duplicates").json() == []
    pair.refresh_from_db()
    assert (pair.state, pair.decision) == ("different", "两家")


def test_who_may_not_merge_sees_no_pair(pair: Duplicate, somebody: Somebody, browser: Browser) -> None:
    elsewhere = browser(somebody("eve", "registry.merge", region="632800"))
    for client in (Client(), browser(somebody("ada")), elsewhere):
        assert client.get(f"/duplicates/{pair.code}/").status_code == 404
        assert client.get(f"/api/v1/duplicates/{pair.code}").status_code == 404
        assert client.post(f"/duplicates/{pair.code}/merger/", {"survivor": "first", "reason": "x"}).status_code == 403
    assert Client().get("/duplicates/").status_code == 403 and Client().get("/api/v1/duplicates").json() == []
    assert Duplicate.objects.get().state == "open"


def test_every_table_that_names_a_party_says_that_it_hangs_on_it() -> None:
    """A new one with a key to a party is told of here, or nobody knows of it before a merger."""
    told = {(each.model, name) for each in dependants() for name in each.fields}
    keys = {(each.related_model, each.field.name) for each in Party._meta.related_objects}
    assert keys and all(isinstance(model._meta.get_field(name), ForeignKey) for model, name in keys)
    assert keys - told == set()


def test_pairs_of_a_party_that_took_another_are_looked_for_again(pair: Duplicate, firm: Firm) -> None:
    other, third = (
        register_party(actor=SYSTEM, facts=Facts("enterprise", "西宁雪莲物流有限公司", old_code=code, region="630102"))
        for code in ("320300000174110", "D2143569X")
    )
    run_due()
    assert {(each.first, each.second) for each in duplicates()} == {(pair.first, pair.second), (other, third)}
    merge(actor=SYSTEM, survivor=pair.first, other=other, reason="更名后重复登记")
    run_due()
    assert {(each.first, each.second) for each in duplicates()} == {(pair.first, pair.second), (pair.first, third)}
