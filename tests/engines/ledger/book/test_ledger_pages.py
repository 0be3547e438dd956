"""The book's pages and JSON through the whole web: who sees what, what is drawn, what is refused, few queries."""

import csv
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.engines.ledger.conftest import Opener
from tests.support.browsers import signed_in

from qilian.core.house.principal import SYSTEM
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.time.clocks.api import Limit
from qilian.core.values import clock
from qilian.core.values.text import Ref
from qilian.core.who.people.api import Person, register_person
from qilian.core.who.units.api import Unit
from qilian.engines.ledger.book.api import (
    Account,
    Asset,
    Entry,
    Span,
    balance,
    freeze,
    hold,
    pledge,
    post,
    restraints_of,
)
from qilian.engines.ledger.holds.api import expire_due, schedule_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Person:
    return register_person(actor=SYSTEM, login="owner", name="户主")


@pytest.fixture
def treasurer() -> Client:
    person = register_person(actor=SYSTEM, login="treasurer", name="出纳")
    grant(actor=SYSTEM, person=person.pk, actions=["ledger.*"])
    grant(actor=SYSTEM, person=person.pk, actions=["ledger.post"], scope=Scope(unit="qh-czt"))
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
    for page in ("", "about/"):
        assert "没有这个账户" in text(stranger, f"/ledger/accounts/{mine.code}/{page}", 404)
    text(stranger, f"/ledger/accounts/{mine.code}/freezing/", 403)


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
    assert "不是日期" in text(client, f"/ledger/accounts/{mine.code}/?from=yesterday", 422)
    detail = text(client, f"/ledger/transfers/{moved.code}/")
    assert "付方（借）" in detail and "审计日志中的证明" in detail and "87.66" in detail
    assert "退回日" not in detail
    text(signed_in(register_person(actor=SYSTEM, login="other", name="别人")), f"/ledger/transfers/{moved.code}/", 404)


def test_accounts_stand_by_kind_and_their_owners_are_named(
    treasurer: Client, mine: Account, opener: Opener, bond: Asset
) -> None:
    unit = Unit.objects.create(slug="qh-czt", kind="department", region="630000")
    unit.names.create(kind="short", zh="省财政厅", en="Department of Finance", valid_from=clock.today())
    opener("unit:qh-czt")
    opener("party:nobody", asset=bond)
    page = text(treasurer, "/ledger/")
    headings = [part.split("<")[0] for part in page.split('<th scope="rowgroup" colspan="')[1:]]
    assert [each.partition(">")[2] for each in headings] == ["货币", "份额"]
    assert '<a href="/units/qh-czt/">省财政厅</a>' in page and ">户主</td>" in page
    assert ">主体 nobody</td>" in page, "what nobody names is told by what it is, and its code"
    assert "份额" in text(treasurer, "/ledger/?kind=share").split("<tbody>")[1]
    assert "省财政厅" not in text(treasurer, "/ledger/?kind=share").split("<tbody>")[1]
    owners = [row["owner"] for row in treasurer.get("/api/v1/ledger/accounts", {"kind": "share"}).json()]
    assert "party:nobody" in owners, "programs read references"


def test_the_english_pages_speak_english(treasurer: Client, mine: Account) -> None:
    treasurer.cookies["language"] = "en"
    for page in (*PAGES, f"accounts/{mine.code}/", f"accounts/{mine.code}/about/", f"accounts/{mine.code}/freezing/"):
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
    form = f"/ledger/accounts/{mine.code}/freezing/"
    for amount, words in (
        ("x", "不是数字"),
        ("1.234", "最多 2 位小数"),
        ("101", "可用余额不足"),
        ("NaN", "不是数字"),
        ("1E+999999", "科学计数法"),
        ("9" * 25, "不能大于"),
    ):
        answer = treasurer.post(form, {"amount": amount, "reason": "裁定"})
        assert answer.status_code == 422 and words in answer.content.decode(), amount
    assert treasurer.post(form, {"amount": "10.5", "reason": "裁定", "document": "7号"}).status_code == 302
    assert balance(mine).restrained == 10_50
    row = restraints_of(mine)[0]
    lifting = f"/ledger/restraints/{row.code}/lifting/"
    assert f"/ledger/restraints/{row.code}/" in text(treasurer, about)
    assert lifting in text(treasurer, f"/ledger/restraints/{row.code}/") and "有效" in text(treasurer, lifting)
    assert treasurer.post(lifting, {"reason": " "}).status_code == 422
    assert treasurer.post(lifting, {"reason": "解除"}).status_code == 302 and balance(mine).restrained == 0
    holder = opener("party:a", asset=bond, fen=10, numbers=Span(1, 10))
    form = f"/ledger/accounts/{holder.code}/freezing/"
    assert treasurer.post(form, {"first": "a", "last": "2", "reason": "x"}).status_code == 422
    assert treasurer.post(form, {"first": "2", "last": "3", "reason": "质押"}).status_code == 302
    page = text(treasurer, f"/ledger/accounts/{holder.code}/about/")
    assert "起号" in page and restraints_of(holder)[0].code in page


