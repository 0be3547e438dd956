"""Rows of files: cells by columns, words for codes, days in any form."""

from datetime import date

import pytest

from qilian.core.values.text import Text
from qilian.engines.registry.parties.kernel.facts import Books, Facts
from qilian.engines.registry.parties.kernel.rows import Read, row_reader, words

BOOKS = Books({"630102"}, {"7452"}, {"2015/05"}, date(2026, 3, 2), frozenset({"11", "35"}))
WORDS = words({"2015/05": Text("商务服务", "Business")}, [("城东区", "630102"), ("城关", "1"), ("城关", "2")])
PLACES = {"name": 0, "uscc": 1, "kind": 2, "region": 3, "functions": 4, "established": 5, "service": 6, "holding": 8}
CODE = "91350100M000100Y43"


def read(*cells: str) -> Read:
    return row_reader(PLACES, WORDS, BOOKS)(cells)


def test_words_stand_for_codes() -> None:
    found = read(
        "甲公司", CODE, "企业", "城东区", "Testing laboratory；银行", "2020/5/1", "商务服务", "", "Privately held"
    )
    expected = Facts("enterprise", "甲公司", CODE, region="630102", functions=("lab", "bank"), service="2015/05")
    assert found.refusals == () and found.facts.holding == "private"
    assert found.facts.established == date(2020, 5, 1)
    assert (found.facts.functions, found.facts.service, found.facts.region) == (
        expected.functions,
        expected.service,
        expected.region,
    )


def test_short_rows_have_empty_cells() -> None:
    assert read("甲公司", CODE).refusals == () and read("甲公司", CODE).facts.kind == "enterprise"


@pytest.mark.parametrize("written", ["2020-05-01", "2020.5.1", "2020年5月1日", "20200501", "2020-05-01 00:00:00"])
def test_days_in_any_form(written: str) -> None:
    assert read("甲公司", CODE, "", "", "", written).facts.established == date(2020, 5, 1)


@pytest.mark.parametrize("written", ["2020-13-01", "去年", "1.5.2020"])
def test_what_is_no_day_is_told(written: str) -> None:
    assert [r.code for r in read("甲公司", CODE, "", "", "", written).refusals] == ["registry.day.form"]


def test_a_name_that_several_divisions_have_stands_for_none() -> None:
    assert [r.code for r in read("甲公司", CODE, "", "城关").refusals] == ["registry.region.wrong"]
