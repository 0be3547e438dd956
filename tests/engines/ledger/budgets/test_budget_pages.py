"""Pages and JSON of budgets: a whole life through forms, refusals beside their fields, doors that stay shut."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from tests.engines.ledger.budgets.test_budget_verbs import commit
from tests.support.browsers import signed_in

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.who.units.api import load_units
from qilian.engines.ledger.banking.api import PaymentOrder, open_bank_account
from qilian.engines.ledger.budgets import api as budgets
from qilian.engines.ledger.budgets.api import Commitment, Decision, Line, Programme

pytestmark = pytest.mark.django_db
ONE = {
    "tranches-1-share": "50",
    "tranches-1-condition": "start",
    "tranches-2-share": "50",
    "tranches-2-condition": "evidence",
    "tranches-2-words": "验收意见",
}


def test_a_subsidy_lives_through_the_forms(clerk: Principal, head: Principal) -> None:
    load_units(actor=SYSTEM, text=(settings.PLAN / "units.toml").read_text(encoding="utf-8"), source="plan")
    office, treasury = signed_in(clerk), signed_in(head)
    sent = {"number": "QH-9", "title": "专项资金", "unit": "qh-czt", "clause": ""}
    assert office.post("/budgets/opening/", {**sent, "unit": ""}).status_code == 422
    assert office.post("/budgets/opening/", sent)["Location"] == "/budgets/programmes/QH-9/"
    place = "/budgets/programmes/QH-9/line/"
    assert office.post(place, {"year": "26", "number": "01", "title": "补助"}).status_code == 422
    year = str(clock.today().year)
    line = office.post(place, {"year": year, "number": "01", "title": "补助"})["Location"]
    wrong = office.post(f"{line}appropriation/", {"amount": "一万", "document": "x"})
    assert wrong.status_code == 422 and "不是数字" in wrong.content.decode()
    assert office.post(f"{line}appropriation/", {"amount": "10,000.00", "document": "青财1号"}).status_code == 302
    asked = {"number": "C1", "purpose": "能力建设", "payee": "张三", "amount": "20000", **ONE}
    unknown = office.post(f"{line}commitment/", asked)
    assert unknown.status_code == 422 and "没有在主体库登记" in unknown.content.decode()
    asked["unregistered"] = "个人，不登记"
    over = office.post(f"{line}commitment/", asked)
    assert over.status_code == 422 and "超出 10,000.00 元" in over.content.decode()
    for broken in (
        {"tranches-1-share": "半"},
        {"tranches-1-condition": "day", "tranches-1-day": "明天"},
        {"tranches-2-share": "49"},
    ):
        assert office.post(f"{line}commitment/", {**asked, "amount": "8000", **broken}).status_code == 422
    made = office.post(f"{line}commitment/", {**asked, "amount": "8,000"})["Location"]
    page = office.get(made).content.decode()
    assert "张*" in page and "张三" not in page and "4,000.00" in page
    first, second = Commitment.objects.get().tranches.all()
    assert treasury.get(f"/budgets/tranches/{first.code}/payment/").status_code == 200
    assert treasury.post(f"/budgets/tranches/{first.code}/payment/")["Location"] == made
    early = treasury.post(f"/budgets/tranches/{second.code}/payment/")
    assert early.status_code == 422 and "验收意见" in early.content.decode()
    assert office.post(f"/budgets/tranches/{second.code}/confirmation/", {"evidence": ""}).status_code == 422
    assert office.post(f"/budgets/tranches/{second.code}/confirmation/", {"evidence": "验收3号"}).status_code == 302
    assert office.post(f"/budgets/tranches/{second.code}/payment/").status_code == 422, "who confirmed does not pay"
    assert treasury.post(f"/budgets/tranches/{second.code}/payment/").status_code == 302
    cockpit = office.get("/budgets/programmes/QH-9/").content.decode()
    assert "8,000.00" in cockpit and "2,000.00" in cockpit and "演示资金" in cockpit
    csv = office.get("/budgets/programmes/QH-9/?format=csv").content.decode("utf-8-sig")
    assert "8,000.00" in csv or "8000.00" in csv


def test_a_payment_makes_its_order(
    clerk: Principal, head: Principal, lines: tuple[Line, Line], somebody: Callable[..., Principal]
) -> None:
    """Payee and amount are not typed again; who may not order payments leaves nothing half done."""
    first, _ = lines
    unit = first.year.programme.unit
    mirror = open_bank_account(
        actor=SYSTEM, number="6222000011112222", bank="建设银行西宁分行", holder="省财政厅", unit=unit,
        opening=Money.yuan(10_000), opened_on=clock.today(),
    )  # fmt: skip
    payer = somebody("payer", "budgets.*", "banking.view", "banking.order")
    viewer = somebody("viewer", "budgets.*", "banking.view")
    tranche = commit(clerk, first, 800).tranches.first()
    address = f"/budgets/tranches/{tranche.code}/"
    sent = {
        "bank_account": mirror.code,
        "account": "6217001234567890128",
        "bank": "农业银行",
        "purpose": "能力建设补助",
    }
    assert "建设银行西宁分行" in signed_in(payer).get(f"{address}payment/").content.decode()
    assert "建设银行西宁分行" not in signed_in(head).get(f"{address}payment/").content.decode()
    missing = signed_in(payer).post(f"{address}payment/", {**sent, "account": ""})
    assert missing.status_code == 422 and not PaymentOrder.objects.exists()
    assert signed_in(viewer).post(f"{address}payment/", sent).status_code == 403
    tranche.refresh_from_db()
    assert tranche.state == "due"
    done = signed_in(payer).post(f"{address}payment/", sent)
    assert done.status_code == 302, done.content.decode()
    order = PaymentOrder.objects.get()
    assert (order.fen, order.cause) == (tranche.fen, f"budget.tranche:{tranche.code}")
    assert f"/banking/orders/{order.code}/" in signed_in(payer).get(address).content.decode()


def test_two_people_through_the_pages(clerk: Principal, head: Principal, lines: tuple[Line, Line]) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    first, second = lines
    place = f"/budgets/lines/{second.code}/adjustment/"
    assert office.post(place, {"target": "", "amount": "1", "reason": "x"}).status_code == 422
    assert office.post(place, {"target": first.code, "amount": "600", "reason": "x"}).status_code == 422
    there = office.post(place, {"target": first.code, "amount": "200", "reason": "增加"})["Location"]
    assert office.post(f"{there}approval/").status_code == 422, "nobody approves his own proposal"
    assert "approval/" not in office.get(there).content.decode()
    assert treasury.post(f"{there}rejection/", {"reason": ""}).status_code == 422
    shown = treasury.get(f"{there}approval/").content.decode()
    assert "待批准" in shown and "-200.00" in shown, "who approves sees what changes"
    assert treasury.post(f"{there}approval/").status_code == 302
    assert "已批准" in office.get(there).content.decode()
    closing = "/budgets/programmes/QH-1/closing/"
    assert "1,200.00" in office.get(closing).content.decode()
    assert office.post(closing, {"choices-01": "carry", "reason": "年终"}).status_code == 422
    there = office.post(closing, {"choices-01": "carry", "choices-02": "lapse", "reason": "年终"})["Location"]
    assert treasury.post(f"{there}approval/").status_code == 302
    listed = office.get("/budgets/programmes/QH-1/decisions/?state=approved").content.decode()
    assert listed.count("已批准") >= 2
    cockpit = office.get(f"/budgets/programmes/QH-1/?year={clock.today().year}").content.decode()
    assert "已收回" in cockpit and "已结转" in cockpit
    first.refresh_from_db()
    assert first.following is not None and office.get(f"/budgets/lines/{first.code}/").status_code == 200
    assert Decision.objects.count() == 2


def test_pots_of_lines_are_named_in_the_ledger(somebody: Callable[..., Principal], lines: tuple[Line, Line]) -> None:
    year, code = lines[0].year.number, lines[0].code
    name = f"{year} 年 {lines[0].number} {lines[0].title_zh}"
    page = signed_in(somebody("auditor", "ledger.view")).get("/ledger/").content.decode()
    assert name in page and f"/budgets/lines/{code}/" not in page, "nobody is led to a door that does not open for him"
    page = signed_in(somebody("chief", "ledger.view", "budgets.view")).get("/ledger/").content.decode()
    assert f'<a href="/budgets/lines/{code}/">{name}</a>' in page
    assert "budget.line:" not in page and '<th scope="rowgroup"' in page


def test_more_tranches_are_asked_for_without_losing_what_was_written(
    clerk: Principal, lines: tuple[Line, Line]
) -> None:
    office, place = signed_in(clerk), f"/budgets/lines/{lines[0].code}/commitment/"
    first = office.get(place).content.decode()
    assert 'name="more-rows" value="tranches"' in first and "tranches-4-share" not in first
    assert first.index('type="submit">承诺') < first.index("more-rows"), "Enter commits: it presses the first button"
    sent = {"number": "C9", "tranches-1-share": "40", "tranches-3-share": "x", "more-rows": "tranches"}
    more = office.post(place, sent)
    page = more.content.decode()
    assert more.status_code == 200 and 'name="tranches-6-share"' in page and 'value="C9"' in page
    assert 'name="tranches-3-share" value="x"' in page.replace(' class="decimal" id="field-tranches-3-share"', "")
    assert "不是数字" not in page and not Commitment.objects.exists()


def test_release_through_the_page(clerk: Principal, lines: tuple[Line, Line]) -> None:
    made = budgets.commit(
        actor=clerk,
        line=lines[0],
        number="C1",
        purpose="补助",
        payee="青海高原检测有限公司",
        unregistered="x",
        amount=Money(500),
        tranches=[budgets.Plan(Decimal(100), budgets.Condition("day", day=clock.today()))],
    )
    place = f"/budgets/commitments/{made.code}/release/"
    assert signed_in(clerk).get(place).status_code == 200
    assert signed_in(clerk).post(place, {"reason": ""}).status_code == 422
    assert signed_in(clerk).post(place, {"reason": "不需要"}).status_code == 302
    assert "已退回" in signed_in(clerk).get(f"/budgets/commitments/{made.code}/").content.decode()


def test_doors_stay_shut(
    somebody: Callable[..., Principal], clerk: Principal, programme: Programme, lines: tuple[Line, Line]
) -> None:
    stranger, nobody = signed_in(somebody("stranger")), Client()
    code = lines[0].code
    for place in (
        "/budgets/opening/",
        "/budgets/programmes/QH-1/",
        "/budgets/programmes/QH-1/closing/",
        "/budgets/programmes/QH-1/decisions/",
        "/budgets/programmes/QH-1/line/",
        f"/budgets/lines/{code}/",
        f"/budgets/lines/{code}/appropriation/",
        f"/budgets/lines/{code}/adjustment/",
        f"/budgets/lines/{code}/commitment/",
    ):
        if place != "/budgets/opening/":
            assert stranger.get(place).status_code == 403 and nobody.get(place).status_code in (302, 403), place
        answer = stranger.post(place, {"unit": "qh-czt", "number": "N", "title": "T"})
        assert answer.status_code in (403, 405), place
    assert stranger.get("/budgets/").status_code == 200 and "QH-1" not in stranger.get("/budgets/").content.decode()
    assert nobody.get("/budgets/").status_code in (302, 403)
    assert signed_in(clerk).get("/budgets/lines/none/").status_code == 404


def test_the_same_as_json(
    somebody: Callable[..., Principal], clerk: Principal, head: Principal, lines: tuple[Line, Line]
) -> None:
    office, treasury = signed_in(clerk), signed_in(head)
    assert [row["number"] for row in office.get("/api/v1/budgets/programmes").json()] == ["QH-1"]
    found = office.get("/api/v1/budgets/lines?programme=QH-1").json()
    assert [row["available"] for row in found] == ["1000", "500"]
    assert office.get("/api/v1/budgets/lines?programme=QH-1&year=1999").json() == []
    asked = {
        "number": "J1",
        "purpose": "补助",
        "payee": "李四",
        "unregistered": "个人",
        "amount": "800.00",
        "tranches": [{"share": "50"}, {"share": "50", "condition": "evidence", "words": "验收"}],
    }
    place = f"/api/v1/budgets/lines/{lines[0].code}/commitment"
    over = office.post(place, {**asked, "amount": "1000.01"}, content_type="application/json")
    assert over.status_code == 422 and over.json()["code"] == "budgets.exhausted"
    made = office.post(place, asked, content_type="application/json").json()
    assert made["payee"] == "李*" and made["unpaid"] == "800"
    second = made["tranches"][1]["code"]
    early = treasury.post(f"/api/v1/budgets/tranches/{second}/payment", content_type="application/json")
    assert early.json()["code"] == "budgets.tranche.waits"
    confirmed = office.post(
        f"/api/v1/budgets/tranches/{second}/confirmation", {"evidence": "3号"}, content_type="application/json"
    )
    assert confirmed.json()["confirmed"] is True
    paid = treasury.post(f"/api/v1/budgets/tranches/{second}/payment", content_type="application/json")
    assert paid.json()["state"] == "paid"
    assert office.get(f"/api/v1/budgets/commitments/{made['code']}").json()["unpaid"] == "400"
    stranger = signed_in(somebody("stranger"))
    assert stranger.get(f"/api/v1/budgets/commitments/{made['code']}").status_code == 403
    assert stranger.get("/api/v1/budgets/programmes").json() == []
    lost = treasury.post("/api/v1/budgets/tranches/none/payment", content_type="application/json")
    assert lost.status_code == 404
