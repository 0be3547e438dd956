"""Inputs read by the types of the columns, a table edited as a grid, and two versions compared; tables made by hand."""

from decimal import Decimal

import pytest

from qilian.core.rules.dmn.api import Case, Grid, Table, answer, compare, readings, rule_changes, wanted
from qilian.core.values.text import Refusal

OLD = Table.from_yaml(
    """
table: 补助
hit: F
inputs:
  - {expression: 职工人数, label: 职工人数（人）, type: number}
  - {expression: 行业, type: string, allowed: 物流、检测}
  - {expression: 上市, type: boolean}
outputs: [{name: 档, type: string}]
rules:
  - [≥ 300, -, -, 一]
  - [-, 检测, 是, 二]
  - [-, -, -, 三]
"""
)
NEW = Table.from_yaml(OLD.to_yaml().replace("≥ 300", "≥ 500"))


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_a_table_says_what_it_asks_for() -> None:
    assert [(each.name, each.title, each.type, each.choices) for each in wanted(OLD)] == [
        ("职工人数", "职工人数（人）", "number", ()),
        ("行业", "行业", "string", ("物流", "检测")),
        ("上市", "上市", "boolean", ("是", "否")),
    ]
    assert wanted(OLD)[0].form.en == "a number"


def test_a_name_that_is_no_column_takes_any_expression() -> None:
    table = Table.from_yaml(
        "table: t\nhit: F\ninputs: [{expression: 高 * 宽, type: number}, {expression: 色, type: string}]\n"
        "outputs: [{name: 大, type: boolean}]\nrules: [['> 6', '-', 是], ['-', '-', 否]]\n"
    )
    asked = {each.name: each for each in wanted(table)}
    assert asked["高"].type == "" and "FEEL" in asked["高"].form.en and asked["色"].choices == ()
    assert table.decide(readings(table, {"高": "2", "宽": "3.5"})).result is True


def test_words_that_are_no_list_are_no_choices() -> None:
    table = Table.from_yaml(
        "table: t\nhit: F\ninputs: [{expression: 色, type: string, allowed: '=string length(?) > 1'}]\n"
        "outputs: [{name: 大, type: boolean}]\nrules: [['-', 是]]\n"
    )
    assert wanted(table)[0].choices == ()


def test_what_people_type_is_read_by_its_column() -> None:
    assert readings(OLD, {"职工人数": "1,200", "行业": "检测", "上市": "是", "别的": "x"}) == {
        "职工人数": Decimal(1200),
        "行业": "检测",
        "上市": True,
    }
    assert readings(OLD, {"职工人数": " ", "行业": ""}) == {}


@pytest.mark.parametrize(("name", "text"), [("职工人数", "约三百"), ("上市", "也许"), ("职工人数", "3 +")])
def test_what_cannot_be_read_is_refused_with_its_place(name: str, text: str) -> None:
    with refused("rules.input") as caught:
        readings(OLD, {name: text})
    assert caught.value.where == name and text in caught.value.message.zh
    assert caught.value.remedy is not None and caught.value.remedy.zh.startswith("请填写")


def test_the_same_cases_under_two_versions_those_that_change_first() -> None:
    rest = {"行业": "物流", "上市": "否"}
    cases = [
        Case(title, {"职工人数": staff, **rest}) for title, staff in (("小厂", "20"), ("中厂", "400"), ("怪厂", "许多"))
    ]
    first, *others = compare(cases, OLD, NEW)
    assert first.changed and (first.before.result, first.before.rules) == ('"一"', (1,))
    assert (first.after.result, first.after.rules) == ('"三"', (3,))
    assert [(line.case.title, line.changed) for line in others] == [("小厂", False), ("怪厂", False)]
    assert "许多" in others[1].before.problem.zh


def test_what_fails_in_one_version_only_has_changed() -> None:
    strict = Table.from_yaml(OLD.to_yaml().replace("hit: F", "hit: U"))
    case = Case("大厂", {"职工人数": "900", "行业": "物流", "上市": "否"})
    assert answer(strict, case).problem and answer(strict, case).result == "null"
    assert compare([case], OLD, strict)[0].changed


def test_rules_that_came_and_went() -> None:
    assert [(each.sign, each.number, each.rule.inputs[0]) for each in rule_changes(OLD, NEW)] == [
        ("-", 1, ">= 300"),
        ("+", 1, ">= 500"),
    ]
    assert rule_changes(OLD, OLD) == ()


