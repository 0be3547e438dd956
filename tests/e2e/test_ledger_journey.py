"""The ledger in a browser: a subsidy in tranches, a bank statement brought to zero by two people, pallets counted."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.e2e.test_pages import _LOOK, AXE, CHROMIUM, QUIET, RULES, _context, _Server, _Silent

from qilian.core.house.principal import SYSTEM
from qilian.core.values.money import Money
from qilian.engines.ledger.banking.api import BankAccount
from qilian.engines.ledger.banking.story import statement_of
from qilian.engines.ledger.book.api import Account, Entry, post
from qilian.engines.ledger.budgets.api import Commitment, Line, Programme
from qilian.web import demo
from qilian.web.wsgi import application

FIRM = "青海高原检测服务有限公司"


@pytest.fixture(scope="module")
def province(demonstration: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demonstration province."""
    settings.PAYMENT_SPOOL = tmp_path_factory.mktemp("payments")
    with django_db_blocker.unblock():
        connection.close()
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def statement(province: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank file with one amount that the book has otherwise and one receipt that it does not know."""
    with django_db_blocker.unblock():
        bank = BankAccount.objects.select_related("account").get()
        firm = Account.objects.get(title_zh=FIRM)
        entry = Entry(debit=bank.account, credit=firm, amount=8_172_300, words="QL-JCF-0009 检测费")
        post(actor=SYSTEM, entries=[entry], engine="ledger.banking")
        rows = [(8_123_700, FIRM, "6217000055556666", "QL-JCF-0009"), (50_066, "赵四海", "6217000099990000", "来款")]
        content = statement_of(Money(bank.bank_fen), rows)
        connection.close()
    file = tmp_path_factory.mktemp("bank") / "下旬对账单.csv"
    file.write_bytes(content)
    return file


@pytest.fixture(scope="module")
def places(province: str, django_db_blocker: Any) -> dict[str, str]:
    """Addresses of records that the stories left behind, read before the browser's loop begins."""
    with django_db_blocker.unblock():
        line = Line.objects.get(year__programme__number__endswith="-FWY", number="01")
        found = {
            "programme": f"/budgets/programmes/{Programme.objects.get(number__endswith='-FWY').number}/",
            "line": f"/budgets/lines/{line.code}/",
            "commitment": f"/budgets/commitments/{Commitment.objects.filter(line=line)[0].code}/",
            "bank": f"/banking/accounts/{BankAccount.objects.get().code}/",
        }
        connection.close()
    return found


@pytest.fixture(scope="module")
def browser(statement: Path, places: dict[str, str]) -> Iterator[Browser]:
    """The system's Chromium; after the fixtures that ask the database, which Playwright's loop would keep off."""
    if not CHROMIUM.exists():
        pytest.skip("chromium absent: the system's browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET)) as chromium,
    ):
        yield chromium


@pytest.fixture
def budgeter(browser: Browser, province: str) -> Iterator[Page]:
    yield from _signed_in(browser, province, "budgeter")


@pytest.fixture
def treasurer(browser: Browser, province: str) -> Iterator[Page]:
    yield from _signed_in(browser, province, "treasurer")


@pytest.fixture
def bookkeeper(browser: Browser, province: str) -> Iterator[Page]:
    yield from _signed_in(browser, province, "bookkeeper")


def _signed_in(browser: Browser, province: str, login: str) -> Iterator[Page]:
    """Somebody whose browser runs no JavaScript."""
    with _context(browser, province, java_script_enabled=False, base_url=province) as context:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(demo.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()
        page.wait_for_load_state()
        yield page


def test_a_subsidy_is_spent_in_tranches(budgeter: Page, treasurer: Page, places: dict[str, str]) -> None:
    budgeter.goto(places["line"])
    budgeter.get_by_role("link", name="承诺", exact=True).first.click()
    budgeter.get_by_label("编号").fill("TX-07")
    budgeter.get_by_label("用途").fill("能力建设贴息")
    budgeter.get_by_label("未登记收款方的名称").fill(FIRM)
    budgeter.get_by_label("为何向未登记者付款").fill("演示企业，尚未登记")
    budgeter.get_by_label("金额").fill("90000000")
    for place, share, kind, words in ((1, "50", "即付", ""), (2, "50", "确认结果后", "项目验收意见")):
        budgeter.get_by_label(f"分笔（{place}）：比例").fill(share)
        budgeter.get_by_label(f"分笔（{place}）：条件").select_option(kind)
        budgeter.get_by_label(f"分笔（{place}）：等待的结果").fill(words)
    budgeter.get_by_role("button", name="承诺").click()
    expect(budgeter.get_by_role("alert")).to_contain_text("超出")
    budgeter.get_by_label("金额").fill("300,000")
    budgeter.get_by_role("button", name="承诺").click()
    expect(budgeter.get_by_role("heading", level=1)).to_have_text("能力建设贴息")
    place = budgeter.url
    treasurer.goto(place)
    treasurer.get_by_role("link", name="拨付", exact=True).click()
    treasurer.get_by_role("button", name="拨付").click()
    expect(treasurer.get_by_role("row", name="已拨付")).to_contain_text("150,000.00")
    expect(treasurer.get_by_role("link", name="拨付", exact=True)).to_have_count(0)
    budgeter.goto(place)
    budgeter.get_by_role("link", name="确认拨付条件").click()
    budgeter.get_by_label("依据").fill("验收意见〔演示〕9号")
    budgeter.get_by_role("button", name="确认拨付条件").click()
    treasurer.goto(place)
    treasurer.get_by_role("link", name="拨付", exact=True).click()
    treasurer.get_by_role("button", name="拨付").click()
    expect(treasurer.get_by_role("row", name="已拨付")).to_have_count(2)


def test_a_payee_is_picked_with_the_keyboard_and_the_record_links_to_the_party(
    browser: Browser, province: str, places: dict[str, str]
) -> None:
    with _context(browser, province, base_url=province) as context:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("登录名").fill("budgeter")
        page.get_by_label("密码").fill(demo.PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        page.goto(f"{places['line']}commitment/")
        page.get_by_label("编号").fill("TX-08")
        page.get_by_label("用途").fill("键盘选择收款方")
        payee = page.get_by_role("combobox", name="收款方")
        payee.press_sequentially("物流")
        options = page.get_by_role("listbox").get_by_role("option")
        expect(options.first).to_be_visible()
        page.keyboard.press("Escape")
        expect(payee).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        name = options.first.locator("span").first.inner_text()
        page.keyboard.press("Enter")
        expect(payee).to_have_value(name)
        expect(page.locator("#field-party-picked")).to_contain_text(name)
        page.get_by_label("金额").fill("1000")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("键盘选择收款方")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_payee_who_is_not_registered_is_refused_with_the_nearest_names(
    budgeter: Page, places: dict[str, str]
) -> None:
    budgeter.goto(f"{places['line']}commitment/")
    budgeter.locator("#field-party").fill("高原检测")
    budgeter.get_by_role("button", name="承诺").click()
    expect(budgeter.get_by_role("alert")).to_contain_text("主体名册里没有“高原检测”")
    expect(budgeter.get_by_role("alert")).to_contain_text("最接近的是")


def test_a_statement_is_brought_to_zero_by_two_people(
    budgeter: Page, treasurer: Page, places: dict[str, str], statement: Path
) -> None:
    budgeter.goto(places["bank"])
    expect(budgeter.get_by_text("没有接入任何银行").first).to_be_visible()
    budgeter.get_by_role("link", name="导入对账单").click()
    budgeter.get_by_label("文件").set_input_files(statement)
    budgeter.get_by_role("button", name="导入对账单").click()
    expect(budgeter.get_by_text("2 笔新流水可以入库")).to_be_visible()
    budgeter.get_by_role("button", name="入库并自动对账").click()
    expect(budgeter.get_by_text("未对平")).to_be_visible()
    expect(budgeter.get_by_text("赵四海")).to_have_count(0)
    _propose(budgeter, "QL-JCF-0009", "更正账本", "账本里的记账", "81,723.00")
    expect(budgeter.get_by_role("link", name="批准", exact=True)).to_have_count(0)
    budgeter.goto(f"{budgeter.url}approval/")
    budgeter.get_by_role("button", name="批准").click()
    expect(budgeter.get_by_role("alert")).to_contain_text("不能批准或退回自己提出的事项")
    budgeter.goto(places["bank"])
    _propose(budgeter, "来款", "补记", "记到哪个账户", "待查款项")
    for _ in range(2):
        treasurer.goto(places["bank"])
        treasurer.locator("#waiting").get_by_role("link").first.click()
        treasurer.get_by_role("link", name="批准", exact=True).click()
        treasurer.get_by_role("button", name="批准").click()
    expect(treasurer.get_by_text("已对平")).to_be_visible()
    expect(treasurer.get_by_text("没有差异。")).to_have_count(2)


def test_deposit_and_pallets_balance_in_the_book(bookkeeper: Page) -> None:
    bookkeeper.goto("/ledger/trial-balance/")
    expect(bookkeeper.get_by_text("标准托盘 1200×1000").first).to_be_visible()
    expect(bookkeeper.get_by_text("人民币").first).to_be_visible()


def test_no_page_of_records_has_a_finding_of_axe(browser: Browser, province: str, places: dict[str, str]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core absent: tests/vendor is fetched by ./qilian test")
    found: list[str] = []
    for language, width in (("zh", 1440), ("en", 390)):
        with _context(browser, province, language, width, bypass_csp=True, base_url=province) as context:
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill("budgeter")
            page.locator("input[name=password]").fill(demo.PASSWORD)
            page.locator("main button[type=submit]").click()
            page.wait_for_load_state()
            context.add_init_script(path=AXE)
            visited = [*places.values(), f"{places['bank']}lines/", f"{places['line']}commitment/"]
            for place in visited:
                page.goto(place)
                found += [f"{language} {place} {finding}" for finding in page.evaluate(_LOOK, RULES)]
                beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                found += [f"{language} {place} is {beyond} px too wide"] if beyond > 0 else []
    assert found == []


def _propose(page: Page, row: str, kind: str, field: str, option: str) -> None:
    """Open the line of a difference and propose what to do with it."""
    page.locator("#lines").get_by_role("row", name=row).get_by_role("link", name="处理").click()
    page.get_by_role("link", name=kind, exact=True).click()
    choice = page.get_by_label(field)
    value = choice.locator("option", has_text=option).first.get_attribute("value")
    choice.select_option(value)
    page.get_by_label("理由").fill("核对原始凭证")
    page.get_by_role("button", name=kind).click()
    page.wait_for_load_state()
