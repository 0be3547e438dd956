"""The book's pages and JSON through the whole web: who sees what, what is drawn, what is refused, few queries."""

import csv
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.engines.ledger.book.conftest import Opener

from qilian.core.house.principal import SYSTEM
from qilian.core.rights.grants.api import grant
from qilian.core.time.clocks.api import Limit
from qilian.core.values import clock
from qilian.core.values.text import Ref
from qilian.core.who.people.api import Person, register_person
from qilian.engines.ledger.book.api import (
    Account,
    Asset,
    Entry,
    Span,
    balance,
    expire_due,
    freeze,
    hold,
    pledge,
    post,
    restraints_of,
    schedule_return,
)

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def owner() -> Person:
    return register_person(actor=SYSTEM, login="owner", name="户主")


@pytest.fixture
def treasurer() -> Client:
    person = register_person(actor=SYSTEM, login="treasurer", name="出纳")
    grant(actor=SYSTEM, person=person.pk, actions=["ledger.*"])
    return signed_in(person)


@pytest.fixture
def mine(opener: Opener, owner: Person) -> Account:
    return opener(f"core.person:{owner.code}", fen=100_00)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.content.decode()[:600])
    return answer.content.decode()


def sheet(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a list's CSV by their heads."""
    written = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(written.splitlines()))


PAGES = ("", "holds/", "trial-balance/", "reconciliation/")


def test_strangers_are_asked_to_sign_in_and_see_nothing(mine: Account) -> None:
    stranger = signed_in(register_person(actor=SYSTEM, login="stranger", name="路人"))
    for page in (*PAGES, f"accounts/{mine.code}/", f"accounts/{mine.code}/about/"):
        assert Client().get(f"/ledger/{page}").status_code in (302, 403), page
    assert "没有您可以查看的账户" in text(stranger, "/ledger/")
    for page in ("trial-balance/", "reconciliation/"):
        text(stranger, f"/ledger/{page}", 403)
    for page in ("", "about/", "freezing"):
        assert "没有这个账户，或您无权查看" in text(stranger, f"/ledger/accounts/{mine.code}/{page}", 422)


