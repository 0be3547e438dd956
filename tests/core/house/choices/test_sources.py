"""Picking from a source: a code or a whole name is taken; everything else is refused with what is nearest."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from qilian.core.house.choices.api import Choice, Source, sources
from qilian.core.house.forms.api import FieldSpec, Form, check, json_schema, screen_fields
from qilian.core.house.parts.api import Part
from qilian.core.house.principal import Principal, acting
from qilian.core.values.text import Text

pytestmark = pytest.mark.django_db  # who acts is told to the database, and a page that is not there asks it
TOWNS = {"630100": "西宁", "630121": "大通", "632801": "格尔木", "632802": "德令哈", "630200": "大通"}
ONLY = Principal("person", code="only", name="某")


def _search(me: Principal, words: str) -> Iterable[tuple[str, str]]:
    return [town for town in TOWNS.items() if me is ONLY and (words in town[1] or town[0].startswith(words))]


def _exact(_me: Principal, written: str) -> Iterable[tuple[str, str]]:
    return [town for town in TOWNS.items() if written in town]


SOURCE = Source(
    name="town",
    title=Text("城镇", "towns"),
    asks=Text("名称或代码", "a name or a code"),
    search=_search,
    exact=_exact,
    shown=lambda row: Choice(row[0], row[1], f"{row[0]} 号"),
    gives=lambda row: int(row[0]),
)
WHERE = Form("where", Text("何处", "Where"), (FieldSpec("town", Text("城镇", "Town"), picks="town"),))
ROWS = Form("rows", Text("表", "Rows"), (FieldSpec("stops", Text("站", "Stops"), "rows", row=WHERE),))


@pytest.fixture(autouse=True)
def towns(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part(name="test.towns", title=Text("城镇", "Towns"), choices=(SOURCE,))
    monkeypatch.setattr("qilian.core.house.choices.sources.parts", lambda: (part,))


@pytest.mark.parametrize("written", ["630100", "西宁", " 西宁 "])
def test_a_code_or_a_whole_name_is_what_the_verb_takes(written: str) -> None:
    assert check(WHERE, {"town": written}).values == {"town": 630100}
    assert check(ROWS, {"stops": [{"town": written}]}).values == {"stops": ({"town": 630100},)}


def test_what_is_nothing_is_refused_with_what_is_near_and_only_to_who_may_know() -> None:
    with acting(ONLY):
        (refusal,) = check(WHERE, {"town": "格尔木市"}).refusals
    assert (refusal.code, refusal.where) == ("forms.unregistered", "town")
    assert str(refusal) == "城镇里没有“格尔木市”。 最接近的是：格尔木（632801）。请填写名称或代码。"
    assert "632801" not in str(check(WHERE, {"town": "格尔木市"}).refusals[0])


def test_a_name_of_several_asks_for_the_code() -> None:
    (refusal,) = check(WHERE, {"town": "大通"}).refusals
    assert refusal.code == "forms.ambiguous" and "630121" in str(refusal) and "630200" in str(refusal)


def test_what_was_picked_comes_back_by_name_and_what_was_not_as_it_was_written() -> None:
    (picked,) = screen_fields(WHERE, {"town": "西宁"})
    assert picked.value == "630100" and picked.picks is not None and picked.picks.label == "西宁"
    (unknown,) = screen_fields(WHERE, {"town": "拉萨"})
    assert unknown.value == "拉萨" and unknown.picks is not None and unknown.picks.label == ""
    assert str(unknown.hint) == "名称或代码。"


def test_programs_are_told_where_to_look() -> None:
    assert json_schema(WHERE)["properties"]["town"]["x-choices"] == "/choices/town/?q="


def test_a_part_brings_sources_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part(name="test.wrong", title=Text("错", "Wrong"), choices=("town",))
    monkeypatch.setattr("qilian.core.house.choices.sources.parts", lambda: (part,))
    with pytest.raises(TypeError, match=r"test\.wrong brings 'town'"):
        list(sources())


def test_the_address_answers_a_dozen_and_says_that_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    many: dict[str, Any] = {str(number): "西宁" for number in range(100000, 100020)}
    monkeypatch.setitem(globals(), "TOWNS", many)
    monkeypatch.setattr("qilian.core.house.choices.pages.current_principal", lambda: ONLY)
    found = Client().get("/choices/town/?q=西宁").json()
    assert len(found["choices"]) == 12 and found["more"]
    assert found["choices"][0] == {"value": "100000", "label": "西宁", "note": "100000 号"}
    assert Client().get("/choices/town/?q=拉萨").json() == {"choices": [], "more": False}
    assert Client().get("/choices/nothing/").status_code == 404 and Client().post("/choices/town/").status_code == 405
