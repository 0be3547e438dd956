"""Codes of standards, their states by the day, and adoptions, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.registry.standards.kernel.codes import is_mandatory, read_code
from qilian.engines.registry.standards.kernel.life import (
    Term,
    abolished,
    check_term,
    checked,
    refuse_abolished,
    withdrawn,
)

DAY = date(2012, 2, 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("GB/T 27922-2011", "GB/T 27922-2011"),
        (" gb/t27922－2011 ", "GB/T 27922-2011"),
        ("ＧＢ／Ｔ 27922—2011", "GB/T 27922-2011"),
        ("GB 1589-2016", "GB 1589-2016"),
        ("JT/T 919.1-2014", "JT/T 919.1-2014"),
        ("DB63/T 1000-2011", "DB63/T 1000-2011"),
        ("T/SIA 002-2019", "T/SIA 002-2019"),
        ("iso/iec 17025-2017", "ISO/IEC 17025:2017"),
        ("ISO 9001:2015", "ISO 9001:2015"),
        ("IEC 61215：2021", "IEC 61215:2021"),
        ("JJF 1059.1-2012", "JJF 1059.1-2012"),
        ("HJ 212-2017", "HJ 212-2017"),
    ],
)
def test_a_code_has_one_written_form(written: str, code: str) -> None:
    assert read_code(written) == code and read_code(code) == code


@pytest.mark.parametrize(
    "written", ["", "27922-2011", "GB/T 27922", "GB/T 27922-11x", "民法典", "GB//T 1-2000", "GB/T -2011"]
)
def test_what_is_no_code_says_so(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_code(written)
    assert refused.value.code == "registry.standard.code" and refused.value.remedy


def test_only_gb_binds_by_itself() -> None:
    assert is_mandatory("GB 1589-2016")
    assert not any(
        map(is_mandatory, ("GB/T 2934-2007", "GB/Z 1-2000", "ISO 9001:2015", "DB63/T 1-2020", "JJF 1033-2023"))
    )


def test_a_standard_is_what_its_dates_say() -> None:
    term = Term(DAY, date(2020, 1, 1))
    assert [term.status(day) for day in (DAY - timedelta(days=1), DAY, date(2019, 12, 31), date(2020, 1, 1))] == [
        "upcoming", "current", "current", "abolished",
    ]  # fmt: skip
    assert Term().status(DAY) == "current"


@given(st.none() | st.dates(), st.none() | st.dates(), st.dates())
def test_every_term_has_a_state_on_every_day(effective: date | None, ended: date | None, on: date) -> None:
    status = Term(effective, ended).status(on)
    assert (status == "abolished") == (ended is not None and ended <= on)
    assert status != "upcoming" or (effective is not None and on < effective)


def test_a_standard_ends_once_and_not_before_it_began() -> None:
    assert abolished(Term(DAY), date(2026, 1, 1)).ended == date(2026, 1, 1)
    assert abolished(Term(), DAY).ended == DAY
    for term, on, code in (
        (Term(DAY, date(2020, 1, 1)), date(2021, 1, 1), "registry.standard.abolished"),
        (Term(DAY), DAY - timedelta(days=1), "registry.standard.term"),
    ):
        with pytest.raises(Refusal) as refused:
            abolished(term, on)
        assert refused.value.code == code
    check_term(Term(DAY, DAY))


def test_what_was_abolished_is_not_adopted() -> None:
    refuse_abolished(Term(DAY), DAY, "")
    refuse_abolished(Term(DAY), DAY - timedelta(days=30), "")  # upcoming: one may prepare
    for successor, word in (("GB/T 27922-2011", "GB/T 27922-2011"), ("", "现行标准")):
        with pytest.raises(Refusal) as refused:
            refuse_abolished(Term(None, DAY), DAY, successor)
        assert refused.value.remedy and word in refused.value.remedy.zh


def test_an_adoption_is_checked_again_and_again_until_it_is_withdrawn() -> None:
    assert checked("declared", conforming=True) == "conforming"
    assert checked("failing", conforming=True) == "conforming" and checked("conforming", conforming=False) == "failing"
    assert withdrawn("declared") == withdrawn("failing") == "withdrawn"
    for act in (lambda: checked("withdrawn", conforming=True), lambda: withdrawn("withdrawn")):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "registry.adoption.state"
