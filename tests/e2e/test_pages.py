"""Pages in a real browser: one journey per kind of page, two languages and widths, print, no finding of axe-core."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from psycopg import sql

from qilian.core.door.sessions.api import PROVED
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.who.people.models import Person
from qilian.core.who.units.api import load_units
from qilian.spine.coverage.api import read_plan
from qilian.spine.plan.api import load_facts
from qilian.web.cli import messages
from qilian.web.components.samples import PAGES
from qilian.web.wsgi import application

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RECORDS = [
    "/plan/2.7.2",
    "/logistics/",
    "/logistics/parks-and-firms/",
    "/logistics/parks-and-firms/map/",
    "/units/qh-fgw/",
    "/nothing/",
    *(f"/styleguide/{name}/" for name in PAGES),
]
WORD = "qing-hai-2015"
SESSION: list[str] = []


class _Server(ThreadingMixIn, WSGIServer):
    """A server of threads, each of which closes its connection when its request is done."""

    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        connections.close_all()


class _Silent(WSGIRequestHandler):
    """The house writes its own log."""

    def log_message(self, *_: object) -> None:
        return


@dataclass(frozen=True)
class Visit:
    """A page of the browser at the address of the house."""

    page: Page
    address: str

    def go(self, place: str) -> int:
        """Open a place and return its status."""
        answer = self.page.goto(self.address + place)
        assert answer is not None
        return answer.status


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Serve the house with the plan's facts and one person; empty the tables afterwards as their owner."""
    messages.ensure()
    with django_db_blocker.unblock():
        SESSION.append(_fill())
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        _empty()


@pytest.fixture(scope="module")
def browser(house: str) -> Iterator[Browser]:  # after the house: Playwright's loop would keep Django off the database
    """The system's Chromium, or a skip by name where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("chromium absent: the system's browser")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET)) as chromium,
    ):
        yield chromium


def _context(browser: Browser, address: str, language: str = "zh", width: int = 1440, **more: Any) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    context.add_cookies([{"name": "language", "value": language, "url": address}])
    return context


@pytest.fixture
def visit(browser: Browser, house: str) -> Iterator[Visit]:
    """A visitor with JavaScript."""
    with _context(browser, house) as context:
        yield Visit(context.new_page(), house)


@pytest.fixture
def plain_visit(browser: Browser, house: str) -> Iterator[Visit]:
    """A visitor whose browser runs no JavaScript."""
    with _context(browser, house, java_script_enabled=False) as context:
        yield Visit(context.new_page(), house)


FILES = ("api/", "static/", "health", "language/", "receipts/verify.py")
"""What is no page: answers for programs, and a script to download."""


def lists() -> list[str]:
    """Every address without a variable part: a new page is tested by existing."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif "<" not in route and not route.startswith(FILES):
                found.append(f"/{route}")

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_a_finding_of_axe_or_is_wider_than_the_screen(
    browser: Browser, house: str, language: str, width: int
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core absent: tests/vendor is fetched by ./qilian test")
    found: list[str] = []
    with _context(browser, house, language, width, bypass_csp=True) as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": SESSION[0], "url": house}])
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
        for place in [*lists(), *RECORDS]:
            status = Visit(page, house).go(place)
            found += [f"{place} answers {status}"] if status >= 500 else []
            found += [f"{place} {finding}" for finding in page.evaluate(_LOOK, RULES)]
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{place} is {beyond} px too wide"] if beyond > 0 else []
    assert found == []


def test_pictures_keep_their_words_inside_and_apart_and_print(browser: Browser, house: str) -> None:
    found: list[str] = []
    for language, width in (("en", 1440), ("zh", 390), ("en", 390)):
        with _context(browser, house, language, width) as context:
            page = context.new_page()
            for place in ("/", "/units/qh-scjgj/", "/units/reforms/", "/logistics/parks-and-firms/map/"):
                Visit(page, house).go(place)
                found += [f"{place} {language} {width} {each}" for each in page.evaluate(_WORDS)]
    assert found == []
    with _context(browser, house) as context:
        page = context.new_page()
        Visit(page, house).go("/coverage/")
        page.emulate_media(media="print")
        expect(page.locator(".picture-wide svg")).to_be_visible()
        expect(page.locator(".picture-narrow svg")).to_be_hidden()
        expect(page.locator(".picture-table")).to_be_hidden()
    with _context(browser, house, java_script_enabled=False) as context:
        page = context.new_page()
        Visit(page, house).go("/coverage/")
        page.get_by_text("以表格查看").click()
        expect(page.locator(".picture-table table")).to_be_visible()


_WORDS = """() => {
  const wrong = [];
  for (const svg of document.querySelectorAll("svg.picture-svg")) {
    if (!svg.getBoundingClientRect().width) continue;
    const {width, height} = svg.viewBox.baseVal;
    const boxes = [...svg.querySelectorAll("text")].map(text => [text.getBBox(), text.textContent]);
    boxes.forEach(([a, words], n) => {
      const inside = a.x > -1 && a.y > -1 && a.x + a.width < width + 1 && a.y + a.height < height + 1;
      if (!inside) wrong.push(`${words} is cut`);
      for (const [b, others] of boxes.slice(0, n)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        if (across > 1 && down > 5) wrong.push(`${words} lies upon ${others}`);
      }
    });
  }
  return wrong;
}"""


def test_a_list_is_filtered_sorted_turned_and_exported_without_javascript(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.go("/styleguide/list/")
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_text("第 21–40 条")).to_be_visible()
    page.get_by_label("节", exact=True).select_option("2.7")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("status")).to_have_text("5 条")
    page.get_by_role("link", name="点名的系统").click()
    expect(page.get_by_role("columnheader", name="点名的系统")).to_have_attribute("aria-sort", "ascending")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    page.get_by_role("link", name="清除条件").click()
    expect(page.get_by_role("status")).to_contain_text("60 条")


