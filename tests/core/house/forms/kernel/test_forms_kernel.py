"""The validator of forms: each kind read, each wrong value a sentence, nothing half-saved."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.forms.kernel import KINDS, FieldSpec, Form, Value, When, asked, check, condition, plain, read
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

LABEL = Text("数量", "Amount")
PICK = (("a", Text("甲", "A")), ("b", Text("乙", "B")))


def spec(kind: str, **more: object) -> FieldSpec:
    choices = PICK if kind in ("choice", "choices") else ()
    return FieldSpec("x", LABEL, kind, **{"choices": choices, **more})  # type: ignore[arg-type] # keywords of the test


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (spec("text"), " 青海 ", "青海"),
        (spec("text", pattern="[A-Z]{2}"), "QH", "QH"),
        (spec("textarea"), "一段话", "一段话"),
        (spec("integer", low="1", high="9"), "９", 9),
        (spec("integer"), "1，200", 1200),
        (spec("decimal"), "1.25", Decimal("1.25")),
        (spec("decimal"), "100.0", Decimal("100")),
        (spec("money"), "1,200.50", Money(120050)),
        (spec("date", low="2026-01-01", high="2026-12-31"), "2026年11月2日", date(2026, 11, 2)),
        (spec("date"), "2026/1/2", date(2026, 1, 2)),
        (spec("choice"), "a", "a"),
        (spec("choices"), ["a", "b"], ("a", "b")),
        (spec("choices"), "b", ("b",)),
        (spec("choices", required=False), "", ()),
        (spec("boolean"), "on", True),
        (spec("boolean", required=False), "", False),
        (spec("file"), "abc", "abc"),
        (spec("email"), "a@example.cn", "a@example.cn"),
        (spec("text", required=False), "  ", None),
        (spec("integer", required=False), [], None),
        (spec("text"), ["one", "two"], "one"),
    ],
)
def test_what_is_right_is_read(field: FieldSpec, written: str | list[str], value: Value) -> None:
    assert read(field, written) == value


@pytest.mark.parametrize(
    ("field", "written", "code", "says"),
    [
        (spec("text"), "", "required", "请填写数量。"),
        (spec("text", length=2), "三个字", "length", "数量有 3 字，最多 2 字。"),
        (spec("text", pattern="[A-Z]+"), "x", "pattern", "数量：格式不对。"),
        (
            spec("text", pattern="[A-Z]+", pattern_says=Text("只用大写字母。", "Capitals only.")),
            "x",
            "pattern",
            "数量：只用大写字母。",
        ),
        (spec("integer"), "1.5", "integer", "数量要填整数。"),
        (spec("integer"), "many", "number", "数量不是数字。"),
        (spec("integer"), "NaN", "number", "数量不是数字。"),
        (spec("decimal", places=2), "1.234", "places", "数量最多 2 位小数。"),
        (spec("integer", low="1"), "0", "bounds", "数量不能小于 1。"),
        (spec("money", high="100"), "100.01", "bounds", "数量不能大于 100。"),
        (spec("money"), "0.001", "fen", "数量最小到分。"),
        (spec("date"), "2026-02-30", "date", "数量不是日期。 例如 2026-11-22。"),
        (spec("date"), "tomorrow", "date", "数量不是日期。 例如 2026-11-22。"),
        (spec("date", low="2026-01-01"), "2025-12-31", "bounds", "数量不能小于 2026-01-01。"),
        (spec("choice"), "c", "choice", "数量没有“c”这个选项。 可选：甲、乙。"),
        (spec("choices"), ["a", "c"], "choice", "数量没有“c”这个选项。 可选：甲、乙。"),
        (spec("choices"), [], "required", "请选择数量。"),
        (spec("boolean"), "no", "required", "请确认：数量。"),
        (spec("email"), "not an address", "email", "数量不是电子邮箱地址。 例如 name@example.cn。"),
    ],
)
def test_what_is_wrong_is_a_sentence(field: FieldSpec, written: str | list[str], code: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(field, written)
    assert refused.value.code == f"forms.{code}" and refused.value.where == "x"
    assert str(refused.value) == says


FORM = Form(
    "f",
    Text("表", "Form"),
    (
        FieldSpec("kind", LABEL, "choice", choices=PICK),
        FieldSpec("also", LABEL, "choices", choices=PICK, required=False),
        FieldSpec("n", LABEL, "integer", when=When("kind", ("a",))),
        FieldSpec("m", LABEL, "integer", when=When("also", ("b",))),
    ),
)


def test_all_problems_come_at_once_and_unknown_fields_are_named() -> None:
    found = check(FORM, {"kind": "a", "n": "x", "zz": "1"})
    assert not found.ok
    assert [(r.where, r.code) for r in found.refusals] == [("zz", "forms.unknown"), ("n", "forms.number")]


def test_a_field_is_asked_only_when_its_condition_holds() -> None:
    assert check(FORM, {"kind": "b", "n": "x"}).values == {"kind": "b", "also": ()}
    assert check(FORM, {"kind": "b", "also": ["b"], "m": "2"}).values["m"] == 2
    assert asked(FORM.fields[0], {}) and not asked(FORM.fields[2], {})


def test_a_wrong_schema_names_its_problems() -> None:
    bad = Form(
        "bad",
        LABEL,
        (
            FieldSpec("a", LABEL, "colour"),
            FieldSpec("a", LABEL, "choice"),
            FieldSpec("b", LABEL, when=When("c", ("1",))),
        ),
    )
    assert bad.problems() == [
        "a stands twice",
        "a has the unknown kind colour",
        "a has no choices",
        "b depends on c, which does not stand before it",
    ]
    assert FORM.problems() == []


values = {
    "text": st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
    "integer": st.integers(-(2**31) + 1, 2**31 - 1),
    "decimal": st.decimals(-(10**11), 10**11, allow_nan=False, allow_infinity=False, places=3),
    "money": st.integers(-(10**15), 10**15).map(Money),
    "date": st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    "boolean": st.just(True),
    "choice": st.sampled_from(["a", "b"]),
}


@pytest.mark.parametrize("kind", sorted(values))
@given(data=st.data())
def test_what_is_written_back_is_read_again(kind: str, data: st.DataObject) -> None:
    value = data.draw(values[kind])
    assert read(spec(kind), plain(value)) == value


def test_plain_writes_every_kind() -> None:
    assert [plain(v) for v in (None, True, False, ("a", "b"), date(2026, 1, 2))] == [
        "",
        "yes",
        "no",
        "a,b",
        "2026-01-02",
    ]
    assert {"text", "money"} <= set(KINDS)


def test_a_condition_is_said_in_the_words_of_its_field() -> None:
    told = condition(When("kind", ("a", "b")), FORM)
    assert told == Text(
        "仅当“数量”为“甲”或“乙”时填写，否则不计入。", "Only if “Amount” is “A” or “B”; otherwise it is ignored."
    )
    yes = Form("f", LABEL, (FieldSpec("sure", LABEL, "boolean"),))
    assert condition(When("sure", ("yes",)), yes).zh == "仅当“数量”为“是”时填写，否则不计入。"
    assert "“其他”" in condition(When("kind", ("其他",)), FORM).zh


def test_a_field_without_bounds_still_has_some() -> None:
    assert read(FieldSpec("x", LABEL), "字" * 2000) == "字" * 2000
    with pytest.raises(Refusal):
        read(FieldSpec("x", LABEL), "字" * 2001)
    assert read(FieldSpec("x", LABEL, "decimal"), "0.000001") == Decimal("0.000001")
    with pytest.raises(Refusal):
        read(FieldSpec("x", LABEL, "decimal"), "0.0000001")


@pytest.mark.parametrize(
    ("kind", "most", "over"),
    [
        ("integer", "2147483647", "2147483648"),
        ("decimal", "1" + "0" * 13, "10000000000001"),
        ("money", "1" + "0" * 13, "10000000000001"),
    ],
)
def test_a_number_whose_field_names_no_bound_fits_every_column(kind: Any, most: str, over: str) -> None:
    spec = FieldSpec("x", LABEL, kind)
    assert read(spec, most) == read(spec, most) != read(spec, f"-{most}")
    for beyond in (over, f"-{over}", "9" * 40):
        with pytest.raises(Refusal) as caught:
            read(spec, beyond)
        assert caught.value.code == "forms.bounds"
