"""Directories in the database: verbs, refusals that change nothing, numbers, pages, the map, JSON."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.support.refusals import refused_with

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.models import Event
from qilian.core.offers.offers.api import close_offer, open_offer
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.who.people.models import Person
from qilian.core.who.regions.api import prefectures
from qilian.engines.registry.directories.api import (
    DirectoryEntry,
    Subject,
    admit,
    amend_entry,
    by_region,
    counts,
    entries,
    entries_of_party,
    entry_by_code,
    exit_entry,
    in_force,
    list_entry,
    overdue,
    public_entries,
    publish,
    re_evaluate,
    restore,
    suspend,
    withdraw,
)
from qilian.engines.registry.directories.models import DirectoryTerm
from qilian.engines.registry.directories.pages import of_party
from qilian.engines.registry.directories.queries import ending_soon
from qilian.engines.registry.parties.api import Facts, Party, check_character, close, register_party
from qilian.web import demo

pytestmark = pytest.mark.django_db
FIRMS, FEES = "information/it-firms", "fiscal/fee-list"
VALUES = {"field": "software", "staff": "12", "revenue": "9000000", "cases": "测试"}
FOUND = {"industry": "审计报告", "staff": "社保清单", "quality": "证书"}
FEE = {"kind": "intermediary", "charged_by": "技术单位", "law": "法", "rate": "合同约定", "to_firms": "yes"}
FEE_FOUND = {"law": "法第十九条", "rate": "合同", "relief": "无减免"}


def party(number: int = 1, region: str = "630102") -> Party:
    body = f"91{region}{number:09d}"
    facts = Facts("", f"昆仑软件有限公司{number}", body + check_character(body), region=region)
    return register_party(actor=SYSTEM, facts=facts)


@pytest.fixture(autouse=True)
def province() -> Iterator[None]:
    demo.load_province()
    for path in (FIRMS, FEES):
        open_offer(actor=SYSTEM, path=path)
    yield


@pytest.fixture
def keeper() -> Principal:
    row = Person.objects.create(login="keeper", name="keeper", created_at=clock.now())
    Grant.objects.create(person=row, actions=["directories.*"], offer="information/", valid_from=clock.today())
    return Principal("person", person=row.pk, code=row.code, name=row.name)


def firm(actor: Principal, number: int = 1, region: str = "630102", **values: str) -> DirectoryEntry:
    subject = Subject(party(number, region))
    return admit(actor=actor, path=FIRMS, subject=subject, attributes=VALUES | values, findings=FOUND)


def fee(code: str = "SF-1", **more: Any) -> DirectoryEntry:
    subject = Subject(name=f"收费 {code}", identifier=code)
    return admit(actor=SYSTEM, path=FEES, subject=subject, **{"attributes": FEE, "findings": FEE_FOUND} | more)


@pytest.mark.moment("2026-11-24T10:00")
def test_a_firm_is_admitted_listed_published_suspended_and_gone(keeper: Principal) -> None:
    row = firm(keeper)
    assert (row.state, row.number, row.name, row.region) == ("admitted", "", "昆仑软件有限公司1", "630102")
    assert not public_entries(FIRMS).exists() and entries(FIRMS).count() == 1
    row = list_entry(actor=keeper, entry=row, evidence="公告〔2026〕1号", valid_from=date(2026, 3, 16))
    assert (row.number, row.valid_to) == ("XX-2026-0001", date(2029, 3, 15))
    row = publish(actor=keeper, entry=row)
    assert counts() == {FIRMS: 1} and list(entries_of_party(row.party)) == [row]
    row = suspend(actor=keeper, entry=row, reason="未报年报")
    assert counts() == {} and row.reason == "未报年报"
    row = restore(actor=keeper, entry=row, reason="已补报")
    assert row.reason == "" and counts() == {FIRMS: 1}
    row = amend_entry(actor=keeper, entry=row, attributes=VALUES | {"staff": "15"}, source="社保清单", region="630200")
    assert (row.attributes["staff"], row.region) == ("15", "630200")
    row = re_evaluate(actor=keeper, entry=row, findings=FOUND, evidence="公告〔2027〕2号", valid_from=date(2027, 3, 16))
    assert row.valid_to == date(2030, 3, 15)
    row = withdraw(actor=keeper, entry=row, reason="更正")
    row = exit_entry(actor=keeper, entry=row, exit="request", reason="申请")
    assert row.state == "exited" and entry_by_code(FIRMS, row.code) == row
    assert list(DirectoryTerm.objects.filter(entry=row).values_list("kind", flat=True)) == [
        "admission", "listing", "re-evaluation",
    ]  # fmt: skip
    facts = Event.objects.filter(subject=f"registry.entry:{row.code}").order_by("id")
    assert [fact.type.rpartition(".")[2] for fact in facts] == [
        "admitted", "listed", "published", "suspended", "restored", "amended", "re_evaluated", "withdrawn", "exited",
    ]  # fmt: skip
    assert {(fact.offer, fact.clause, fact.party) for fact in facts} == {(FIRMS, "2.3.2", row.party.code)}
    again = firm(keeper, 2)
    assert list_entry(actor=keeper, entry=again, evidence="x", valid_from=date(2026, 5, 1)).number == "XX-2026-0002"


def test_a_fee_is_an_entry_as_well() -> None:
    row = list_entry(actor=SYSTEM, entry=fee(), evidence="目录")
    assert (row.party, row.identifier, row.of_party) == (None, "SF-1", False)
    assert row.number.startswith("SF-")


def test_what_is_refused_changes_nothing(keeper: Principal) -> None:
    row, other = firm(keeper), party(9)
    subject = Subject(other)

    def again(**more: Any) -> Any:
        named = {"path": FIRMS, "subject": subject, "attributes": VALUES, "findings": FOUND} | more
        return lambda: admit(actor=keeper, **named)

    refused_with("registry.directory.unknown", again(path="information/nothing"))
    refused_with("registry.directory.unknown", again(path="nowhere/at-all"))
    refused_with("grants.denied", again(path=FEES))
    refused_with("registry.entry.subject", again(subject=Subject()))
    refused_with("registry.entry.twice", again(subject=Subject(row.party)))
    missing = refused_with("registry.entry.criteria", again(findings={"industry": "x"}))
    assert missing.where == "findings-staff"
    refused_with("registry.entry.criteria", again(attributes=VALUES | {"field": "security"}))  # asks one criterion more
    refused_with("forms.required", again(attributes={}))
    refused_with("forms.choice", again(attributes=VALUES | {"field": "magic"}))
    refused_with("forms.unknown", again(attributes=VALUES | {"height": "3"}))
    refused_with("text.missing", lambda: list_entry(actor=keeper, entry=row, evidence=" "))
    refused_with("registry.entry.grade", lambda: list_entry(actor=keeper, entry=row, evidence="x", grade="A"))
    refused_with("registry.entry.state", lambda: suspend(actor=keeper, entry=row, reason="x"))
    refused_with("text.missing", lambda: suspend(actor=keeper, entry=row, reason=""))
    refused_with("registry.entry.exit", lambda: exit_entry(actor=keeper, entry=row, exit="magic", reason="x"))
    refused_with("registry.entry.unpublished", lambda: withdraw(actor=keeper, entry=row, reason="x"))
    refused_with("registry.entry.unknown", lambda: entry_by_code(FIRMS, "x"))
    refused_with("text.missing", lambda: amend_entry(actor=keeper, entry=row, attributes=VALUES, source=""))
    refused_with(
        "registry.entry.unchanged", lambda: amend_entry(actor=keeper, entry=row, attributes=VALUES, source="x")
    )
    close(actor=SYSTEM, party=other, reason="注销")
    other.refresh_from_db()
    refused_with("registry.party.closed", again(subject=Subject(other)))
    gone = exit_entry(actor=keeper, entry=row, exit="criteria", reason="x")
    refused_with("registry.entry.state", lambda: amend_entry(actor=keeper, entry=gone, attributes={}, source="x"))
    close_offer(actor=SYSTEM, path=FIRMS, reason="改版")
    refused_with("offers.closed", again())


def test_a_thing_wants_name_and_code() -> None:
    def wrong(**subject: str) -> Any:
        return lambda: admit(actor=SYSTEM, path=FEES, subject=Subject(**subject), attributes=FEE, findings=FEE_FOUND)

    assert refused_with("registry.entry.subject", wrong(identifier="SF-9")).where == "name"
    assert refused_with("registry.entry.subject", wrong(name="某费")).where == "identifier"
    fee("SF-7")
    refused_with("registry.entry.twice", wrong(name="同码另一费", identifier="SF-7"))


def test_a_term_that_is_over_no_longer_counts(keeper: Principal) -> None:
    row = list_entry(actor=keeper, entry=firm(keeper), evidence="x", valid_from=date(2020, 1, 1))
    rows, today = entries(FIRMS), clock.today()
    assert list(overdue(rows, today)) == [row] and not in_force(rows, today).exists()
    row = suspend(actor=keeper, entry=row, reason="x")
    assert refused_with("registry.entry.over", lambda: restore(actor=keeper, entry=row, reason="x")).remedy
    row = re_evaluate(actor=keeper, entry=row, findings=FOUND, evidence="x")
    assert list(in_force(rows, today)) == [row]
    assert row.valid_to and list(ending_soon(rows, today, row.valid_to)) == [row]
    assert not ending_soon(rows, today, row.valid_to - timedelta(days=1)).exists()


def test_the_database_says_the_same(keeper: Principal) -> None:
    row = firm(keeper)
    for wrong in (
        {"state": "listed"},
        {"state": "exited"},
        {"state": "magic"},
        {"published": True},
        {"exit_kind": "request"},
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
        {"party": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DirectoryEntry.objects.filter(pk=row.pk).update(**wrong)


def test_entries_are_counted_by_prefecture(keeper: Principal) -> None:
    for number, region in enumerate(("630102", "630105", "632801"), start=1):
        row = firm(keeper, number, region)
        publish(actor=keeper, entry=list_entry(actor=keeper, entry=row, evidence="x"))
    assert by_region(public_entries(FIRMS)) == {"630100": 2, "632800": 1}
    page = Client().get(f"/{FIRMS}/map/").content.decode()
    assert (
        "审图号" in page
        and page.count(f'<a href="/{FIRMS}/?region=630100"><rect') == 2
        and 'region=632600"><rect' not in page
    )
    only = Client().get(f"/{FIRMS}/", {"region": "630100"}).content.decode()
    assert "昆仑软件有限公司1" in only and "昆仑软件有限公司3" not in only


def browser(person: Principal) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_official_does_it_all_on_pages(keeper: Principal) -> None:
    client, someone = browser(keeper), party()
    wrong = client.post(f"/{FIRMS}/admission/", {"uscc": someone.uscc, "field": "software"})
    assert wrong.status_code == 422 and "技术人员" in wrong.content.decode()
    sent = VALUES | {f"findings-{slug}": words for slug, words in FOUND.items()} | {"uscc": someone.uscc}
    missing = client.post(f"/{FIRMS}/admission/", sent | {"findings-quality": ""})
    assert missing.status_code == 422 and "请填写" in missing.content.decode()
    unknown = client.post(f"/{FIRMS}/admission/", sent | {"uscc": "91630100M000100Y4Y"})
    assert unknown.status_code == 422
    made = client.post(f"/{FIRMS}/admission/", sent)
    assert made.status_code == 302
    address = made.headers["Location"]
    assert Client().get(address).status_code == 404, "not public yet"
    late = client.post(f"{address}listing/", {"evidence": "公告", "valid_from": "昨天"})
    assert late.status_code == 422 and "不是日期" in late.content.decode()
    for noun, form in (
        ("listing", {"evidence": "公告", "valid_from": "2026-03-16"}),
        ("publication", {}),
        ("suspension", {"reason": "x"}),
        ("restoration", {"reason": "x"}),
        ("amendment", VALUES | {"staff": "31", "source": "x"}),
        ("re-evaluation", {f"findings-{slug}": words for slug, words in FOUND.items()} | {"evidence": "复评"}),
        ("withdrawal", {"reason": "x"}),
        ("publication", {}),
        ("exit", {"exit": "request", "reason": "申请退出"}),
    ):
        assert client.get(f"{address}{noun}/").status_code == 200
        assert client.post(f"{address}{noun}/", form).headers.get("Location") == address, noun
    page = Client().get(address)
    assert page.status_code == 200 and "申请退出" in page.content.decode() and "审计报告" not in page.content.decode()
    assert client.get(f"{address}magic/").status_code == 404
    assert "审计报告" in client.get(address).content.decode()


def test_a_directory_is_filtered_and_exported(keeper: Principal) -> None:
    for number in (1, 2):
        row = firm(keeper, number, field="cloud" if number == 2 else "software") if number == 1 else None
        row = row or admit(
            actor=keeper,
            path=FIRMS,
            subject=Subject(party(2)),
            attributes=VALUES | {"field": "operation"},
            findings=FOUND,
        )
        publish(actor=keeper, entry=list_entry(actor=keeper, entry=row, evidence="x"))
    client = Client()
    found = client.get(f"/{FIRMS}/", {"field": "operation"}).content.decode()
    assert "有限公司2" in found and "有限公司1<" not in found
    assert "有限公司1" in client.get(f"/{FIRMS}/", {"state": "listed", "words": "软件有限公司1"}).content.decode()
    assert client.get(f"/{FIRMS}/", {"state": "expired"}).status_code == 200
    table = client.get(f"/{FIRMS}/", {"format": "csv"}).content.decode("utf-8-sig")
    assert ("XX-2026-0001" in table and "9,000,000" in table) or "9000000" in table
    assert client.get("/directories/").content.decode().count("信息技术企业") >= 1


def test_programs_do_the_same(keeper: Principal) -> None:
    client, base = browser(keeper), f"/api/v1/{FIRMS}"
    about = client.get(base).json()
    assert about["open"] and about["months"] == 36 and about["clauses"] == ["2.3.2"]
    body = {"uscc": party().uscc, "attributes": VALUES, "findings": FOUND}

    def post(where: str, sent: object) -> Any:
        return client.post(f"{base}{where}", json.dumps(sent), content_type="application/json")

    made = post("/entries", body)
    assert made.status_code == 201
    here = f"/entries/{made.json()['code']}"
    assert Client().get(f"{base}{here}").status_code == 404
    assert post("/entries", body).json()["code"] == "registry.entry.twice"
    for noun, sent in (
        ("listing", {"evidence": "公告"}),
        ("publication", {}),
        ("suspension", {"reason": "x"}),
        ("restoration", {"reason": "x"}),
        ("amendment", {"attributes": VALUES | {"staff": "40"}, "source": "x"}),
        ("re-evaluation", {"evidence": "复评", "findings": FOUND}),
    ):
        assert post(f"{here}/{noun}", sent).status_code == 200, noun
    public = Client().get(f"{base}/entries").json()
    assert [row["in_force"] for row in public] == [True]
    assert Client().get(f"{base}/entries", {"offset": 1}).json() == []
    assert post(f"{here}/withdrawal", {"reason": "x"}).json()["published"] is False
    assert post(f"{here}/exit", {"exit": "ended", "reason": "x"}).json()["state"] == "exited"


def test_numbers_follow_the_year_of_the_term(keeper: Principal) -> None:
    row = firm(keeper)
    numbers = [list_entry(actor=keeper, entry=row, evidence="x", valid_from=date(2025, 6, 1)).number]
    numbers += [
        list_entry(actor=keeper, entry=firm(keeper, n), evidence="x", valid_from=date(2026, 6, 1)).number
        for n in (2, 3)
    ]
    assert numbers == ["XX-2025-0001", "XX-2026-0001", "XX-2026-0002"]


def test_a_party_shows_the_directories_it_stands_in(keeper: Principal) -> None:
    row = firm(keeper)
    assert row.party and list(of_party(row.party, keeper)) == []
    publish(actor=keeper, entry=list_entry(actor=keeper, entry=row, evidence="x"))
    (section,) = of_party(row.party, keeper)
    assert section.table and str(section.table.columns[0].value(section.table.rows[0])) == "信息技术企业"


def test_the_map_is_drawn_from_approved_boundaries_of_all_divisions_only(tmp_path: Path, settings: Any) -> None:
    """An invented province of squares: no outline here is one of a real place."""
    settings.BOUNDARIES = tmp_path / "boundaries.geojson"

    def page(number: str, codes: Sequence[str]) -> str:
        squares = [
            [[90 + 2 * n, 32], [92 + 2 * n, 32], [92 + 2 * n, 34], [90 + 2 * n, 34], [90 + 2 * n, 32]]
            for n in range(len(codes))
        ]
        features = [
            {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for code, ring in zip(codes, squares, strict=True)
        ]
        written = {"type": "FeatureCollection", "审图号": number, "features": features}
        settings.BOUNDARIES.write_text(json.dumps(written), encoding="utf-8")
        return Client().get(f"/{FIRMS}/map/").content.decode()

    codes = [code for code, _ in prefectures()]
    drawn = page("GS(2026)9999号", codes)
    assert 'id="map"' in drawn and "审图号：GS(2026)9999号" in drawn and "不是地图" not in drawn
    assert "缺少" in page("GS(2026)9999号", codes[1:])
    refused = page("", codes)
    assert "没有写明审图号" in refused and 'id="tiles"' in refused