def test_a_record_leads_to_its_clause(visit: Visit) -> None:
    visit.go("/styleguide/record/")
    visit.page.get_by_role("link", name="第 2.1.1 条").click()
    expect(visit.page).to_have_url(f"{visit.address}/plan/2.1.1")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("2.1.1")


def test_a_wrong_form_leads_to_the_field_and_keeps_what_was_written(visit: Visit) -> None:
    page = visit.page
    visit.go("/styleguide/form/")
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".problems")).to_be_focused()
    page.get_by_role("link", name="日期已经过去。").click()
    expect(page.get_by_label("哪一天？")).to_be_focused()
    expect(page.get_by_label("哪一天？")).to_have_value("2015-03-01")


def test_a_person_signs_in_changes_the_language_and_signs_out_without_javascript(plain_visit: Visit) -> None:
    page = plain_visit.page
    plain_visit.go("/styleguide/")
    page.get_by_role("link", name="登录").first.click()
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码").fill(WORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{plain_visit.address}/styleguide/")
    expect(page.get_by_role("link", name="王秀兰")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Style guide")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_the_home_page_leads_into_the_plan_and_the_keyboard_reaches_the_content(visit: Visit) -> None:
    page = visit.page
    visit.go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page.get_by_role("group", name="各节服务项走到哪一步").get_by_role("link")).to_have_count(17)
    page.get_by_role("link", name="逐条读方案").click()
    expect(page).to_have_url(f"{visit.address}/plan/")


def test_the_menu_opens_and_closes_on_a_telephone(browser: Browser, house: str) -> None:
    with _context(browser, house, width=390) as context:
        page = context.new_page()
        page.goto(house)
        page.get_by_text("菜单", exact=True).click()
        page.locator(".narrow").get_by_text("方案各节").click()
        expect(page.locator(".narrow").get_by_role("link", name="2.7 检验检测")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".narrow").get_by_role("link", name="2.7 检验检测")).to_be_hidden()


def test_print_is_one_a4_column_without_anything_to_click(visit: Visit) -> None:
    visit.go("/styleguide/record/")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".house")).to_be_hidden()
    expect(visit.page.locator(".actions").first).to_be_hidden()
    expect(visit.page.locator(".house-foot .print-only")).to_be_visible()
    assert visit.page.pdf(format="A4").startswith(b"%PDF")


_LOOK = """(rules) => axe.run(document, {runOnly: rules}).then((result) =>
    result.violations.map((each) => each.id + ": " + each.nodes.map((node) => node.target.join(" ")).join(", ")))"""


def _fill() -> str:
    """Load the plan, make a person who may do everything, and return a session of his."""
    with acting(SYSTEM):
        load_units(actor=SYSTEM, text=(settings.PLAN / "units.toml").read_text(), source="plan")
        load_facts(actor=SYSTEM, facts=read_plan(settings.PLAN))
    someone = Person(login="wang", name="王秀兰", created_at=clock.now())
    someone.set_password(WORD)
    someone.save()
    Grant.objects.create(person=someone, actions=["*"], valid_from=clock.today())
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[PROVED] = int(clock.now().timestamp())  # forms that ask for a fresh proof are looked at, too
    session.save()
    connection.close()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _empty() -> None:
    database = connection.settings_dict
    tables = [sql.Identifier(model._meta.db_table) for model in apps.get_models() if model._meta.managed]
    connections.close_all()
    with psycopg.connect(host=database["HOST"], user="qilian_owner", dbname=database["NAME"]) as owner:
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(tables)))
