"""Arithmetic of division codes and the reading of lists."""

from datetime import date

import pytest

from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.kernel.divisions import (
    LEVELS,
    ancestors,
    contains,
    level,
    parent,
    place_title,
    prefix,
    read_divisions,
)

HEAD = "code,name,en,parent,short"


@pytest.mark.parametrize(
    ("code", "digits", "where", "above"),
    [
        ("630000", "63", "province", ()),
        ("632800", "6328", "prefecture", ("630000",)),
        ("632801", "632801", "county", ("630000", "632800")),
        ("632801002", "632801002", "township", ("630000", "632800", "632801")),
        ("632801002003", "632801002003", "village", ("630000", "632800", "632801", "632801002")),
        ("630102001000", "630102001", "township", ("630000", "630100", "630102")),
        ("630102000000", "630102", "county", ("630000", "630100")),
        ("630000000000", "63", "province", ()),
        ("630100000", "6301", "prefecture", ("630000",)),
    ],
)
def test_codes(code: str, digits: str, where: str, above: tuple[str, ...]) -> None:
    assert (prefix(code), level(code), ancestors(code)) == (digits, where, above)
    assert parent(code) == (above[-1] if above else "")
    assert all(contains(each, code) and not contains(code, each) for each in above) and contains(code, code)
    assert LEVELS.index(where) == len(above)


def test_neighbours_do_not_contain_each_other() -> None:
    assert not contains("630100", "632801") and not contains("630102", "630103001")
    assert contains("460000", "469001")


def test_a_place_is_told_by_the_nearest_that_has_a_name() -> None:
    known = {"630102": Text("城东区", "Chengdong")}
    assert place_title("630102", known) == Text("城东区", "Chengdong")
    assert place_title("630102101", known) == Text("城东区 630102101", "Chengdong 630102101")
    assert place_title("110105", known) == Text("北京市 110105", "Beijing 110105")
    assert place_title("990000", known) == Text("990000", "990000") and not place_title("", known)


@pytest.mark.parametrize("code", ["", "63", "06300", "030000", "6300001", "63000a", " 630000"])
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(Refusal) as told:
        level(code)
    assert told.value.code == "regions.code" and told.value.remedy


def test_a_list_is_read() -> None:
    text = f"\ufeff{HEAD},pinyin,valid_from,valid_to\n630000,青海省,Qinghai,,青海,qing hai sheng,,\n"
    text += "630101,某区,,630100,,,1983-01-01,2020-12-31\n"
    first, second = read_divisions(text)
    assert (first.code, first.short, first.pinyin, first.parent, first.valid_to) == (
        "630000",
        "青海",
        "qing hai sheng",
        "",
        None,
    )
    assert (second.short, second.valid_from, second.valid_to) == ("某区", date(1983, 1, 1), date(2020, 12, 31))
    assert read_divisions(f"{HEAD},tile\n630100,西宁市,Xining,,西宁,3-1\n")[0].tile == "3-1"
    assert read_divisions(f"{HEAD}\n630000,青海省,Qinghai,\n")[0].short == "青海省", "a short line is a line"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code,name\n", "regions.columns"),
        ("", "regions.columns"),
        (f"{HEAD}\n63,青海省,,,\n", "regions.code"),
        (f"{HEAD}\n630000,青海省,,,\n630000,青海省,,,\n", "regions.twice"),
        (f"{HEAD}\n630102,城东区,,632800,\n", "regions.parent"),
        (f"{HEAD}\n630102,城东区,,630102,\n", "regions.parent"),
        (f"{HEAD},valid_to\n630000,青海省,,,青海,yesterday\n", "regions.date"),
        (f"{HEAD},tile\n630000,青海省,,,青海,north\n", "regions.tile"),
    ],
)
def test_wrong_lists_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as told:
        read_divisions(text)
    assert told.value.code == code
