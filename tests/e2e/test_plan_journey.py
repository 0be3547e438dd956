"""The main job in a browser without JavaScript: a document becomes a published version, and everyone reads it."""

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.e2e.test_pages import CHROMIUM, QUIET, _context, _Server, _Silent

from qilian.web.demo import PASSWORD
from qilian.web.wsgi import application

TEXT = """一、任务
（一）把路牌换成两种文字。（牵头单位：省交通运输厅；配合单位：路牌专班，各市、州人民政府）
（二）2028年底前检查一遍。（牵头单位：省市场监管局；配合单位：省交通运输厅）
"""


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
def browser(province: str) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("chromium absent: the system's browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET)) as chromium,
    ):
        yield chromium


@pytest.fixture
def page(browser: Browser, province: str) -> Iterator[Page]:
    with _context(browser, province, java_script_enabled=False, base_url=province) as context:
        yield context.new_page()


def sign_in(page: Page, login: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_load_state()


def test_a_document_becomes_a_version(page: Page) -> None:
    sign_in(page, "director")
    page.goto("/plans/registration/")
    page.get_by_label("名称", exact=True).fill("路牌方案")
    page.get_by_label("短名").fill("signs")
    page.get_by_role("main").get_by_role("button", name="登记新文件").click()
    page.get_by_label("或者粘贴全文").fill(TEXT)
    page.get_by_role("button", name="上传并编译").click()
    expect(page.get_by_role("heading", name="待处理")).to_be_visible()
    page.locator(".plan-list").get_by_role("link", name="省市场监管局").click()
    place = page.url.partition("#")[2]
    expect(page.locator(f"#{place}")).to_have_text("省市场监管局")
    page.locator("#main").get_by_role("link", name="逐项处理").click()
    expect(page.get_by_role("heading", name="第 1 项，共 1 项")).to_be_visible()
    expect(page.locator("mark.mark-here")).to_have_text("路牌专班")
    page.get_by_role("button", name="就是这个单位").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写单位")
    page.get_by_label("理由").fill("临时专班，由会议另定")
    page.get_by_role("button", name="不是单位，从台账去掉").click()
    expect(page.get_by_text("全部处理完毕，可以发布。")).to_be_visible()
    page.locator("#main").get_by_role("link", name="发布为新版本").click()
    page.get_by_role("main").get_by_role("button", name="发布为新版本").click()
    expect(page).to_have_url(f"{page.url.partition('/plans/')[0]}/plans/signs/versions/1/")
    page.get_by_role("link", name="1.2", exact=True).click()
    expect(page.get_by_text("2028-12-31")).to_be_visible()


def test_questions_are_walked_through_by_keys(browser: Browser, province: str) -> None:
    with _context(browser, province, base_url=province) as context:
        page = context.new_page()
        sign_in(page, "director")
        page.goto("/plans/registration/")
        page.get_by_label("名称", exact=True).fill("路灯方案")
        page.get_by_label("短名").fill("lamps")
        page.get_by_role("main").get_by_role("button", name="登记新文件").click()
        page.get_by_label("或者粘贴全文").fill(TEXT.replace("省市场监管局", "路灯专班").replace("路牌专班", "灯杆专班"))
        page.get_by_role("button", name="上传并编译").click()
        page.locator("#main").get_by_role("link", name="逐项处理").click()
        keys = page.get_by_label("按 j、k 键换题")
        expect(keys).to_be_visible()
        page.keyboard.press("j")
        expect(page.get_by_role("heading", name="第 2 项，共 2 项")).to_be_visible()
        expect(keys).to_be_visible()
        expect(page.locator("mark.mark-here")).to_have_text("路灯专班")
        page.get_by_label("单位", exact=True).press("k")
        expect(page.get_by_label("单位", exact=True)).to_have_value("k")
        page.locator("h1").click()
        page.keyboard.press("k")
        expect(page.get_by_role("heading", name="第 1 项，共 2 项")).to_be_visible()
        keys.uncheck()
        page.keyboard.press("j")
        page.reload()
        expect(page.get_by_role("heading", name="第 1 项，共 2 项")).to_be_visible()


def test_everyone_finds_a_unit_its_clause_and_its_successor(page: Page) -> None:
    page.goto("/plan/")
    page.get_by_role("rowheader", name="省经济和信息化委").get_by_role("link").click()
    expect(page.get_by_role("heading", name="牵头（16 条）")).to_be_visible()
    page.get_by_role("link", name="省工业和信息化厅").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("省工业和信息化厅")
    page.goto("/plan/2.7.2")
    expect(page.get_by_role("row", name="牵头 省质监局 省市场监管局")).to_be_visible()
    page.goto("/plans/cold-chain/compare/?a=1&b=2")
    expect(page.locator("del").first).to_be_visible()


def test_a_table_is_asked_for_and_progress_is_shown(page: Page) -> None:
    page.goto("/units/qh-swt/")
    page.get_by_role("button", name="任务分工表 XLSX").click()
    expect(page.get_by_text("排队")).to_be_visible()


def test_the_matrix_becomes_a_list_on_a_telephone(browser: Browser, province: str) -> None:
    with _context(browser, province, width=390) as context:
        page = context.new_page()
        page.goto(f"{province}/plan/")
        expect(page.get_by_role("row", name="省科技厅 牵")).to_be_visible()
        expect(page.get_by_role("heading", name="2.5 商务咨询")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
