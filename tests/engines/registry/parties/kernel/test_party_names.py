"""Names: tidied without loss, spaces inside refused, keys equal for equal names, bigrams that find every fragment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.registry.parties.books import simplified
from qilian.engines.registry.parties.kernel.names import COMMON, bigrams, check_name, masked_name, name_key, tidy_name

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  青海昆仑物流有限公司　", "青海昆仑物流有限公司"),
        ("青海\u200b昆仑", "青海昆仑"),
        ("青海(昆仑)公司", "青海（昆仑）公司"),
        ("Salt  Lake (Qinghai)", "Salt Lake (Qinghai)"),
    ],
)
def test_names_are_tidied(written: str, kept: str) -> None:
    assert tidy_name(written) == kept


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "registry.name.empty"),
        ("长" * 121, "registry.name.long"),
        ("青海 昆仑物流有限公司", "registry.name.space"),
        ("青海ABC 公司", "registry.name.space"),
        ("青\x07海", "registry.name.control"),
    ],
)
def test_wrong_names_are_refused(name: str, code: str) -> None:
    found = check_name(name)
    assert found is not None and found.code == code and found.where == "name"


def test_a_space_inside_is_told_with_the_name_that_is_meant() -> None:
    found = check_name("青海 昆仑 物流")
    assert found is not None and "“青海 昆仑 物流”" in found.message.zh and "“青海昆仑物流”" in str(found.remedy)


def test_right_names_pass() -> None:
    assert check_name("青海昆仑物流有限公司") is None and check_name("Salt Lake Co., Ltd.") is None


def test_width_script_brackets_and_case_do_not_matter() -> None:
    keys = {
        name_key(name, simplified()) for name in ("青海（中东）ＡＢ", "青海(中東)ab", "青海 中东 Ab", "青海【中东】-AB")
    }
    assert keys == {"青海中东ab"}
    assert name_key("Ａ·Ｂ") == "ab"


@given(CHINESE, st.data())
def test_every_fragment_of_a_name_asks_only_for_pairs_that_the_name_has(core: str, data: st.DataObject) -> None:
    key = core + "有限责任公司"
    start = data.draw(st.integers(0, len(key) - 1))
    fragment = key[start : data.draw(st.integers(start + 1, len(key)))]
    assert set(bigrams([fragment])) <= set(bigrams([key]))
    assert not COMMON & set(bigrams([key]))


def test_a_person_is_masked() -> None:
    assert masked_name("单学海") == "单**" and masked_name("") == ""
