"""Help: every step leads to a page that is there, every role and word speaks both languages."""

import pytest
from django.test import Client
from django.urls import resolve

from qilian.core.house.pages import Column
from qilian.core.house.parts.api import SIGNED_IN, MenuItem
from qilian.core.values.text import Text
from qilian.web.components.tables import cells, key_columns
from qilian.web.components.tags import term
from qilian.web.guide.roles import GUIDES
from qilian.web.guide.words import MEANINGS, words

pytestmark = pytest.mark.django_db
STEPS = [(guide.slug, step) for guide in GUIDES for step in guide.steps]


@pytest.mark.parametrize(("slug", "step"), STEPS, ids=[f"{slug} {step.place}" for slug, step in STEPS])
def test_every_step_leads_to_a_page_that_stands_there(slug: str, step: object) -> None:
    place = getattr(step, "place")  # noqa: B009 — a step, by its name in the test
    assert resolve(place) and Client().get(place).status_code in (200, 302, 403)
    assert f'href="{place}"' in Client().get(f"/help/{slug}/").content.decode()


def test_every_role_is_linked_in_both_languages(english: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/help/").content.decode()
    assert all(f'href="/help/{guide.slug}/"' in page and guide.title.en in page for guide in GUIDES)
    assert Client().get("/help/nobody/").status_code == 404


def test_words_are_those_of_the_glossary_and_what_is_explained_is_one_of_them() -> None:
    terms = {word.zh for word in words()}
    assert set(MEANINGS) <= terms and len(terms) == len(words())
    page = Client(headers={"accept-language": "zh"}).get("/glossary/?q=牵头").content.decode()
    assert "牵头单位" in page and "lead unit" in page and "集体单位" not in page


def test_a_menu_entry_stands_in_its_group() -> None:
    title = Text("甲", "A")
    items = (
        MenuItem(title, "a", 940),
        MenuItem(title, "a", 10, SIGNED_IN),
        MenuItem(title, "a", 60, "x.do"),
        MenuItem(title, "a", 900, "x.do"),
    )
    assert [item.group for item in items] == ["look", "mine", "do", "manage"]


def test_a_card_is_headed_by_what_links_and_the_state_or_by_what_says_so() -> None:
    def column(name: str, kind: object = "text", **more: object) -> Column:
        return Column(name, Text(name, name), lambda row: row[name], kind, **more)  # type: ignore[arg-type] # a test's

    linked = column("name", url=lambda _row: "/x/")
    assert key_columns([column("code"), linked, column("on"), column("state", "status")]) == ("name", "state")
    assert key_columns([column("code"), column("on")]) == ("code", "")
    assert key_columns([column("code"), linked]) == ("name", "code")
    assert key_columns([column("code"), linked, column("sum", key=True)]) == ("sum", "name")
    assert key_columns([]) == ("", "")
    marks = [
        cell.mark for cell in cells([column("code"), linked, column("none")], {"code": "1", "name": "甲", "none": ""})
    ]
    assert marks == [" key second", " key", " none"]


def test_a_word_of_the_house_leads_to_its_meaning() -> None:
    assert 'href="/glossary/?q=主体"' in term(Text("主体", "Party"))
    assert term(Text("单位", "Unit")) == term(Text("金额", "Amount")) == term("主体") == ""