def sent(grid: Grid) -> dict[str, str]:
    return {f"c-{line}-{cell}": text for line, row in enumerate(grid.lines) for cell, text in enumerate(row)}


def rules(grid: Grid) -> list[tuple[str, ...]]:
    return [row for place, row in enumerate(grid.lines) if grid.is_rule(place)]


def test_a_grid_is_the_table_again() -> None:
    grid = Grid.of(OLD.to_csv())
    assert Table.from_csv(grid.text()).shape == OLD.shape
    assert Grid.sent(sent(grid) | {"step": "check", "c-x-1": "", "c-1": ""}) == grid
    assert Grid.of("").lines == ()


def test_rules_are_added_moved_and_dropped_and_numbered_anew() -> None:
    grid = Grid.of(OLD.to_csv())
    first = next(place for place in range(len(grid.lines)) if grid.is_rule(place))
    added = grid.moved(f"add-{first}")
    assert [row[0] for row in rules(added)] == ["1", "2", "3", "4"] and set(rules(added)[1][1:]) == {""}
    assert [row[4] for row in rules(grid.moved(f"up-{first + 1}"))] == ["二", "一", "三"]
    assert grid.moved(f"down-{first}") == grid.moved(f"up-{first + 1}")
    assert [row[4] for row in rules(grid.moved(f"drop-{first}"))] == ["二", "三"]
    assert len(rules(grid.moved(f"add-{first - 1}"))) == 4, "below the last heading a first rule may be added"


def test_headings_stay_and_so_does_the_last_rule() -> None:
    grid = Grid.of(OLD.to_csv())
    first = next(place for place in range(len(grid.lines)) if grid.is_rule(place))
    last = len(grid.lines) - 1
    lone = grid.moved(f"drop-{first}").moved(f"drop-{first}")
    wrong = ["add-0", f"drop-{first - 1}", f"up-{first}", f"down-{last}", "up-0", "jump-5", "add-", f"add-{last + 1}"]
    wrong += [f"drop-{last + 1}", f"up-{last + 1}", f"add-0000{first}"]
    for step in wrong:
        with refused("rules.step"):
            grid.moved(step)
    with refused("rules.step"):
        lone.moved(f"drop-{first}")
    assert len(rules(grid.moved(f"add-{last}"))) == 4


def test_columns_come_and_go_but_the_last_of_a_kind_stays() -> None:
    grid = Grid.of(OLD.to_csv())
    wide = grid.moved("widen-1")
    assert wide.lines[1][:4] == ("列", "输入", "输入", "输入") and wide.lines[0] == (
        *grid.lines[0],
        *[""] * (len(wide.lines[0]) - len(grid.lines[0])),
    )
    assert [row[2] for row in rules(wide)] == ["", "", ""] and [row[3] for row in rules(wide)] == ["-", "检测", "-"]
    assert wide.moved("narrow-2") == grid
    width = len(grid.kinds)
    for step in ("narrow-4", "widen-0", "widen-9", "narrow-0", "narrow-9", f"widen-{width}", f"narrow-{width}"):
        with refused("rules.step"):
            grid.moved(step)
    with refused("rules.step"):
        Grid.of("决策表,t").moved("widen-1")


@pytest.mark.parametrize("form", [{}, {"c-0-0": "a", "c-1-1": "b"}, {"c-9000-0": "a"}, {"c-0-900": "a"}])
def test_a_grid_that_did_not_arrive_whole_is_refused(form: dict[str, str]) -> None:
    with refused("rules.grid"):
        Grid.sent(form)


def test_a_grid_has_at_most_four_hundred_lines_and_columns() -> None:
    most = {f"c-{line}-0": str(line) for line in range(400)}
    assert len(Grid.sent(most).lines) == 400
    assert len(Grid.sent({f"c-0-{cell}": "x" for cell in range(400)}).lines[0]) == 400
    for more in (most | {"c-400-0": "x"}, {f"c-0-{cell}": "x" for cell in range(401)}):
        with refused("rules.grid"):
            Grid.sent(more)
    assert Grid.sent({"c-0-0": "a", "c-00001-0": "b"}).lines == (("a",),), "a place has four digits at most"


def test_the_first_line_is_a_heading_even_when_it_begins_with_a_number() -> None:
    assert not Grid.of("1,t\n2,输出\n").is_rule(0) and Grid.of("1,t\n2,输出\n").is_rule(1)