def test_who_owns_cannot_lift(owner: Person, mine: Account) -> None:
    client = signed_in(owner)
    row = freeze(actor=SYSTEM, account=mine, amount=1, reason="裁定")
    text(client, f"/ledger/accounts/{mine.code}/freezing/", 403)
    form = f"/ledger/restraints/{row.code}/lifting/"
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


def sent(client: Client, path: str, body: object, status: int) -> dict[str, object]:
    answer = client.post(f"/api/v1/ledger{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)  # type: ignore[no-any-return] # JSON


def read(client: Client, path: str, status: int = 200) -> dict[str, object]:
    answer = client.get(f"/api/v1/ledger{path}")
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)  # type: ignore[no-any-return] # JSON


def test_json_books_holds_and_refuses(owner: Person, mine: Account, opener: Opener) -> None:
    shop, client = opener("party:shop"), signed_in(owner)
    wanted = {"credit": shop.code, "amount": "10.00", "key": "json 1", "words": "货款"}
    pay = f"/accounts/{mine.code}/transfer"
    first = sent(client, pay, wanted, 201)
    assert first["code"] == sent(client, pay, wanted, 201)["code"] and first["amount"] == "10.00"
    assert sent(client, pay, wanted | {"amount": "1"}, 422)["code"] == "ledger.key_reused"
    assert sent(client, pay, wanted | {"key": "2", "credit": "x"}, 422)["code"] == "forms.unregistered"
    assert sent(client, f"/accounts/{shop.code}/transfer", wanted | {"key": "2"}, 403)["code"] == "grants.denied"
    assert sent(client, pay, wanted | {"amount": "1.234"}, 422)["code"] == "forms.places"
    assert sent(client, pay, wanted | {"key": "2", "cause": "x"}, 422)["code"] == "ledger.ref_form"
    assert sent(client, pay, wanted | {"key": "a\0"}, 400)["code"] == "http.body"
    assert sent(client, pay, wanted | {"key": "a\x1b"}, 422)["code"] == "ledger.text"
    for due in ("9999-12-31T23:59:00-11:00", "2999-01-01T00:00:00"):
        assert sent(client, pay, wanted | {"key": "2", "pending": True, "due": due}, 422)["where"], due
    later = {"key": "h", "pending": True, "due": "2099-01-01T00:00:00", "cause": "x:1"}
    held = sent(client, pay, wanted | later, 201)
    assert held["kind"] == "pending"
    assert sent(client, f"/holds/{held['code']}/capture", {"key": "c", "amount": "1"}, 403)["code"] == "grants.denied"
    one = {"debit": mine.code, "credit": shop.code, "amount": "10", "words": "货款"}
    both = {"transfers": [one | {"key": "b1", "linked": True}, one | {"key": "b2", "amount": 10**6}]}
    assert sent(client, "/batches", both, 422)["where"] == "b2"
    both["transfers"][1]["amount"] = "0.01"
    assert [each["result"] for each in sent(client, "/batches", both, 201)] == ["ok", "ok"]  # type: ignore[index] # a list
    for broken in (
        {"serials": [2, 1]},
        {"amount": "1E+999999"},
        {"amount": "0.001"},
        {"due": "9999-12-31T23:59:00-11:00"},
    ):
        body = {"transfers": [one | {"key": "n", "pending": True} | broken]}
        assert sent(client, "/batches", body, 422)["code"], broken


@pytest.mark.parametrize("broken", [{"amount": True}, {"amount": False}, {"key": ""}, {"key": " "}], ids=str)
def test_neither_truth_is_an_amount_nor_nothing_a_key(
    owner: Person, mine: Account, opener: Opener, broken: dict[str, object]
) -> None:
    """A program that counts on an empty key books twice, and `true` is one fen to who reads it as a number."""
    shop, client = opener("party:shop"), signed_in(owner)
    one = {"amount": "1", "words": "货款", "key": "k"} | broken
    sent(client, "/batches", {"transfers": [one | {"debit": mine.code, "credit": shop.code}]}, 422)
    said = sent(client, f"/accounts/{mine.code}/transfer", one | {"credit": shop.code}, 422)
    assert said["where"] in broken and balance(shop).balance == 0


def test_an_account_that_a_program_names_and_nobody_has_is_refused_where_it_stands(
    owner: Person, mine: Account
) -> None:
    """404 is for addresses: the account that pays is one, the account that is paid stands in the body."""
    client, one = signed_in(owner), {"amount": "1", "words": "货款", "key": "k", "credit": "nobody"}
    said = sent(client, f"/accounts/{mine.code}/transfer", one, 422)
    assert (said["code"], said["where"]) == ("forms.unregistered", "credit")
    said = sent(client, "/batches", {"transfers": [one | {"debit": mine.code}]}, 422)
    assert (said["code"], said["where"]) == ("ledger.account.unknown", "transfers.0.credit")
    assert sent(client, "/accounts/nobody/transfer", one, 404)["code"] == "ledger.account.unknown"


