"""Pages and JSON of banking: from a bank file to zero through forms, masked parties, doors that stay shut."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.browsers import signed_in

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.core.values.clock import allow_standing, standing_at
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.units.api import load_units
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking.api import BankAccount, PaymentBatch, PaymentOrder, StatementLine, record_receipt
from qilian.engines.ledger.banking.queries import ledger_fen, moves_by_day
from qilian.engines.ledger.banking.services import statements as verbs
from qilian.engines.ledger.book.api import Account, balance, open_account, transfer_coded

pytestmark = pytest.mark.django_db
FIRM = "青海高原检测有限公司"
ROWS = [
    ("", "500.00", FIRM, "6217000011112222", "QL-000001", "S1"),
    ("", "123.45", FIRM, "6217000011112222", "QL-000002", "S2"),
    ("", "66.00", "李四", "6217000055556666", "来款", "S3"),
]


def test_what_each_day_moved_adds_up_to_both_balances(
    bank: BankAccount, firm: Account, received: Callable[..., str]
) -> None:
    received(50_000, "QL-000001 保证金")
    at_bank, in_book = moves_by_day(bank)
    assert sum(in_book.values()) == ledger_fen(bank) == 1_050_000
    assert dict(at_bank) == {} and list(in_book) == [clock.today()]


def uploaded(client: Client, bank: BankAccount, content: bytes) -> str:
    file = SimpleUploadedFile("十一月.csv", content)
    return str(client.post(f"/banking/accounts/{bank.code}/statement/", {"file": file})["Location"])


def test_from_a_bank_file_to_zero(
    clerk: Principal,
    head: Principal,
    bank: BankAccount,
    firm: Account,
    received: Callable[..., str],
    statement: Callable[..., bytes],
) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    received(50_000, "QL-000001 保证金")
    typo = received(12_354, "QL-000002 检测费")
    home = f"/banking/accounts/{bank.code}/"
    assert office.post(f"{home}statement/", {}).status_code == 422
    bad = uploaded(office, bank, statement(ROWS).replace(b"10500.00", b"10500.01"))
    page = office.get(bad).content.decode()
    assert "余额接不上" in page and "上传改好的文件" in page
    assert office.post(f"{bad}booking/").status_code == 422
    good = uploaded(office, bank, statement(ROWS))
    assert "3 笔新流水可以入库" in office.get(good).content.decode()
    assert office.post(f"{good}booking/")["Location"] == home
    page = office.get(home).content.decode()
    for words in ("未对平", "演示资金", "没有接入任何银行", "参考号或户名相同，金额不同", "65.91"):
        assert words in page, words
    days = page.split('id="days"', 1)[1].split("</section>", 1)[0]
    assert "账本 10,623.54，差额 65.91" in days and "银行 10,689.45，" in days
    assert "李四" not in page and "李*" in page
    wrong, unknown = StatementLine.objects.get(serial="S2"), StatementLine.objects.get(serial="S3")
    place = f"/banking/lines/{wrong.code}/"
    assert "更正" in office.get(place).content.decode()
    for noun, broken in (
        ("match", {}),
        ("booking", {"reason": "x"}),
        ("match", {"transfer": typo, "reason": "x"}),
        ("correction", {"transfer": typo, "reason": ""}),
    ):
        assert office.post(f"{place}{noun}/", broken).status_code == 422
    mend = office.post(f"{place}correction/", {"transfer": typo, "reason": "数字颠倒"})["Location"]
    put = office.post(f"/banking/lines/{unknown.code}/booking/", {"counter": bank.suspense.code, "reason": "待查"})[
        "Location"
    ]
    own = office.post(f"{mend}approval/")
    assert own.status_code == 422 and "不能批准或退回自己提出的事项" in own.content.decode()
    assert "approval/" not in office.get(mend).content.decode()
    assert "等待第二个人批准" in treasury.get(home).content.decode()
    assert treasury.post(f"{mend}approval/")["Location"] == home
    assert treasury.post(f"{put}approval/").status_code == 302
    page = office.get(home).content.decode()
    assert "已对平" in page and "没有差异" in page
    assert "已批准" in office.get(mend).content.decode()
    lines = office.get(f"{home}lines/").content.decode()
    assert "参考号相同" in lines and "人工更正" in lines
    assert "人工补记" in office.get(f"/banking/lines/{unknown.code}/").content.decode()
    csv = office.get(f"{home}lines/?format=csv").content.decode("utf-8-sig")
    assert "李四" not in csv and FIRM in csv
    assert office.get(f"{home}lines/?state=open").content.decode().count("来款") == 0
    assert "来款" in office.get(f"{home}lines/?words=来款&state=matched").content.decode()


def test_a_look_in_full_needs_a_purpose_and_is_logged(
    clerk: Principal,
    somebody: Callable[..., Principal],
    bank: BankAccount,
    statement: Callable[..., bytes],
) -> None:
    brought = banking.bring(actor=clerk, bank_account=bank, name="x", content=statement(ROWS))
    banking.book_statement(actor=clerk, statement=brought)
    line = StatementLine.objects.get(serial="S3")
    viewer = signed_in(somebody("viewer", "banking.view"))
    page = viewer.get(f"/banking/lines/{line.code}/").content.decode()
    assert "李*" in page and "****6666" in page
    place = f"/privacy/bank.line/{line.code}/account/"
    address = next(each for each in page.split('"') if each.startswith("/privacy/") and "account" in each)
    assert address.strip("/").endswith(place.strip("/").removeprefix("privacy/"))
    assert viewer.get(address).status_code == 403
    office = signed_in(clerk)
    assert office.post(address, {"purpose": ""}).status_code == 422
    assert "6217000055556666" in office.post(address, {"purpose": "核对来款人"}).content.decode()
    assert written().filter(type="privacy.value.revealed").count() == 1


def test_a_reversal_and_a_rejection(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str]
) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    lost = received(7_000)
    place = f"/banking/accounts/{bank.code}/reversal/"
    assert f"reversal/?transfer={lost}" in office.get(f"/banking/accounts/{bank.code}/").content.decode()
    assert lost in office.get(f"{place}?transfer={lost}").content.decode()
    assert office.post(place, {"transfer": lost, "reason": ""}).status_code == 422
    there = office.post(place, {"transfer": lost, "reason": "退票"})["Location"]
    assert "70.00" in office.get(there).content.decode()
    assert treasury.post(f"{there}rejection/", {"reason": ""}).status_code == 422
    assert treasury.post(f"{there}rejection/", {"reason": "款已到"}).status_code == 302
    page = treasury.get(there).content.decode()
    assert "款已到" in page and transfer_coded(lost).words in page


def test_payments_through_the_pages(clerk: Principal, head: Principal, bank: BankAccount) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    home = f"/banking/accounts/{bank.code}/orders/"
    assert "还没有付款指令" in office.get(home).content.decode()
    asked = {"name": "张三", "account": "6217000033334444", "amount": "30", "purpose": "补助"}
    account = f"/banking/accounts/{bank.code}/"
    assert office.post(f"{account}payment/", {**asked, "amount": "x"}).status_code == 422
    assert office.post(f"{account}payment/", {**asked, "account": "62"}).status_code == 422
    for _ in range(2):
        assert "待放行" in office.get(office.post(f"{account}payment/", asked)["Location"]).content.decode()
    second, first = PaymentOrder.objects.all()
    assert "等待放行" in office.get(f"/banking/accounts/{bank.code}/").content.decode()
    assert office.post(f"/banking/orders/{second.code}/cancellation/").status_code == 302
    page = treasury.get(f"{account}release/").content.decode()
    assert "张*" in page and "张三" not in page and "不连接银行" in page
    assert treasury.post(f"{account}release/", {}).status_code == 422
    assert office.post(f"{account}release/", {"orders": first.code}).status_code == 422, "never one's own"
    there = treasury.post(f"{account}release/", {"orders": first.code})["Location"]
    page = treasury.get(there).content.decode()
    assert "生成中" in page and PaymentBatch.objects.get().number in page and "张三" not in page
    page = office.get(f"/banking/orders/{first.code}/").content.decode()
    assert "已放行" in page and "****4444" in page
    assert "已撤销" in office.get(home).content.decode()


def test_a_bank_account_is_registered(clerk: Principal) -> None:
    load_units(actor=SYSTEM, text=(settings.PLAN / "units.toml").read_text(encoding="utf-8"), source="plan")
    office = signed_in(clerk)
    asked = {
        "number": "6228480000099999999",
        "bank": "演示银行",
        "holder": "演示",
        "unit": "qh-czt",
        "opened_on": str(clock.today()),
        "opening": "1,000.00",
    }
    for broken in ({"opening": "x"}, {"opened_on": "x"}, {"number": "1"}):
        assert office.post("/banking/opening/", {**asked, **broken}).status_code == 422
    there = office.post("/banking/opening/", asked)["Location"]
    assert "已对平" in office.get(there).content.decode()
    assert "1,000.00" in office.get("/banking/").content.decode()


def test_a_long_statement_is_booked_by_the_worker(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "BOOKED_AT_ONCE", 1)
    office = signed_in(clerk)
    there = uploaded(office, bank, statement(ROWS))
    assert office.post(f"{there}booking/")["Location"] == there
    assert not StatementLine.objects.exists()


def test_doors_stay_shut(
    somebody: Callable[..., Principal],
    clerk: Principal,
    bank: BankAccount,
    received: Callable[..., str],
    statement: Callable[..., bytes],
) -> None:
    brought = banking.bring(actor=clerk, bank_account=bank, name="x", content=statement(ROWS))
    banking.book_statement(actor=clerk, statement=brought)
    line = StatementLine.objects.first()
    assert line is not None
    lost = received(7_000)
    stranger, nobody = signed_in(somebody("stranger")), Client()
    home = f"/banking/accounts/{bank.code}/"
    for place in (
        home,
        f"{home}lines/",
        f"{home}orders/",
        f"{home}payment/",
        f"{home}receipt/",
        f"{home}release/",
        f"{home}statement/",
        f"{home}reversal/?transfer={lost}",
        f"/banking/statements/{brought.code}/",
        f"/banking/lines/{line.code}/",
        f"/banking/lines/{line.code}/match/",
        f"/banking/lines/{line.code}/correction/",
        f"/banking/lines/{line.code}/booking/",
    ):
        assert stranger.get(place).status_code == 403 and nobody.get(place).status_code in (302, 403), place
    assert stranger.post(f"/banking/statements/{brought.code}/booking/").status_code == 403
    assert stranger.post("/banking/opening/", {"number": "6228480000099999999", "unit": "qh-czt", "bank": "x",
        "holder": "x", "opening": "0", "opened_on": str(clock.today())}).status_code == 403  # fmt: skip
    assert bank.bank not in stranger.get("/banking/").content.decode()
    assert signed_in(clerk).get("/banking/lines/none/").status_code == 404


def test_the_same_as_json(
    clerk: Principal,
    head: Principal,
    somebody: Callable[..., Principal],
    bank: BankAccount,
    received: Callable[..., str],
    statement: Callable[..., bytes],
) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    typo = received(12_354, "QL-000002 检测费")
    api = "/api/v1/banking"
    assert office.get(f"{api}/accounts").json()[0]["in_book"] == "10123.54"
    place = f"{api}/accounts/{bank.code}"

    def send(content: bytes) -> Mapping[str, Any]:
        file = {"name": "a.csv", "content": b64encode(content).decode()}
        answer = office.post(f"{place}/statement", {"file": file}, content_type="application/json")
        found: Mapping[str, Any] = answer.json()
        return found

    made, broken = send(statement(ROWS[1:])), send(b"x,y\n")
    assert made["state"] == "checked"
    assert broken["state"] == "refused" and broken["problems"][0]["zh"] == "没有找到表头。"
    booked = office.post(f"{api}/statements/{made['code']}/booking", content_type="application/json").json()
    assert booked["state"] == "booked"
    found = office.get(f"{place}/reconciliation").json()
    assert found["difference"] == "65.91" and found["unexplained"] == "0" and len(found["differences"]) == 3
    wrong, unknown = StatementLine.objects.get(serial="S2"), StatementLine.objects.get(serial="S3")

    def propose(line: StatementLine, noun: str, **asked: str) -> str:
        answer = office.post(f"{api}/lines/{line.code}/{noun}", asked, content_type="application/json")
        return str(answer.json()["code"])

    first = propose(wrong, "correction", transfer=typo, reason="颠倒")
    second = propose(unknown, "booking", counter=bank.suspense.code, reason="待查")
    own = office.post(f"{api}/resolutions/{first}/approval", content_type="application/json")
    assert own.status_code == 422 and own.json()["code"] == "approvals.oneself"
    for code in (first, second):
        done = treasury.post(f"{api}/resolutions/{code}/approval", content_type="application/json")
        assert done.json()["state"] == "approved"
    assert office.get(f"{place}/reconciliation").json()["at_zero"] is True
    stranger = signed_in(somebody("stranger"))
    assert stranger.get(f"{place}/reconciliation").status_code == 403 and stranger.get(f"{api}/accounts").json() == []


def test_nobody_books_a_receipt_for_himself(clerk: Principal, bank: BankAccount, firm: Account) -> None:
    """One person, who may book receipts, would have by then what no statement ever shows."""
    for_firm = replace(clerk, parties=("7x",))
    own = open_account(
        actor=SYSTEM, owner=Ref("core.person", clerk.code), asset=firm.asset, title=Text("本人", "Own"), unit="qh-czt"
    )
    for actor, counter in ((clerk, own), (for_firm, firm)):
        with pytest.raises(Refusal) as caught:
            record_receipt(actor=actor, bank_account=bank, counter=counter, amount=Money.yuan(1), words="x")
        assert caught.value.code == "banking.oneself" and balance(counter).balance == 0
    record_receipt(actor=clerk, bank_account=bank, counter=firm, amount=Money.yuan(1), words="x")


def test_a_receipt_is_booked_before_the_bank_shows_it(clerk: Principal, bank: BankAccount, firm: Account) -> None:
    office, form = signed_in(clerk), f"/banking/accounts/{bank.code}/receipt/"
    asked = {"amount": "50.00", "counter": firm.code, "words": "保证金"}
    assert office.post(form, {**asked, "amount": "0"}).status_code == 422
    assert office.post(form, {**asked, "counter": bank.account.code}).status_code == 422
    assert "保证金" in office.get(office.post(form, asked)["Location"]).content.decode()
    made = office.post(f"/api/v1{form}"[:-1], {**asked, "amount": "0.01"}, content_type="application/json")
    assert made.status_code == 200 and made.json()["in_book"] == "10050.01"


def test_differences_grow_old(clerk: Principal, bank: BankAccount, received: Callable[..., str]) -> None:
    received(7_000)
    later = clock.now().replace(tzinfo=ZoneInfo("UTC"))
    with allow_standing(), standing_at(datetime(later.year + 1, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))):
        (found,) = banking.reconciliation(bank).differences
        assert found.days == (clock.today() - later.astimezone(ZoneInfo("Asia/Shanghai")).date()).days


def test_the_page_of_a_statement_tells_what_was_left_out(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    office = signed_in(clerk)
    page = office.get(uploaded(office, bank, statement(ROWS) + "\n小计,,689.45\n".encode("gb18030"))).content.decode()
    assert "读到了什么，略过了什么" in page and "合计行" in page and "表头之前的说明" in page


def test_two_people_match_several_lines_with_one_transfer_on_the_page(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str], statement: Callable[..., bytes]
) -> None:
    received(30_000, "保证金")
    office, treasury = signed_in(clerk), signed_in(head)
    rows = [("", "100.00", FIRM, "", "第一笔", "S1"), ("", "200.00", FIRM, "", "第二笔", "S2")]
    office.post(f"{uploaded(office, bank, statement(rows))}booking/")
    line = StatementLine.objects.get(serial="S1")
    form = f"/banking/lines/{line.code}/"
    assert "与另外 1 行合计相等" in office.get(f"{form}match/").content.decode()
    asked = {"transfer": "sum-0", "reason": "一笔款分两次到账"}
    assert office.post(f"{form}correction/", asked).status_code == 422
    there = office.post(f"{form}match/", asked)["Location"]
    assert "第二笔" in treasury.get(there).content.decode()
    assert treasury.post(f"{there}approval/").status_code == 302
    bank.refresh_from_db()
    assert banking.reconciliation(bank).at_zero
    for serial in ("S1", "S2"):
        page = office.get(f"/banking/lines/{StatementLine.objects.get(serial=serial).code}/").content.decode()
        assert "合起来相等的流水和记账" in page and "人工对上" in page
    assert "人工对上" in office.get(f"/banking/accounts/{bank.code}/lines/").content.decode()


def test_one_line_may_be_several_transfers_by_json(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str], statement: Callable[..., bytes]
) -> None:
    first, second = received(10_000, "甲"), received(20_000, "乙")
    office = signed_in(clerk)
    office.post(f"{uploaded(office, bank, statement([('', '300.00', '某人', '', '合并到账', 'S1')]))}booking/")
    line = StatementLine.objects.get()
    body = {"transfer": first, "more_transfers": [second], "reason": "合并到账"}
    address = f"/api/v1/banking/lines/{line.code}/match"
    made = office.post(address, body, content_type="application/json")
    assert made.status_code == 201, made.content
    row = banking.resolution_coded(made.json()["code"])
    assert banking.approve(actor=head, resolution=row).state == "approved"
    bank.refresh_from_db()
    assert banking.reconciliation(bank).at_zero
    assert office.post(address, body, content_type="application/json").status_code == 422
    page = office.get(f"/banking/lines/{line.code}/").content.decode()
    assert "合起来相等的流水和记账" in page
