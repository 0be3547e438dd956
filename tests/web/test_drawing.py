"""What is drawn by hand equals what a template would draw; what is kept is made anew as soon as anything is written."""

from collections.abc import Callable
from datetime import date

import pytest
from django.template import Context, Engine
from django.test import Client
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.pages import Kept
from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import emit
from qilian.core.offers.offers.events import OfferOpened
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.api import Person
from qilian.core.who.units.api import load_units, name_unit
from qilian.core.who.units.models import Unit
from qilian.spine.coverage.api import read_plan
from qilian.spine.plan.api import load_facts
from qilian.web.components.tables import Cell, options_html, rows_html

CELLS = (
    "{% for row in rows %}<tr>{% for cell in row %}"
    '<td class="{{ cell.kind }}{{ cell.mark|safe }}" data-t="{{ cell.title }}">'
    '{% if cell.url %}<a href="{{ cell.url }}">{% endif %}'
    '{% if cell.colour %}<span class="status status-{{ cell.colour }}">{{ cell.text }}</span>'
    '{% elif cell.moment %}<time datetime="{{ cell.moment }}">{{ cell.text }}</time>'
    "{% else %}{{ cell.text }}{% endif %}"
    "{% if cell.url %}</a>{% endif %}</td>{% endfor %}</tr>{% if not forloop.last %}\n  {% endif %}{% endfor %}"
)
CHOICES = (
    '{% for choice, title in choices %}<option value="{{ choice }}"{% if choice == chosen %} selected{% endif %}>'
    "{{ title }}</option>{% endfor %}"
)
texts = st.text("a<>&\"'西 \n", max_size=6)
shown = st.one_of(texts, texts.map(SafeString))
marks = st.sampled_from(("", " key", " key second", " none"))
cells = st.builds(Cell, shown, texts, texts, texts, texts, texts, marks)


def drawn(template: str, **values: object) -> str:
    return Engine.get_default().from_string(template).render(Context(values))


@given(st.lists(st.lists(cells, max_size=3), max_size=3))
def test_rows_are_written_as_a_template_writes_them(rows: list[list[Cell]]) -> None:
    assert rows_html(rows) == drawn(CELLS, rows=rows)


@given(st.lists(st.tuples(texts, texts.map(lambda text: Text(text, "x"))), max_size=4), texts)
def test_options_are_written_as_a_template_writes_them(choices: list[tuple[str, Text]], chosen: str) -> None:
    assert options_html(choices, chosen) == drawn(CHOICES, choices=choices, chosen=chosen)


def test_what_was_asked_for_last_is_kept() -> None:
    kept, made = Kept[int](2), list[int]()

    def make(number: int) -> Callable[[], int]:
        return lambda: made.append(number) or number

    assert [kept.get(number, make(number)) for number in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]


@pytest.fixture
def plan(db: None, root: object) -> None:
    load_units(actor=SYSTEM, text=(root / "plan/qinghai-2015/units.toml").read_text(), source="plan/qinghai-2015")
    load_facts(actor=SYSTEM, facts=read_plan(root / "plan/qinghai-2015"))


@pytest.mark.usefixtures("plan")
def test_the_plan_is_drawn_anew_when_a_unit_gets_another_name(chinese_client: Client, english_client: Client) -> None:
    before = chinese_client.get("/plan/")
    assert "第 1 版" in before.content.decode() and "Version 1" in english_client.get("/plan/").content.decode()
    tag = before["ETag"]
    visitor = Client(headers={"accept-language": "zh-CN", "if-none-match": tag})
    assert visitor.get("/plan/").status_code == 304
    assert visitor.get("/plan/?kind=vertical").status_code == 200
    assert Client(headers={"accept-language": "en", "if-none-match": tag}).get("/plan/").status_code == 200
    unit = Unit.objects.get(slug="qh-jxw")
    name_unit(
        actor=SYSTEM, unit=unit, zh="省经信委新名", en="Renamed", valid_from=date(2015, 1, 1), source="省政府通知"
    )
    after = visitor.get("/plan/")
    assert after.status_code == 200 and after["ETag"] != tag


@pytest.mark.usefixtures("plan")
def test_who_is_signed_in_gets_his_own_page(chinese_client: Client) -> None:
    person = Person.objects.create(login="wang", name="王芳", created_at=clock.now())
    tag = chinese_client.get("/").headers["ETag"]
    chinese_client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    own = chinese_client.get("/", headers={"if-none-match": tag})
    assert own.status_code == 200 and "ETag" not in own.headers and "王芳" in own.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/v1/plan/clauses", "/api/v1/coverage"])
@pytest.mark.usefixtures("plan")
def test_json_that_is_kept_is_told_by_its_tag(client: Client, address: str) -> None:
    first = client.get(address)
    assert first.json() and first["Content-Type"].startswith("application/json")
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address).content == first.content


@pytest.mark.usefixtures("plan")
def test_the_coverage_is_written_anew_when_an_offer_is_opened(client: Client) -> None:
    before = client.get("/api/v1/coverage")
    assert before.json()["totals"]["offers"]["opened"] == 0
    path = next(row["offer"] for row in before.json()["offers"] if row["state"] == "declared")
    emit(OfferOpened("directory"), actor=SYSTEM, subject=Ref("core.offer", path), offer=path)
    after = client.get("/api/v1/coverage", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200 and after.json()["totals"]["offers"]["opened"] == 1


def test_a_static_file_that_is_not_there_is_answered_in_a_line(client: Client) -> None:
    answer = client.get("/static/css/none.css")
    assert (answer.status_code, answer.content) == (404, b"404\n")
    assert answer["Content-Type"].startswith("text/plain") and answer["X-Request-ID"]
