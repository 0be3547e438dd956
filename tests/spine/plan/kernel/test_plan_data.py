"""The plan as facts: counts that the plan's careful reader found, units that resolve, one word per term."""

import csv
import hashlib
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qilian.core.house.parts.api import ENGINES, KINDS
from qilian.spine.coverage.api import read_plan

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "plan" / "qinghai-2015"


@pytest.fixture(scope="module")
def clauses(folder: Path) -> Rows:
    return tomllib.loads((folder / "clauses.toml").read_text())["clause"]


@pytest.fixture(scope="module")
def bodies(folder: Path) -> dict[str, Rows]:
    return tomllib.loads((folder / "units.toml").read_text())


@pytest.fixture(scope="module")
def terms(folder: Path) -> Rows:
    return tomllib.loads((folder / "glossary.toml").read_text())["terms"]


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    path = shared / "plan" / "qinghai-2015.txt"
    if not path.is_file():
        pytest.skip("shared folder absent: plan/qinghai-2015.txt")
    return path.read_bytes().decode("utf-8")


def test_the_facts_have_the_shape_of_the_plan(folder: Path) -> None:
    plan = read_plan(folder)
    assert (plan.code, plan.region, plan.based_on) == ("qinghai-2015", "630000", "国发〔2014〕26号")
    assert [section.id for section in plan.sections] == [f"2.{n}" for n in range(1, 12)] + [
        f"3.{n}" for n in range(1, 7)
    ]
    per_section = Counter(clause.section for clause in plan.clauses)
    assert [per_section[section.id] for section in plan.sections] == [5, 6, 4, 5, 3, 4, 5, 4, 6, 4, 3, 2, 1, 4, 1, 1, 2]
    assert all(each.title.zh and each.title.en and each.aim.zh and each.aim.en for each in plan.sections)
    assert all(0 < len(each.summary.zh) <= 60 and each.summary.en for each in plan.clauses)


def test_clauses_count_their_edges(clauses: Rows) -> None:
    assert [clause["id"] for clause in clauses] == [
        f"{section}.{n + 1}" for section, group in _by_section(clauses).items() for n, _ in enumerate(group)
    ]
    assert sum(len(clause["lead"]) for clause in clauses) == 76
    assert sum(len(clause["support"]) for clause in clauses) == 127
    assert len({unit for clause in clauses for unit in clause["lead"] + clause["support"]}) == 35
    assert sum(len(clause["lead"]) == 2 for clause in clauses) == 16


def test_a_clause_has_the_tier_of_its_section(clauses: Rows, folder: Path) -> None:
    tiers = {section.id: section.tier for section in read_plan(folder).sections}
    assert all(clause.get("tier", "") == tiers[clause["section"]] for clause in clauses)


def test_systems_are_those_of_the_careful_reader(clauses: Rows, shared: Path) -> None:
    with (shared / "plan" / "named_systems.csv").open(encoding="utf-8", newline="") as file:
        read = [(row["clause"], row["name"], row["kind"], row["level"]) for row in csv.DictReader(file)]
    here = [
        (clause["id"], each["name"], each["kind"], each["level"]) for clause in clauses for each in clause["systems"]
    ]
    assert here == read
    assert Counter(level for *_, level in here) == {"named": 115, "generic": 24}


def test_digests_are_those_of_the_source(clauses: Rows, folder: Path, source: str) -> None:
    """A second opinion beside the compiler: the words run from behind the mark to the bracket of the units."""
    assert hashlib.sha256(source.encode()).hexdigest() == read_plan(folder).source_sha256
    body = source[source.index("　　二、") :]
    heading = re.compile(r"　　（[一二三四五六七八九十]+）[^。\n]+。|　　三、[^\n]+\n")
    cut = re.compile(r"([^（）]*(?:（[^（）：]*）[^（）]*)*)（牵头单位：([^；）]+)；配合单位：([^）]+)）")
    found = []
    for part in heading.split(body):
        for number, match in enumerate(cut.finditer(part)):
            start = match[1].index("一是") if number == 0 and "一是" in match[1] else 0
            words = re.sub(r"^[一二三四五六七八九十]是", "", match[1][start:])
            found.append(
                (match[2].split("，"), match[3].split("，"), hashlib.sha256(words.strip().encode()).hexdigest())
            )
    assert found == [(clause["lead"], clause["support"], clause["sha256"]) for clause in clauses]


def test_no_sentence_of_the_plan_stands_in_our_words(clauses: Rows, folder: Path, source: str) -> None:
    ours = [clause["summary_zh"] for clause in clauses] + [section.aim.zh for section in read_plan(folder).sections]
    runs = {text[at : at + 14] for text in ours for at in range(len(text) - 13)}
    assert [run for run in runs if run in source] == []