def test_json_reads_then_and_now(owner: Person, mine: Account, opener: Opener) -> None:
    shop, client = opener("party:shop"), signed_in(owner)
    rows = [
        post(actor=SYSTEM, entries=[Entry(debit=mine, credit=shop, amount=10_00, key=str(n), pending=n == 2)])[0]
        for n in range(3)
    ]
    assert [each["code"] for each in read(client, "/accounts?asset=cny")] == [mine.code]  # type: ignore[index] # a list
    assert read(client, f"/accounts/{mine.code}")["available"] == "70.00"
    assert read(client, f"/accounts/{mine.code}/balance?at=2020-01-01T00:00:00Z")["balance"] == "0.00"
    assert read(client, f"/accounts/{mine.code}/balance")["balance"] == "80.00"
    assert read(client, f"/accounts/{mine.code}/balance?at=9999-12-31T23:59:00-11:00", 422)["code"] == "forms.moment"
    page = read(client, f"/accounts/{mine.code}/transfers")
    assert [row["key"] for row in page["transfers"]] == ["2", "1", "0", ""] and not page["more"]  # type: ignore[attr-defined] # a list
    assert len(read(client, f"/accounts/{mine.code}/transfers?before={rows[1].code}")["transfers"]) == 2  # type: ignore[arg-type] # a list
    assert read(client, f"/transfers/{rows[2].code}")["kind"] == "pending"
    assert [row["code"] for row in read(client, "/holds")] == [rows[2].code]  # type: ignore[index] # a list
    read(client, f"/accounts/{shop.code}", 404)
    assert read(Client(), "/accounts") == []


def test_json_takes_what_it_may(treasurer: Client, mine: Account, opener: Opener) -> None:
    shop = opener("party:shop", unit="qh-czt")
    first, second = (hold(actor=SYSTEM, debit=mine, credit=shop, amount=10_00).code for _ in range(2))
    assert sent(treasurer, f"/holds/{first}/capture", {"key": "c", "amount": "0.05"}, 200)["state"] == "posted"
    assert sent(treasurer, f"/holds/{second}/void", {"key": "v"}, 200)["state"] == "voided"
    assert (balance(mine).available, balance(shop).balance) == (100_00 - 5, 5)
    one = {"debit": "a", "credit": "b", "amount": "1"}
    large = {"transfers": [one | {"key": str(n)} for n in range(8_191)]}
    assert sent(treasurer, "/batches", large, 422)["code"] == "ledger.batch_large"
    assert sent(treasurer, "/reconciliation", {}, 200)["sound"] is True


def test_every_verb_has_its_page(treasurer: Client, owner: Person, mine: Account, opener: Opener) -> None:
    """A voucher, a hold with its return, a pledge, an asset, an account opened, blocked, let pay and closed."""
    shop, client = opener("party:shop", unit="qh-czt"), signed_in(owner)
    form = f"/ledger/accounts/{mine.code}/transfer/"
    assert form in text(client, f"/ledger/accounts/{mine.code}/") and "100.00" in text(client, form)
    assert client.post(form, {"credit": shop.code, "amount": "5", "words": ""}).status_code == 422
    there = client.post(form, {"credit": shop.code, "amount": "５", "words": "房租", "key": "V1"})["Location"]
    assert "房租" in text(client, there) and balance(shop).balance == 5_00
    there = client.post(form, {"credit": shop.code, "amount": "1", "words": "押金", "pending": "yes"})["Location"]
    code = there.split("/")[-2]
    assert "扣款" in text(treasurer, f"/ledger/holds/{code}/") and "扣款" not in text(client, f"/ledger/holds/{code}/")
    limit = {"value": "5", "unit": "workday", "basis": "条例第三十三条"}
    assert treasurer.post(f"/ledger/holds/{code}/return/", limit).status_code == 302
    assert treasurer.post(f"/ledger/holds/{code}/capture/", {"amount": "2"}).status_code == 422
    assert treasurer.post(f"/ledger/holds/{code}/capture/", {}).status_code == 302 and balance(shop).balance == 6_00
    loan = {"amount": "1", "beneficiary": "party:bank", "reason": "贷款"}
    assert "质押" in text(client, client.post(f"/ledger/accounts/{mine.code}/pledge/", loan)["Location"])
    water = {"slug": "water", "title": "水量", "kind": "water", "unit": "立方米", "scale": "1"}
    assert treasurer.post("/ledger/registration/", water)["Location"] == "/ledger/assets/water/"
    assert "立方米" in text(treasurer, "/ledger/assets/")
    Unit.objects.create(slug="qh-czt", kind="department")
    opened = {"owner": "unit:qh-czt", "asset": "water", "title": "用水", "unit": "qh-czt"}
    assert treasurer.post("/ledger/opening/", opened | {"owner": "x"}).status_code == 422
    account = treasurer.post("/ledger/opening/", opened)["Location"]
    for noun, word in (("blocking", "只收不付"), ("unblocking", "正常"), ("closing", "已销户")):
        assert f"{account}{noun}/" in text(treasurer, f"{account}about/"), noun
        assert treasurer.post(f"{account}{noun}/", {"reason": ""}).status_code == 422
        assert treasurer.post(f"{account}{noun}/", {"reason": "核对"}).status_code == 302
        assert word in text(treasurer, f"{account}about/"), noun
