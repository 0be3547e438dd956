"""Pages of parties through the whole web: drawn, refused, posted, with few queries; personal data masked."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qilian.core.house.principal import SYSTEM, Principal
from qilian.engines.registry.contacts.api import Details, add_contact, register_citizen
from qilian.engines.registry.duplicates.api import merge
from qilian.engines.registry.parties.api import Party, close, parties

pytestmark = pytest.mark.django_db
Firm = Callable[..., Party]
Browser = Callable[[Principal], Client]


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_the_public_sees_public_facts_only(firm: Firm, official: Principal, browser: Browser) -> None:
    party = firm(1, "青海昆仑检测有限公司", short="昆仑检测")
    add_contact(actor=official, party=party, role="contact", details=Details("才让卓玛", "13800005678"))
    person = register_citizen(actor=official, details=Details("李春晓", identity="11010519491231002X"))
    page = text(Client(), f"/parties/{party.code}/")
    assert (
        "昆仑检测" in page and "138" not in page and "才" not in page and "规模数据" not in page and "经过" not in page
    )
    inner = text(browser(official), f"/parties/{party.code}/")
    assert "138****5678" in inner and "才让卓玛" not in inner and "登记主体" in inner
    assert "李**" not in text(Client(), "/parties/") and "李**" in text(browser(official), "/parties/")
    assert "李春晓" not in text(browser(official), f"/parties/{person.code}/")
    assert text(Client(), f"/parties/{person.code}/", 404)
    assert "Producer services" in text(Client(headers={"Accept-Language": "en"}), f"/parties/?q={quote('昆仑')}")


def test_filters_narrow_the_list(firm: Firm) -> None:
    firm(1, "青海昆仑检测有限公司", functions=("lab",), service="2015/05")
    closed = firm(2, "格尔木盐湖物流有限公司", region="632801", industry="5431")
    close(actor=SYSTEM, party=closed, reason="解散")
    for query, sees in {
        "q=检测": "昆仑",
        "q=物流": "盐湖",
        "function=lab": "昆仑",
        "region=632800": "盐湖",
        "section=M": "昆仑",
        "service=2015/05": "昆仑",
        "status=closed": "盐湖",
        "kind=enterprise&status=active": "昆仑",
    }.items():
        page = text(Client(), f"/parties/?{quote(query, safe='=&/')}")
        hidden = "盐湖" if sees == "昆仑" else "昆仑"
        assert sees in page and hidden not in page, query


def test_an_official_registers_amends_renames_and_closes(official: Principal, browser: Browser, uscc: object) -> None:
    client, code = browser(official), uscc(1)
    assert "统一社会信用代码" in text(client, "/parties/registration/")
    wrong = client.post("/parties/registration/", {"name": "青海 昆仑", "uscc": code[:17] + "#", "region": "城东区"})
    assert wrong.status_code == 422 and "不是统一社会信用代码用的字符" in wrong.content.decode()
    wrong = client.post("/parties/registration/", {"name": "青海 昆仑", "uscc": code})
    assert (
        wrong.status_code == 422
        and "名称中间有空格" in wrong.content.decode()
        and "青海 昆仑" in wrong.content.decode()
    )
    wrong = client.post("/parties/registration/", {"name": "青海昆仑公司", "uscc": code, "region": "天上"})
    assert wrong.status_code == 422 and "没有行政区划“天上”" in wrong.content.decode() and not Party.objects.exists()
    sent = {
        "name": "青海昆仑公司",
        "uscc": code,
        "region": "城东区",
        "functions": ["lab", "bank"],
        "established": "2020-01-01",
    }
    assert client.post("/parties/registration/", sent).status_code == 302
    party = Party.objects.get()
    assert (party.region, party.functions) == ("630102", ["lab", "bank"])
    base = f"/parties/{party.code}/"
    for page in ("amendment/", "name/", "suspension/", "closing/", "figures/"):
        text(client, base + page)
    amended = {"uscc": code, "kind": "enterprise", "region": "630103", "address": "七一路1号"}
    assert client.post(base + "amendment/", amended).status_code == 302
    party.refresh_from_db()
    assert (party.region, party.address, party.functions, party.name) == ("630103", "七一路1号", [], "青海昆仑公司")
    assert client.post(base + "name/", {"name": "青海玉珠峰公司", "on": "2025-01-01"}).status_code == 302
    assert client.post(base + "name/", {"name": "青海玉珠峰公司", "on": "昨天"}).status_code == 422
    report = {"on": "2024-12-31", "employees": "50", "source": "年报"}
    assert client.post(base + "figures/", report).status_code == 302
    assert client.post(base + "figures/", {**report, "employees": "五十"}).status_code == 422
    assert "青海昆仑公司" in text(client, base)
    assert client.post(base + "closing/", {"reason": "", "on": "2025-06-01"}).status_code == 422
    assert client.post(base + "closing/", {"reason": "解散", "on": "2025-06-01"}).status_code == 302
    assert client.post(base + "suspension/", {"reason": "x", "on": "2025-07-01"}).status_code == 422
    assert client.post(base + "reopening/", {"reason": "误注销", "on": "2025-07-01"}).status_code == 302


def test_without_a_right_the_pages_answer_403(firm: Firm, somebody: object, browser: Browser) -> None:
    party = firm(1)
    merge(actor=SYSTEM, survivor=party, other=firm(2), reason="重复")
    before = parties().count()
    for client in (Client(), browser(somebody("ada"))):
        for address in ("/parties/registration/", "/duplicates/", "/contacts/", "/relations/relation/"):
            assert client.get(address).status_code == 403, address
        for page in ("amendment", "name", "suspension", "closing", "reopening", "figures"):
            assert client.get(f"/parties/{party.code}/{page}/").status_code == 403, page
            assert client.post(f"/parties/{party.code}/{page}/", {"reason": "x", "name": "y"}).status_code == 403, page
    assert parties().count() == before and Client().get("/parties/nobody/").status_code == 404


def test_a_citizen_s_number_is_no_code_and_is_never_repeated(official: Principal, browser: Browser) -> None:
    client, number = browser(official), "11010519491231002X"
    sent = {"name": "青海昆仑公司", "kind": "enterprise"}
    for field in ("uscc", "old_code"):
        answer = client.post("/parties/registration/", {**sent, field: number})
        said = answer.content.decode()
        assert (
            answer.status_code == 422 and "这是公民身份号码" in said and said.count(number) == 1
        )  # in the field alone
    told = client.get(f"/api/v1/parties/{number}")
    assert told.status_code == 404 and told.json()["where"] == "110105************"
    answer = client.post("/relations/relation/", {"holder": number, "held": number})
    assert answer.status_code == 422 and "110105************" in answer.content.decode()
    assert answer.content.decode().count(number) == 2, "it stands in the two fields alone"
    assert not Party.objects.exists()


def test_lists_cost_the_same_with_ten_and_with_a_hundred_rows(
    firm: Firm, official: Principal, browser: Browser
) -> None:
    client, counts = browser(official), []
    for start, end in ((0, 10), (10, 100)):
        for number in range(start, end):
            firm(number)
        with CaptureQueriesContext(connection) as queries:
            text(client, "/parties/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25, counts