def test_every_string_of_the_plan_is_a_unit(clauses: Rows, bodies: dict[str, Rows]) -> None:
    known = {name["zh"]: unit["code"] for unit in bodies["unit"] for name in unit["names"] if unit["in_plan"]}
    written = {unit for clause in clauses for unit in clause["lead"] + clause["support"]}
    assert written <= known.keys()
    assert {known[name] for name in written} == {unit["code"] for unit in bodies["unit"] if unit["in_plan"]}
    assert known["西宁经济开发区管委会"] == known["西宁经济技术开发区管委会"]


def test_thirty_four_units_of_five_kinds(bodies: dict[str, Rows]) -> None:
    kinds = Counter(unit["kind"] for unit in bodies["unit"] if unit["in_plan"])
    assert kinds == {"department": 20, "vertical": 7, "zone": 3, "collective": 3, "enterprise": 1}


def test_units_have_an_order_and_names_in_two_languages(bodies: dict[str, Rows]) -> None:
    units = bodies["unit"]
    assert len({unit["code"] for unit in units}) == len({unit["order"] for unit in units}) == len(units)
    for unit in units:
        assert {name["form"] for name in unit["names"]} <= {"short", "full", "alias"}
        assert "short" in {name["form"] for name in unit["names"]}
        for name in unit["names"]:
            assert name["zh"] and name["en"] and re.fullmatch(r"[a-z]+( [a-z]+)*", name["pinyin"])


def test_a_name_means_one_unit_on_any_day(bodies: dict[str, Rows]) -> None:
    for day in (date(2015, 6, 1), date(2018, 12, 1), date(2020, 1, 1), date(2023, 9, 1), date(2025, 1, 1)):
        names = [
            name["zh"] for unit in bodies["unit"] for name in unit["names"] if _holds(unit, day) and _holds(name, day)
        ]
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_unit_that_ended_has_a_living_heir(bodies: dict[str, Rows]) -> None:
    units = {unit["code"]: unit for unit in bodies["unit"]}
    heirs = {row["from"]: row for row in bodies["succession"]}
    assert heirs.keys() == {code for code, unit in units.items() if "to" in unit}
    for code in heirs:
        while code in heirs:
            row = heirs[code]
            assert row["on"] == units[code]["to"] and row["source"] and row["precision"] in {"day", "month", "year"}
            assert units[row["to"]].get("from", row["on"]) <= row["on"]
            code = row["to"]
        assert "to" not in units[code]


def test_collectives_say_how_they_are_filled(bodies: dict[str, Rows]) -> None:
    units = {unit["code"]: unit for unit in bodies["unit"]}
    resolvers = {code: unit["resolver"] for code, unit in units.items() if unit["kind"] == "collective"}
    assert sorted(resolvers.values()) == ["decision", "listed", "open"]
    for code, resolver in resolvers.items():
        assert bool(units[code]["members"]) == (resolver == "listed")
        assert all(units[member]["kind"] == "government" for member in units[code]["members"])


def test_members_are_the_prefectures_of_the_division_code(bodies: dict[str, Rows], shared: Path) -> None:
    with (shared / "data" / "qinghai_divisions_gbt2260.csv").open(encoding="utf-8", newline="") as file:
        prefectures = {row["code"]: row["name"] for row in csv.DictReader(file) if row["parent"] == "630000"}
    governments = {unit["region"]: unit for unit in bodies["unit"] if unit["kind"] == "government"}
    assert governments.keys() == prefectures.keys()
    for code, name in prefectures.items():
        assert f"{name}人民政府" in {each["zh"] for each in governments[code]["names"]}


def test_one_english_name_for_each_term(terms: Rows) -> None:
    assert len(terms) >= 160
    for side in ("zh", "en"):
        assert [word for word, count in Counter(term[side] for term in terms).items() if count > 1] == []
    homes = ENGINES.keys() | {"house", "supervision", "assessment"}
    assert {term["used_in"] for term in terms} <= homes
    assert all("source" in term for term in terms if term.get("recalled"))


def test_the_words_of_the_house_are_in_the_glossary(terms: Rows) -> None:
    words = {term["zh"]: term["en"] for term in terms}
    house = {"方案": "plan", "条": "clause", "单位": "unit", "集体单位": "collective", "岗位": "post", "责任": "duty"}
    house |= {"牵头单位": "lead unit", "配合单位": "supporting unit", "主体": "party", "服务项": "offer"}
    house |= {"事实": "event", "亮灯": "light", "部件": "part", "引擎": "engine", "包": "pack"}
    assert house.items() <= words.items()
    for kind in KINDS.values():
        assert words[kind.title.zh] == kind.title.en.lower()


def _by_section(clauses: Rows) -> dict[str, Rows]:
    groups: dict[str, Rows] = {}
    for clause in clauses:
        groups.setdefault(clause["section"], []).append(clause)
    return groups


def _holds(row: dict[str, Any], day: date) -> bool:
    return row.get("from", date.min) <= day < row.get("to", date.max)
