"""Likeness: legal forms fall away, similarity by hand, scores with their reasons."""

from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.registry.duplicates.kernel.likeness import Profile, core_key, likeness, similarity

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


def test_legal_forms_fall_away_but_never_the_whole_name() -> None:
    for form in ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司"):
        assert core_key("昆仑物流" + form) == "昆仑物流"
    assert core_key("有限公司") == "有限公司" and similarity("昆仑有限公司", "昆仑有限责任公司") == 100


def test_similarity_by_hand() -> None:
    # 青海昆仑物流 and 青海昆仑商贸: five pairs each, three of them shared: 2·3 / 10.
    assert similarity("青海昆仑物流", "青海昆仑商贸") == 60
    assert similarity("甲", "乙") == 0


@given(CHINESE, CHINESE)
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 100 and similarity(one, one) == 100


def test_likeness_by_hand() -> None:
    mine = Profile("91630100M000100Y4Y", names=("昆仑物流有限公司", "昆仑"), address="西宁东路1", region="630102")
    assert likeness(mine, Profile(old_code="M000100Y4", names=("昆仑商贸",))).reasons == (("code", 80),)
    assert likeness(mine, Profile(names=("昆仑",), address="西宁东路1", region="630100")).score == 85
    assert likeness(mine, Profile(names=("昆仑物流有限责任公司",), region="632801")).reasons == (
        ("core", 50),
        ("other_region", -10),
    )
    other = likeness(mine, Profile("91350100M000100Z43", names=("昆仑物流有限公司",)))
    assert (other.score, other.suggested) == (15, False)
    old = Profile(old_code="110108000000016", names=("甲乙丙丁戊",), phones=frozenset("p"), identity="i")
    assert likeness(old, Profile(old_code="110108000000016", names=("甲乙丙丁己",))).reasons == (
        ("old_code", 80),
        ("similar", 33),
    )
    assert likeness(old, Profile(names=("戊",), phones=frozenset("p"), identity="i")).score == 100
    assert likeness(Profile(), Profile()).score == 0
