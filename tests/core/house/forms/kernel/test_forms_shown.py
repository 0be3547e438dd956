"""What was written and kept, as a page shows it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qilian.core.house.forms.kernel import FieldSpec, as_texts, shown
from qilian.core.values.money import Money
from qilian.core.values.text import Text

LABEL = Text("数", "Number")
WORDS = (("a", Text("甲", "A")), ("b", Text("乙", "B")))


@pytest.mark.parametrize(
    ("spec", "written", "wanted"),
    [
        (FieldSpec("text", LABEL), "", None),
        (FieldSpec("text", LABEL), "西宁", "西宁"),
        (FieldSpec("one", LABEL, "choice", choices=WORDS), "b", Text("乙", "B")),
        (FieldSpec("one", LABEL, "choice", choices=WORDS), "c", "c"),
        (FieldSpec("many", LABEL, "choices", choices=WORDS), "a,b,c", Text("甲、乙、c", "A, B, c")),
        (FieldSpec("yes", LABEL, "boolean"), "yes", Text("是", "Yes")),
        (FieldSpec("yes", LABEL, "boolean"), "no", Text("否", "No")),
        (FieldSpec("year", LABEL, "integer", low="2015", high="2100"), "2026", "2026"),
        (FieldSpec("staff", LABEL, "integer", low="0", high="9000"), "2026", 2026),
        (FieldSpec("share", LABEL, "decimal"), "1.50", Decimal("1.50")),
        (FieldSpec("sum", LABEL, "money"), "12.30", Money(1230)),
        (FieldSpec("day", LABEL, "date"), "2026-03-01", date(2026, 3, 1)),
        (FieldSpec("staff", LABEL, "integer"), "many", "many"),
    ],
)
def test_a_kept_value_is_shown_as_what_it_is(spec: FieldSpec, written: str, wanted: Any) -> None:
    assert shown(spec, written) == wanted


def test_values_are_kept_as_texts_and_empty_ones_left_out() -> None:
    given = {"a": Decimal("1.50"), "b": None, "c": ("x", "y"), "d": "", "e": False, "f": date(2026, 3, 1)}
    assert as_texts(given) == {"a": "1.50", "c": "x,y", "e": "no", "f": "2026-03-01"}