def test_an_owner_reads_his_statement(owner: Person, mine: Account, opener: Opener) -> None:
    shop = opener("offer:testing/instruments")
    client = signed_in(owner)
    moved = post(actor=SYSTEM, entries=[Entry(debit=mine, credit=shop, amount=12_34, words="检测费")])[0]
    held = hold(actor=SYSTEM, debit=mine, credit=shop, amount=50_00, words="预约押金")
    listed = text(client, "/ledger/")
    assert f"/ledger/accounts/{mine.code}/" in listed and shop.code not in listed
    page = text(client, f"/ledger/accounts/{mine.code}/")
    for words in ("演示资金", "87.66 元", "37.66 元", "12.34", "检测费", "预约押金", f"/ledger/transfers/{held.code}/"):
        assert words in page, words
    sheet = client.get(f"/ledger/accounts/{mine.code}/?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(sheet) == 4 and "12.34" in sheet[2] and sheet[2].endswith("87.66")
    assert "12.34" not in text(client, f"/ledger/accounts/{mine.code}/?side=credit")
    assert "预约押金" not in text(client, f"/ledger/accounts/{mine.code}/?side=debit&words=检测")
    assert "12.34" not in text(client, f"/ledger/accounts/{mine.code}/?side=held")
    day = clock.today() + timedelta(days=2)
    later = text(client, f"/ledger/accounts/{mine.code}/?from={day}&to={day}")
    assert "期初余额" in later and "期末余额" in later and "12.34" not in later
    assert "日期须写成" in text(client, f"/ledger/accounts/{mine.code}/?from=yesterday", 422)
    detail = text(client, f"/ledger/transfers/{moved.code}/")
    assert "付方（借）" in detail and "审计日志中的证明" in detail and "87.66" in detail
    assert "退回日" not in detail
    text(signed_in(register_person(actor=SYSTEM, login="other", name="别人")), f"/ledger/transfers/{moved.code}/", 422)


def test_the_english_pages_speak_english(treasurer: Client, mine: Account) -> None:
    treasurer.cookies["language"] = "en"
    for page in (*PAGES, f"accounts/{mine.code}/", f"accounts/{mine.code}/about/", f"accounts/{mine.code}/freezing"):
        assert "Demonstration: money and goods" in text(treasurer, f"/ledger/{page}"), page


def test_holds_are_listed_by_their_day(owner: Person, treasurer: Client, mine: Account, opener: Opener) -> None:
    shop = opener("offer:x/tender")
    held = hold(actor=SYSTEM, debit=mine, credit=shop, amount=50_00, words="投标保证金")
    assert "投标保证金" in text(treasurer, "/ledger/holds/") and "投标保证金" in text(
        signed_in(owner), "/ledger/holds/"
    )
    schedule_return(actor=SYSTEM, hold=held.code, limit=Limit(5, "workday"), basis="条例第三十三条")
    page = text(treasurer, "/ledger/holds/")
    assert "条例第三十三条" in page and "预留中" in page
    assert "投标保证金" not in text(treasurer, "/ledger/holds/?due=over")
    assert "条例第三十三条" in text(treasurer, f"/ledger/transfers/{held.code}/")
    assert expire_due(actor=SYSTEM) == 0


def test_the_trial_balance_balances_at_any_moment(treasurer: Client, mine: Account) -> None:
    page = text(treasurer, "/ledger/trial-balance/")
    assert (
        "人民币：发生额借方 100.00 元，贷方 100.00 元；余额借方 100.00 元，贷方 100.00 元。" in page and "平衡" in page
    )
    assert '<input id="filter-at" name="at" type="date"' in page, "a day is chosen from a calendar"
    assert "发生额" not in text(treasurer, "/ledger/trial-balance/?at=2020-01-01")
    sides = {row["户名"]: (row["借方余额"], row["贷方余额"]) for row in sheet(treasurer, "/ledger/trial-balance/")}
    assert sides == {"world:mint": ("100.00", ""), mine.title_zh: ("", "100.00")}, "each balance stands on its side"
    text(treasurer, "/ledger/trial-balance/?at=x", 422)


def test_the_book_is_reconciled_on_demand(treasurer: Client, mine: Account) -> None:
    assert "还没有核对过" in text(treasurer, "/ledger/reconciliation/")
    answer = treasurer.post("/ledger/reconciliation/")
    assert answer.status_code == 200 and "没有差异，全部为零" in answer.content.decode()
    assert "为零" in text(treasurer, "/ledger/reconciliation/")
    Account.objects.filter(pk=mine.pk).update(credits_posted=100_01)
    page = treasurer.post("/ledger/reconciliation/").content.decode()
    assert "贷方发生额" in page and "100.01" in page and "有差异" in page


def test_officials_freeze_and_lift(treasurer: Client, mine: Account, opener: Opener, bond: Asset) -> None:
    about = f"/ledger/accounts/{mine.code}/about/"
    assert "没有冻结和质押" in text(treasurer, about) and "冻结" in text(treasurer, about)
    form = f"/ledger/accounts/{mine.code}/freezing"
    for amount, words in (
        ("x", "数额须是数字"),
        ("1.234", "数额须是数字"),
        ("101", "可用余额不足"),
        ("NaN", "数额须是数字"),
    ):
        answer = treasurer.post(form, {"amount": amount, "reason": "裁定"})
        assert answer.status_code == 422 and words in answer.content.decode(), amount
    assert treasurer.post(form, {"amount": "1,0.5", "reason": "裁定", "document": "7号"}).status_code == 302
    assert balance(mine).restrained == 10_50
    row = restraints_of(mine)[0]
    lifting = f"/ledger/accounts/{mine.code}/restraints/{row.code}/lifting"
    assert lifting in text(treasurer, about) and "7号" in text(treasurer, lifting)
    assert treasurer.post(lifting, {"reason": " "}).status_code == 422
    assert treasurer.post(lifting, {"reason": "解除"}).status_code == 302 and balance(mine).restrained == 0
    holder = opener("party:a", asset=bond, fen=10, numbers=Span(1, 10))
    form = f"/ledger/accounts/{holder.code}/freezing"
    assert treasurer.post(form, {"first": "a", "last": "2", "reason": "x"}).status_code == 422
    assert treasurer.post(form, {"first": "2", "last": "3", "reason": "质押"}).status_code == 302
    page = text(treasurer, f"/ledger/accounts/{holder.code}/about/")
    assert "起号" in page and restraints_of(holder)[0].code in page


def test_who_owns_cannot_lift(owner: Person, mine: Account) -> None:
    client = signed_in(owner)
    row = freeze(actor=SYSTEM, account=mine, amount=1, reason="裁定")
    text(client, f"/ledger/accounts/{mine.code}/freezing", 403)
    form = f"/ledger/accounts/{mine.code}/restraints/{row.code}/lifting"
    assert client.post(form, {"reason": "我要"}).status_code == 403
    assert pledge(actor=SYSTEM, account=mine, amount=1, beneficiary=Ref("party", "b"), reason="贷款").kind == "pledge"
    assert "质权人" in text(client, f"/ledger/accounts/{mine.code}/about/")


def test_pages_cost_the_same_with_many_rows(treasurer: Client, mine: Account, opener: Opener) -> None:
    shop = opener("party:shop")

    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(treasurer, address)
        return len(queries)

    post(actor=SYSTEM, entries=[Entry(debit=mine, credit=shop, amount=1, pending=n % 2 == 0) for n in range(6)])
    addresses = (f"/ledger/accounts/{mine.code}/", "/ledger/", "/ledger/holds/", "/ledger/trial-balance/")
    few = [cost(address) for address in addresses]
    post(actor=SYSTEM, entries=[Entry(debit=mine, credit=shop, amount=1, pending=n % 2 == 0) for n in range(60)])
    for number in range(20):
        opener(f"party:more{number}")
    assert [cost(address) for address in addresses] == few


def test_json_books_holds_captures_and_refuses(owner: Person, mine: Account, opener: Opener) -> None:
    shop, client = opener("party:shop"), signed_in(owner)
    base = "/api/v1/ledger"

    def send(path: str, body: object, status: int = 201) -> dict[str, object]:
        answer = client.post(f"{base}{path}", json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content
        return json.loads(answer.content)  # type: ignore[no-any-return] # JSON

    wanted = {"debit": mine.code, "credit": shop.code, "amount": 10_00, "key": "json 1", "words": "货款"}
    first = send("/transfers", wanted)
    assert (first["result"], send("/transfers", wanted)["result"]) == ("ok", "exists")
    assert send("/transfers", wanted | {"amount": 1}, 422)["code"] == "ledger.key_reused"
    assert send("/transfers", wanted | {"key": "2", "debit": "x"}, 422)["code"] == "ledger.account_not_found"
    assert (
        send("/transfers", wanted | {"key": "2", "debit": shop.code, "credit": mine.code}, 403)["code"]
        == "grants.denied"
    )
    assert send("/transfers", wanted | {"key": "2", "serials": [2, 1]}, 422)["code"] == "ledger.serials_form"
    assert send("/transfers", wanted | {"key": "2", "serials": [1, 1]}, 422)["code"] == "ledger.serials_unwanted"
    assert send("/transfers", wanted | {"key": "2", "cause": "x"}, 422)["code"] == "ledger.cause_form"
    assert send("/transfers", wanted | {"key": "a\0"}, 400)["code"] == "http.body"
    assert send("/transfers", wanted | {"key": "a\x1b"}, 422)["code"] == "ledger.text"
    held = send("/transfers", wanted | {"key": "h", "pending": True, "due": "2099-01-01T00:00:00", "cause": "x:1"})
    assert send(f"/holds/{held['code']}/capture", {"key": "c", "amount": 1}, 403)["code"] == "grants.denied"
    both = {"transfers": [wanted | {"key": "b1", "linked": True}, wanted | {"key": "b2", "amount": 10**6}]}
    assert send("/batches", both, 422)["where"] == "b2"
    both["transfers"][1]["amount"] = 1
    assert [each["result"] for each in send("/batches", both)] == ["ok", "ok"]  # type: ignore[index] # a list

    def read(path: str) -> dict[str, object]:
        answer = client.get(f"{base}{path}")
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)  # type: ignore[no-any-return] # JSON

    assert [each["code"] for each in read("/accounts?asset=cny")] == [mine.code]  # type: ignore[index] # a list
    assert read(f"/accounts/{mine.code}")["available"] == 100_00 - 10_00 - 10_00 - 10_00 - 1
    assert read(f"/accounts/{mine.code}/balance?at=2020-01-01T00:00:00")["balance"] == 0
    assert read(f"/accounts/{mine.code}/balance")["balance"] == 100_00 - 20_01
    page = read(f"/accounts/{mine.code}/transfers")
    rows = page["transfers"]
    keys = [row["key"] for row in rows]  # type: ignore[attr-defined] # a list
    assert keys == ["b2", "b1", "h", "json 1", ""] and not page["more"]
    assert len(read(f"/accounts/{mine.code}/transfers?before={rows[2]['code']}")["transfers"]) == 2  # type: ignore[index, arg-type] # a list
    assert read(f"/transfers/{held['code']}")["kind"] == "pending"
    assert client.get(f"{base}/accounts/{shop.code}").status_code == 422


def test_json_takes_what_it_may(treasurer: Client, mine: Account, opener: Opener) -> None:
    shop = opener("party:shop")
    base = "/api/v1/ledger"
    first, second = (hold(actor=SYSTEM, debit=mine, credit=shop, amount=10_00).code for _ in range(2))
    answers = [
        treasurer.post(f"{base}/holds/{first}/capture", json.dumps({"key": "c", "amount": 5}), "application/json"),
        treasurer.post(f"{base}/holds/{second}/void", json.dumps({"key": "v"}), "application/json"),
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (balance(mine).available, balance(shop).balance) == (100_00 - 5, 5)
    large = {"transfers": [{"debit": "a", "credit": "b", "amount": 1, "key": str(n)} for n in range(8_191)]}
    answer = treasurer.post(f"{base}/batches", json.dumps(large), "application/json")
    assert answer.status_code == 422 and json.loads(answer.content)["code"] == "ledger.batch_large"
