"""Facts: read and checked in one way, everything wrong told at once."""

from dataclasses import replace
from datetime import date

import pytest

from qilian.engines.registry.parties.kernel.facts import Books, Facts, check_facts, tidy

TODAY = date(2026, 3, 2)
BOOKS = Books({"630000", "630102", "630102001"}, {"7452", "M"}, {"2015/05"}, TODAY, frozenset({"11", "35"}))
SOUND = Facts(
    kind="enterprise",
    name="青海昆仑检测有限公司",
    uscc="91350100M000100Y43",
    old_code="D2143569X",
    short="昆仑检测",
    address="西宁市城东区昆仑东路1号",
    region="630102",
    industry="7452",
    service="2015/05",
    ownership="profit",
    holding="private",
    functions=("lab",),
    website="https://example.cn/lab",
    established=TODAY,
)


def codes(**changes: object) -> list[str]:
    return [refusal.code for refusal in check_facts(replace(SOUND, **changes), BOOKS)]


def test_sound_facts_pass() -> None:
    assert codes() == []
    assert codes(uscc="") == [], "an old code is enough for a record from before 2015"
    assert codes(kind="foreign", uscc="", old_code="UIC 12/7") == []
    assert codes(kind="foreign", uscc="", old_code="11010519491231002x") == ["registry.code.identity"]
    assert codes(kind="citizen", uscc="", old_code="", name="李**") == []
    assert codes(kind="citizen", uscc="", old_code="", name="李春晓") == ["registry.citizen.name"]
    assert codes(old_code="") == [] and codes(short="", region="", industry="", service="", website="") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "club"}, "registry.kind.wrong"),
        ({"kind": "", "uscc": ""}, "registry.kind.wrong"),
        ({"kind": "", "uscc": "91350100M000100Y44"}, "registry.code.check"),
        ({"kind": "citizen", "name": "李**"}, "registry.code.none"),
        ({"uscc": "91350100M000100Y44"}, "registry.code.check"),
        ({"uscc": "", "old_code": ""}, "registry.code.empty"),
        ({"uscc": "", "old_code": "12"}, "registry.old_code.form"),
        ({"old_code": "D21435691"}, "registry.old_code.check"),
        ({"kind": "cooperative"}, "registry.code.kind"),
        ({"name": "青海 昆仑"}, "registry.name.space"),
        ({"short": "昆 仑"}, "registry.name.space"),
        ({"address": "长" * 201}, "registry.text.long"),
        ({"region": "630199"}, "registry.region.wrong"),
        ({"region": "999999"}, "registry.region.wrong"),
        ({"region": "西宁"}, "registry.region.wrong"),
        ({"industry": "9999"}, "registry.industry.wrong"),
        ({"service": "2015/99"}, "registry.service.wrong"),
        ({"ownership": "mine"}, "registry.choice.wrong"),
        ({"holding": "mine"}, "registry.choice.wrong"),
        ({"functions": ("lab", "zoo")}, "registry.choice.wrong"),
        ({"website": "example.cn"}, "registry.website.form"),
        ({"established": date(2026, 3, 3)}, "registry.established.future"),
    ],
)
def test_each_wrong_fact_is_told(changes: dict[str, object], code: str) -> None:
    assert codes(**changes) == [code]


def test_everything_is_told_at_once() -> None:
    assert codes(name="", region="1", industry="x") == [
        "registry.name.empty",
        "registry.region.wrong",
        "registry.industry.wrong",
    ]


def test_a_division_of_a_province_that_is_not_loaded_is_taken_by_its_form() -> None:
    assert codes(region="110105") == [] and codes(region="11010") == ["registry.region.wrong"]


def test_facts_are_tidied() -> None:
    kept = tidy(Facts("", " 青海(甲)公司 ", " 91350100m000100y43", "d2143569-x", region=" 630102 ", industry="m"))
    assert kept == Facts(
        "enterprise", "青海（甲）公司", "91350100M000100Y43", "D2143569X", region="630102", industry="M"
    )
    assert tidy(Facts("foreign", "Ltd", old_code=" uic 12 ")).old_code == "uic 12"
    assert tidy(Facts("", "x", "12")).kind == ""
