"""From nobody to two people who act for a firm, without scripts: sign up, confirm by mail, claim, review, delegate."""

import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.e2e.test_pages import _LOOK, AXE, CHROMIUM, QUIET, RULES, _context, _empty, _Server, _Silent

from qilian.core.log.outbox.api import load_jobs, run_due
from qilian.core.rights.grants.api import SYSTEM
from qilian.core.values import clock
from qilian.engines.registry.parties.api import Facts, check_character, register_party
from qilian.web import demo
from qilian.web.wsgi import application

FIRM, HEAD = "青海雪山软件有限公司", "91630100MA7512345"
CODE = HEAD + check_character(HEAD)
WORD = "a quiet lake 2026"
PAPER = {
    "name": "营业执照.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
}


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def province(
    django_db_setup: None, django_db_blocker: Any, spool: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve a province with the demonstration's people and one firm; a thread does the worker's part."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    kept = settings.EMAIL_BACKEND, settings.BASE_URL
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(spool)
    load_jobs()
    ended = threading.Event()
    with django_db_blocker.unblock():
        demo.load_province()
        demo.cast_from(clock.now())
        register_party(actor=SYSTEM, facts=Facts("enterprise", FIRM, CODE, region="630102"))
        connection.close()
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        worker = threading.Thread(target=_work, args=(ended,), daemon=True)
        worker.start()
        settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
        yield settings.BASE_URL
        ended.set()
        worker.join()
        server.shutdown()
        server.server_close()
        settings.EMAIL_BACKEND, settings.BASE_URL = kept
        _empty()


def _work(ended: threading.Event) -> None:
    while not ended.wait(0.1):
        run_due()
    connection.close()


@pytest.fixture(scope="module")
def browser(province: str) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("chromium absent: the system's browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET)) as chromium,
    ):
        yield chromium


def somebody(browser: Browser, province: str) -> Page:
    return _context(browser, province, java_script_enabled=False, base_url=province).new_page()


def signed_in(browser: Browser, province: str, login: str) -> Page:
    page = somebody(browser, province)
    page.goto("/accounts/login/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(demo.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    return page


def link_to(address: str, spool: Path, page: Page) -> str:
    """The link of the mail to an address, when the worker has spooled it."""
    for _ in range(100):
        for path in spool.glob("*.log"):
            message = message_from_bytes(path.read_bytes().split(b"-" * 79)[0], policy=policy.default)
            if message["To"] == address and "/accounts/confirm/" in message.get_content():
                return next(line for line in message.get_content().splitlines() if "/accounts/confirm/" in line)
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}")


def sign_up(page: Page, name: str, address: str, spool: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="注册").first.click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("电子邮箱").fill("not an address")
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("button", name="注册").click()
    expect(page.get_by_role("alert")).to_contain_text("电子邮箱的写法不对")
    expect(page.get_by_label("姓名")).to_have_value(name)
    page.get_by_label("电子邮箱").fill(address)
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("button", name="注册").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请查收邮件")
    page.goto(link_to(address, spool, page))
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("button", name="确认并登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我代表的主体")


def test_a_stranger_becomes_the_head_of_a_firm_and_lets_another_act(
    browser: Browser, province: str, spool: Path
) -> None:
    boss, other = somebody(browser, province), somebody(browser, province)
    sign_up(boss, "马海山", "boss@firm.example", spool)
    boss.get_by_role("link", name="认领主体").first.click()
    boss.get_by_label("主体").fill(CODE[:17] + ("1" if CODE[17] != "1" else "2"))
    boss.get_by_role("button", name="继续").click()
    expect(boss.get_by_role("alert")).to_be_visible()
    boss.get_by_label("主体").fill(CODE)
    boss.get_by_role("button", name="继续").click()
    boss.get_by_label("法定代表人（负责人）").check()
    boss.get_by_role("button", name="保存并继续").click()
    boss.get_by_label("文件").set_input_files(PAPER)  # type: ignore[arg-type] # playwright takes a file as a dict
    boss.get_by_role("button", name="上传").click()
    boss.locator("#main").get_by_role("link", name="继续：核对并提交").click()
    boss.get_by_role("button", name="提交审核").click()
    expect(boss.get_by_text("待审核").first).to_be_visible()

    registrar = signed_in(browser, province, "registrar")
    registrar.goto("/representation/reviews/")
    registrar.get_by_role("link", name=FIRM).click()
    registrar.get_by_role("link", name="通过", exact=True).click()
    registrar.get_by_role("button", name="通过").click()
    expect(registrar.get_by_text("已通过，申请人已收到通知。")).to_be_visible()

    sign_up(other, "苏小燕", "other@firm.example", spool)
    boss.goto("/representation/")
    boss.get_by_role("link", name="查看和授权").click()
    boss.get_by_role("link", name="授权他人办理").click()
    boss.get_by_label("登录名").fill("other@firm.example")
    boss.get_by_role("button", name="授权他人办理").click()
    expect(boss.get_by_role("row", name="other@firm.example")).to_contain_text("待对方确认")
    other.goto("/representation/")
    other.get_by_role("link", name=FIRM).click()
    other.get_by_role("button", name="接受授权").click()
    expect(other.get_by_text("您现在可以代为办理")).to_be_visible()
    boss.reload()
    expect(boss.get_by_role("row", name="苏小燕")).to_contain_text("有效")
    other.goto("/representation/")
    expect(other.get_by_role("row", name=FIRM)).to_contain_text("经办人")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_at_the_door_have_no_finding_of_axe(browser: Browser, province: str, language: str, width: int) -> None:
    """Those that stand behind a proof or hold an error are not among the addresses that every page is tested by."""
    if not AXE.exists():
        pytest.skip("axe-core absent: tests/vendor is fetched by ./qilian test")
    found: list[str] = []
    with _context(browser, province, language, width, base_url=province, bypass_csp=True) as context:
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.goto("/accounts/signup/")
        page.locator("main button[type=submit]").click()
        found += [f"sign-up: {finding}" for finding in page.evaluate(_LOOK, RULES)]
        page.goto("/accounts/login/")
        page.locator("main [name=login]").fill("boss")
        page.locator("main [name=password]").fill(demo.PASSWORD)
        page.locator("main button[type=submit]").click()
        for place in (
            "/account/",
            "/account/again/",
            "/account/email/",
            "/account/provider/",
            "/representation/claim/",
        ):
            page.goto(place)
            found += [f"{place}: {finding}" for finding in page.evaluate(_LOOK, RULES)]
    assert found == []
