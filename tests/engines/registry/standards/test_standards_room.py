"""Standards in the database: catalogue, adoption by a party's own people, checks, pages, import, JSON."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
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
from qilian.core.work.imports.api import apply_run, upload
from qilian.engines.registry.parties.api import Facts, Party, check_character, close, register_party
from qilian.engines.registry.standards.api import (
    Adoption,
    Fact,
    Standard,
    abolish_standard,
    adoption_by_code,
    adoptions_of,
    check_adoption,
    counts,
    declare_adoption,
    in_status,
    load_catalogue,
    register_standard,
    set_at,
    standard_by_code,
    standards_of,
    verify_standard,
    withdraw_adoption,
)
from qilian.web import demo

pytestmark = pytest.mark.django_db
PATH, LAWS = "aftersales/service-standards", "market/market-rules"
NEW = Fact("GB/T 99999-2026", "演示标准", effective=date(2030, 1, 1), source="演示")


@pytest.fixture(autouse=True)
def province() -> Iterator[None]:
    demo.load_province()
    for path in (PATH, LAWS):
        open_offer(actor=SYSTEM, path=path)
    yield


@pytest.fixture
def keeper() -> Principal:
    row = Person.objects.create(login="keeper", name="keeper", created_at=clock.now())
    Grant.objects.create(person=row, actions=["standards.*"], offer="aftersales/", valid_from=clock.today())
    return Principal("person", person=row.pk, code=row.code, name=row.name)


@pytest.fixture
def firm() -> Party:
    body = "91630102000000042"
    facts = Facts("", "昆仑售后服务有限公司", body + check_character(body), region="630102")
    return register_party(actor=SYSTEM, facts=facts)


def acting_for(party: Party) -> Principal:
    row = Person.objects.create(login="boss", name="boss", created_at=clock.now())
    return Principal("person", person=row.pk, code=row.code, name=row.name, parties=(party.code,))


def test_a_catalogue_is_loaded_once_and_lives(keeper: Principal) -> None:
    rows = load_catalogue(actor=keeper, path=PATH)
    assert len(rows) == len(set_at(PATH).facts) == standards_of(PATH).count()
    assert load_catalogue(actor=keeper, path=PATH) == []
    today = clock.today()
    old = Standard.objects.get(number="SB/T 10401-2006")
    assert list(in_status(standards_of(PATH), "abolished", today)) == [old] and old.replaced_by == "GB/T 27922-2011"
    fresh = register_standard(actor=keeper, path=PATH, fact=replace(NEW, code="gb/t99999—2026"))
    assert fresh.number == "GB/T 99999-2026"
    assert list(in_status(standards_of(PATH), "upcoming", today)) == [fresh]
    assert verify_standard(actor=keeper, standard=fresh, source="发布机关目录").checked
    row = Standard.objects.get(number="GB/T 18760-2002")
    row = abolish_standard(actor=keeper, standard=row, on=today, replaced_by="GB/T 99999-2026")
    assert row in in_status(standards_of(PATH), "abolished", today)
    assert (
        Event.objects.filter(type="registry.standard.registered", offer=PATH, clause="2.10.3").count() == len(rows) + 1
    )


def test_laws_keep_the_name_they_are_cited_by() -> None:
    load_catalogue(actor=SYSTEM, path=LAWS)
    assert Standard.objects.get(offer=LAWS, number="合同法").ended == date(2021, 1, 1)


def test_a_firm_declares_for_itself_and_an_official_checks(keeper: Principal, firm: Party) -> None:
    load_catalogue(actor=keeper, path=PATH)
    boss, row = acting_for(firm), Standard.objects.get(number="GB/T 27922-2011")
    adoption = declare_adoption(actor=boss, standard=row, party=firm, statement="全部门店")
    assert adoption.state == "declared" and counts()[PATH][1] == 1
    insider = replace(keeper, parties=(firm.code,))
    refused_with(
        "registry.adoption.oneself",
        lambda: check_adoption(actor=insider, adoption=adoption, conforming=True, finding="x"),
    )
    refused_with("grants.denied", lambda: check_adoption(actor=boss, adoption=adoption, conforming=True, finding="x"))
    assert check_adoption(actor=keeper, adoption=adoption, conforming=False, finding="缺记录").state == "failing"
    assert check_adoption(actor=keeper, adoption=adoption, conforming=True, finding="已补").state == "conforming"
    adoption = withdraw_adoption(actor=boss, adoption=adoption, reason="停业")
    assert adoption.state == "withdrawn" and counts()[PATH][1] == 0
    again = declare_adoption(actor=keeper, standard=row, party=firm, statement="两家门店")
    assert again.declared_by == keeper.ref and adoptions_of(PATH).count() == 2
    types = (
        Event.objects.filter(subject=f"registry.adoption:{adoption.code}").order_by("id").values_list("type", flat=True)
    )
    assert [name.rpartition(".")[2] for name in types] == ["declared", "checked", "checked", "withdrawn"]


def test_what_is_refused_changes_nothing(keeper: Principal, firm: Party) -> None:
    load_catalogue(actor=keeper, path=PATH)
    row, old = (Standard.objects.get(number=number) for number in ("GB/T 27922-2011", "SB/T 10401-2006"))
    adoption = declare_adoption(actor=keeper, standard=row, party=firm, statement="全部")

    def declare(**more: Any) -> Any:
        named = {"standard": row, "party": firm, "statement": "x", "actor": keeper} | more
        return lambda: declare_adoption(**named)

    def register(**more: Any) -> Any:
        return lambda: register_standard(actor=keeper, path=PATH, fact=replace(NEW, **more))

    stranger = Principal("person", person=None, code="x", parties=("another",))
    refused_with("grants.denied", declare(actor=stranger))
    refused_with("registry.adoption.twice", declare())
    assert "GB/T 27922-2011" in str(refused_with("registry.standard.abolished", declare(standard=old)).remedy)
    refused_with("text.missing", declare(standard=Standard.objects.get(number="GB/T 16784-2008"), statement=" "))
    refused_with("registry.standards.unknown", lambda: load_catalogue(actor=SYSTEM, path="aftersales/nothing"))
    refused_with("grants.denied", lambda: load_catalogue(actor=keeper, path=LAWS))
    refused_with("registry.standard.code", register(code="演示"))
    refused_with("registry.standard.title", register(title=" "))
    refused_with("registry.standard.twice", register(code="GB/T 27922-2011"))
    refused_with("registry.standard.term", register(ended=date(2020, 1, 1)))
    refused_with("text.missing", lambda: verify_standard(actor=keeper, standard=row, source=""))
    today = clock.today()
    refused_with("registry.standard.abolished", lambda: abolish_standard(actor=keeper, standard=old, on=today))
    refused_with(
        "text.missing",
        lambda: check_adoption(actor=keeper, adoption=adoption, conforming=True, finding=""),
    )
    refused_with("text.missing", lambda: withdraw_adoption(actor=keeper, adoption=adoption, reason=""))
    refused_with("registry.standard.unknown", lambda: standard_by_code(PATH, "x"))
    refused_with("registry.adoption.unknown", lambda: adoption_by_code(PATH, "x"))
    gone = withdraw_adoption(actor=keeper, adoption=adoption, reason="x")
    refused_with(
        "registry.adoption.state", lambda: check_adoption(actor=keeper, adoption=gone, conforming=True, finding="x")
    )
    close(actor=SYSTEM, party=firm, reason="注销")
    firm.refresh_from_db()
    refused_with("registry.party.closed", declare())
    close_offer(actor=SYSTEM, path=PATH, reason="x")
    refused_with("offers.closed", register())


def test_the_database_says_the_same(keeper: Principal, firm: Party) -> None:
    row = register_standard(actor=keeper, path=PATH, fact=NEW)
    declared = declare_adoption(actor=keeper, standard=row, party=firm, statement="x")
    for model, key, wrong in (
        (Standard, row.pk, {"ended": date(2001, 1, 1)}),
        (Standard, row.pk, {"number": ""}),
        (Adoption, declared.pk, {"state": "magic"}),
        (Adoption, declared.pk, {"state": "conforming"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=key).update(**wrong)


def test_a_file_is_rehearsed_and_then_applied() -> None:
    head = "标准目录,编号,名称,出处\n"
    wrong = upload(
        actor=SYSTEM, sheet="standards", name="a.csv",
        content=(head + f"{PATH},GB/T 1-2026,甲,演示\n{PATH},二,乙,演示\nno/where,GB/T 3-2026,丙,演示\n").encode(),
    )  # fmt: skip
    assert (wrong.state, wrong.problem_count) == ("refused", 2) and not Standard.objects.exists()
    right = upload(
        actor=SYSTEM, sheet="standards", name="b.csv", content=(head + f"{PATH},gb/t1-2026,甲,演示\n").encode("gb18030")
    )
    assert right.state == "checked" and not Standard.objects.exists()
    apply_run(actor=SYSTEM, run=right)
    assert Standard.objects.get().number == "GB/T 1-2026"


def browser(person: Principal) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_official_does_it_all_on_pages(keeper: Principal, firm: Party) -> None:
    client = browser(keeper)
    assert client.post(f"/{PATH}/catalogue/").status_code == 302
    page = client.get(f"/{PATH}/", {"status": "current", "words": "售后"}).content.decode()
    assert "GB/T 27922-2011" in page and "SB/T 10401-2006<" not in page
    wrong = client.post(f"/{PATH}/registration/", {"code": "二", "title": "乙", "source": "演示"})
    assert wrong.status_code == 422 and "不是标准号" in wrong.content.decode()
    made = client.post(f"/{PATH}/registration/", {"code": "GB/T 2-2026", "title": "乙", "source": "演示"})
    item = made.headers["Location"]
    assert client.post(f"{item}verification/", {"source": "目录"}).headers["Location"] == item
    missing = client.post(f"{item}adoption/", {"uscc": "", "statement": "x"})
    assert missing.status_code == 422
    declared = client.post(f"{item}adoption/", {"uscc": firm.uscc, "statement": "全部"})
    place = declared.headers["Location"]
    assert client.post(f"{place}check/", {"conforming": "no", "finding": "缺记录"}).headers["Location"] == place
    assert "缺记录" in Client().get(place).content.decode()
    assert client.post(f"{place}withdrawal/", {"reason": "整改"}).headers["Location"] == place
    assert client.post(f"{item}abolition/", {"on": "2026-11-01", "replaced_by": "GB/T 3-2026"}).status_code == 302
    shown = Client().get(item).content.decode()
    assert "GB/T 3-2026" in shown and "声明采用" not in shown.partition("时间线")[0].partition("<h1")[2][:200]
    assert firm.name in Client().get(f"/{PATH}/adoptions/", {"state": "withdrawn"}).content.decode()
    assert Client().get("/standards/").status_code == 200
    assert Client().get(f"/{PATH}/adoptions/", {"format": "csv"}).status_code == 200


def test_programs_do_the_same(keeper: Principal, firm: Party) -> None:
    client, base = browser(keeper), f"/api/v1/{PATH}"

    def post(where: str, sent: object) -> Any:
        return client.post(f"{base}{where}", json.dumps(sent), content_type="application/json")

    assert len(post("/catalogue", {}).json()) == len(set_at(PATH).facts)
    made = post("/items", {"code": "GB/T 2-2026", "title": "乙", "source": "演示"}).json()
    here = f"/items/{made['code']}"
    assert post(f"{here}/verification", {"source": "目录"}).json()["checked"]
    declared = post(f"{here}/adoption", {"uscc": firm.uscc, "statement": "全部"}).json()
    place = f"/adoptions/{declared['code']}"
    assert post(f"{place}/check", {"conforming": "yes", "finding": "齐全"}).json()["state"] == "conforming"
    assert [row["party_name"] for row in Client().get(f"{base}/adoptions").json()] == [firm.name]
    assert post(f"{place}/withdrawal", {"reason": "x"}).json()["state"] == "withdrawn"
    assert post(f"{here}/abolition", {"on": "2026-11-01"}).json()["status"] == "abolished"
    assert Client().get(f"{base}{here}").json()["number"] == "GB/T 2-2026"
    assert Client().get(f"{base}/items", {"number": "36733"}).json()[0]["number"] == "GB/T 36733-2018"
