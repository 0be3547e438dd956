"""The registry in a browser: a firm graded, corrected, repaired; an entry from listing to exit; a receipt proved."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.e2e.test_pages import _LOOK, AXE, CHROMIUM, QUIET, RULES, _context, _Server, _Silent

from qilian.core.log.events.api import checkpoint, seal
from qilian.core.values import clock
from qilian.engines.registry.grades.api import grade_at
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.ratings.api import open_flags, ratings
from qilian.web import demo
from qilian.web.wsgi import application

GRADE, DIRECTORY = "aftersales/service-quality", "ecommerce/service-firms"
FIRM = "青海湖源企业服务有限公司"


@pytest.fixture(scope="module")
def province(demonstration: None, django_db_blocker: Any) -> Iterator[str]:
    """Serve the demonstration province."""
    with django_db_blocker.unblock():
        connection.close()
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def known(province: str, django_db_blocker: Any) -> dict[str, str]:
    """What the stories left behind, read before the browser's loop begins: codes and addresses."""
    with django_db_blocker.unblock():
        firm = Party.objects.get(name=FIRM)
        found = {
            "uscc": firm.uscc,
            "party": f"/parties/{firm.code}/",
            "rating": f"/ratings/{ratings().filter(rated=firm, state='standing')[0].code}/",
            "flag": f"/ratings/flags/{open_flags()[0].code}/",
        }
        connection.close()
    return found


@pytest.fixture(scope="module")
def browser(known: dict[str, str]) -> Iterator[Browser]:
    """The system's Chromium, after the fixtures that ask the database."""
    if not CHROMIUM.exists():
        pytest.skip("chromium absent: the system's browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET)) as chromium,
    ):
        yield chromium


@pytest.fixture
def people(browser: Browser, province: str) -> Iterator[dict[str, Page]]:
    """Everybody who takes part, each with a browser of his own that runs no JavaScript; `visitor` is not signed in."""
    logins = ("aftersales", "ecommerce", "boss", "creditor", "reviewer", "visitor")
    contexts = {
        login: _context(browser, province, java_script_enabled=False, base_url=province, accept_downloads=True)
        for login in logins
    }
    pages = {login: context.new_page() for login, context in contexts.items()}
    for login, page in pages.items():
        if login != "visitor":
            _sign_in(page, login)
    yield pages
    for context in contexts.values():
        context.close()


def test_a_firm_is_graded_appeals_and_is_corrected(people: dict[str, Page], known: dict[str, str]) -> None:
    official, boss, visitor = people["aftersales"], people["boss"], people["visitor"]
    said = {"party": known["uscc"], "evidence": "评价通知〔演示〕7号"}
    for slug, values in grade_at(GRADE).samples[0].figures.items():
        said |= {f"{slug}-values": ",".join(values), f"{slug}-source": "申报表"}
    official.goto(f"/{GRADE}/evaluation/")
    _send(official, said)
    expect(official.get_by_role("heading", level=1)).to_have_text(FIRM)
    sheet = official.url
    assert visitor.goto(sheet).status == 404
    boss.goto("/notices/")
    expect(boss.get_by_role("main")).to_contain_text("评价结果")
    boss.goto(known["party"])
    boss.locator("#grades").get_by_role("link").first.click()
    boss.get_by_role("link", name="申诉").click()
    _send(boss, {"indicator": "repair", "words": "60 单中 58 单按时，附派工单", "evidence": "派工单"})
    expect(boss.get_by_role("main")).to_contain_text("待答复")
    official.goto(sheet)
    official.get_by_role("link", name="答复申诉").click()
    answer = {"verdict": "upheld", "answer": "经核对，更正", "values": "58,60", "source": "派工单核查记录"}
    _send(official, {**answer, "values": ""})
    expect(official.get_by_role("alert")).to_contain_text("更正后的数值")
    _send(official, answer)
    official.locator("#main").get_by_role("link", name="公布").click()
    _send(official, {})
    assert visitor.goto(official.url).status == 200
    expect(visitor.get_by_role("main")).not_to_contain_text("派工单")
    boss.goto("/notices/")
    expect(boss.get_by_role("main")).to_contain_text("申诉")
    expect(boss.get_by_role("main")).to_contain_text("已公布")


def test_its_credit_record_is_repaired(people: dict[str, Page], known: dict[str, str]) -> None:
    creditor, boss, reviewer, visitor = (people[login] for login in ("creditor", "boss", "reviewer", "visitor"))
    creditor.goto(known["party"])
    creditor.get_by_role("link", name="登记失信信息").click()
    expect(creditor.locator("[name=party]")).to_have_value(known["uscc"])
    day = str(clock.today() - timedelta(days=120))
    decision = {
        "document": "青市监罚〔演示〕9 号",
        "authority": "省市场监管局",
        "conduct": "未按规定标示",
        "decided_on": day,
    }
    _send(creditor, {**decision, "severity": "ordinary"})
    record = creditor.url
    assert visitor.goto(record).status == 200
    boss.goto(record)
    boss.get_by_role("link", name="申请信用修复").click()
    pledge = {"pledge": "承诺守法经营，同意公开", "evidence": "缴款书"}
    _send(boss, pledge)
    expect(boss.get_by_role("alert")).to_contain_text("已纠正")
    creditor.locator("#main").get_by_role("link", name="登记已纠正").click()
    _send(creditor, {"evidence": "缴款书、整改验收单"})
    _send(boss, pledge)
    reviewer.goto(record)
    reviewer.get_by_role("link", name="决定修复申请").click()
    _send(reviewer, {"decision": "granted", "answer": "条件均已满足"})
    assert visitor.goto(record).status == 404
    boss.goto("/notices/")
    expect(boss.get_by_role("main")).to_contain_text("信用修复")


def test_an_entry_is_listed_suspended_restored_and_exits_and_its_receipt_is_proved_alone(
    people: dict[str, Page], known: dict[str, str], django_db_blocker: Any, tmp_path: Path
) -> None:
    keeper, visitor = people["ecommerce"], people["visitor"]
    keeper.goto(f"/{DIRECTORY}/admission/")
    proofs = {f"findings-{slug}": "已查证" for slug in ("registered", "contracts", "data", "disputes")}
    _send(keeper, {"uscc": known["uscc"], "service": "design", "clients": "12", "turnover": "900000", **proofs})
    entry = keeper.url
    keeper.get_by_role("main").get_by_role("link", name="列入", exact=True).click()
    _send(keeper, {"grade": "B", "evidence": "公告〔演示〕3号"})
    keeper.get_by_role("main").get_by_role("button", name="公开", exact=True).click()
    expect(keeper.get_by_text("已办理：公开。")).to_be_visible()
    for deed, said in (
        ("暂停", {"reason": "投诉核查中"}),
        ("恢复", {"reason": "核查属实不成立"}),
        ("退出", {"exit": "request", "reason": "企业申请"}),
    ):
        keeper.get_by_role("main").get_by_role("link", name=deed, exact=True).first.click()
        _send(keeper, said)
    expect(keeper.get_by_role("main")).to_contain_text("退出")
    assert visitor.goto(entry).status in (200, 404)
    _aside(django_db_blocker, _seal_all)
    keeper.goto(entry)
    keeper.locator("main a[href^='/receipts/']").first.click()
    receipt = _download(keeper, "a[href$='receipt.json']", tmp_path / "receipt.json")
    key = json.loads(receipt.read_text(encoding="utf-8"))["checkpoint"]["key"]
    expect(keeper.get_by_role("main")).to_contain_text(key)
    keeper.goto("/receipts/")
    verifier = _download(keeper, "a[href='/receipts/verify.py']", tmp_path / "verify.py")
    ran = _verified(verifier, receipt, key)
    assert ran.returncode == 0 and {line.split()[0] for line in ran.stdout.splitlines()} == {"OK"}, ran.stdout
    text = receipt.read_text(encoding="utf-8")
    receipt.write_text(text.replace("registry.entry.", "registry.entri.", 1), encoding="utf-8")
    assert text != receipt.read_text(encoding="utf-8")
    ran = _verified(verifier, receipt, key)
    assert ran.returncode != 0 and "WRONG" in ran.stdout, ran.stdout + ran.stderr


def test_no_page_of_them_has_a_finding_of_axe(browser: Browser, province: str, known: dict[str, str]) -> None:
    if not AXE.exists():
        pytest.skip("axe-core absent: tests/vendor is fetched by ./qilian test")
    found: list[str] = []
    for language, width in (("zh", 1440), ("en", 390)):
        with _context(browser, province, language, width, bypass_csp=True, base_url=province) as context:
            page = context.new_page()
            _sign_in(page, "reviewer")
            context.add_init_script(path=AXE)
            for place in (known["party"], known["rating"], known["flag"], f"{known['flag']}finding/", "/ratings/"):
                page.goto(place)
                found += [f"{language} {place} {finding}" for finding in page.evaluate(_LOOK, RULES)]
                beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                found += [f"{language} {place} is {beyond} px too wide"] if beyond > 0 else []
    assert found == []


def _sign_in(page: Page, login: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(demo.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def _send(page: Page, said: Mapping[str, str]) -> None:
    """Fill the form of a page by the names of its fields, and send it."""
    for name, value in said.items():
        control = page.locator(f"main [name='{name}']").first
        tag, kind = control.evaluate("(node) => node.tagName"), control.get_attribute("type")
        if tag == "SELECT":
            control.select_option(value)
        elif kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        else:
            control.fill(value)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def _download(page: Page, link: str, file: Path) -> Path:
    with page.expect_download() as download:
        page.locator(link).first.click()
    download.value.save_as(file)
    return file


def _verified(verifier: Path, receipt: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Run the script alone: Python without our packages and without anything that is installed."""
    call = [sys.executable, "-I", "-S", str(verifier), str(receipt), key]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)


def _aside(blocker: Any, act: Any) -> None:
    """Do something with the database in a thread of its own: Playwright's loop keeps this one off."""
    with blocker.unblock():
        thread = threading.Thread(target=act)
        thread.start()
        thread.join()


def _seal_all() -> None:
    while seal():
        pass
    checkpoint()
    connection.close()
