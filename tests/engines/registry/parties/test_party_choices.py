"""Parties, units, divisions, people and rights as choices: by name, pinyin and code, and who may know of them."""

from collections.abc import Callable

import pytest

from qilian.core.house.choices.api import source_named, sources
from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.outbox.api import run_due
from qilian.core.values.text import Refusal
from qilian.engines.registry.contacts.api import Details, register_citizen
from qilian.engines.registry.duplicates.api import merge
from qilian.engines.registry.parties.api import Party, invented_identity, rename

pytestmark = pytest.mark.django_db


def offered(source: str, words: str, me: Principal = ANONYMOUS) -> list[str]:
    return [each.value for each in source_named(source).offered(me, words)]


@pytest.mark.parametrize("words", ["昆仑", "昆仑检测", "KUNLUN", "klj", "青海昆仑检测有限公司"])
def test_a_party_is_found_by_name_pinyin_and_initials(words: str, firm: Callable[..., Party]) -> None:
    wanted = firm(1, "昆仑检测有限公司") if words.isascii() else firm(1, "青海昆仑检测有限公司")
    firm(2, "西宁物流有限公司")
    run_due()
    assert offered("party", words) == [wanted.uscc]


def test_a_party_is_taken_by_its_codes_and_its_whole_name(firm: Callable[..., Party]) -> None:
    wanted, other = firm(1, "青海昆仑检测有限公司"), firm(2, "西宁物流有限公司")
    find = source_named("party").find
    assert {find(each).pk for each in (wanted.uscc, wanted.uscc.lower(), wanted.code, wanted.name)} == {wanted.pk}
    with pytest.raises(Refusal) as refused:
        find("高原昆仑")
    assert refused.value.code == "forms.unregistered" and wanted.uscc in str(refused.value)
    merge(actor=SYSTEM, survivor=wanted, other=other, reason="同一单位")
    assert find(other.uscc).pk == wanted.pk and offered("party", "西宁") == [wanted.uscc]


def test_two_of_one_name_are_told_apart(firm: Callable[..., Party]) -> None:
    pair = [firm(number, "青海昆仑检测有限公司") for number in (1, 2)]
    with pytest.raises(Refusal) as refused:
        source_named("party").find(pair[0].name)
    assert refused.value.code == "forms.ambiguous" and all(each.uscc in str(refused.value) for each in pair)


def test_a_natural_person_is_found_by_code_alone() -> None:
    details = Details("才让卓玛", identity=invented_identity("才让卓玛"))
    row = register_citizen(actor=SYSTEM, details=details, region="630102")
    assert offered("party", row.name) == [] and source_named("party").find(row.code).pk == row.pk


def test_divisions_by_sound_and_six_digits() -> None:
    assert offered("division", "xining")[0] == "630100"
    find = source_named("division").find
    assert (find("630100"), find("西宁市"), find("西宁")) == ("630100",) * 3
    with pytest.raises(Refusal) as refused:
        find("63")
    assert "青海省（630000）" in str(refused.value)


def test_units_by_slug_and_names(official: Principal) -> None:
    assert source_named("unit").find("scjgj") == "scjgj" and offered("unit", "scj") == ["scjgj"]


def test_people_are_offered_to_who_may_see_people(somebody: Callable[..., Principal], official: Principal) -> None:
    guard = somebody("guard", "grants.grant")
    assert offered("person", "登记", guard) == ["registrar"] and offered("person", "登记", official) == []
    assert [each for each in offered("holder", "登记", guard) if each != "registrar"]
    with acting(official), pytest.raises(Refusal) as refused:
        source_named("holder").find("guard")
    assert refused.value.code == "forms.unregistered" and "guard某" not in str(refused.value)
    with acting(guard):
        assert source_named("person").find("registrar").name == "登记员"


def test_rights_offers_and_owners(firm: Callable[..., Party], official: Principal) -> None:
    row = firm(1)
    assert source_named("right").find("登记主体") == "registry.register"
    assert offered("right", "registry.")[-1] == "registry.*"
    assert source_named("offer").find("testing") == "testing/" and "testing/certified-bodies" in offered(
        "offer", "检测"
    )
    owner = source_named("owner")
    assert {str(owner.find(each)) for each in (row.uscc, row.name, f"registry.party:{row.code}")} == {
        f"registry.party:{row.code}"
    }
    assert str(owner.find("scjgj")) == "unit:scjgj" and str(owner.find("world:bank")) == "world:bank"


def test_a_former_name_leads_to_the_party(firm: Callable[..., Party]) -> None:
    row = firm(1, "青海昆仑检测有限公司")
    rename(actor=SYSTEM, party=row, name="青海祁连检测有限公司", on=row.registered_at.date())
    assert offered("party", "昆仑检测") == [row.uscc]


def test_every_source_offers_without_words_and_refuses_in_both_languages(official: Principal) -> None:
    for source in sources():
        assert len(source.offered(official, "")) <= 12
        with acting(official), pytest.raises(Refusal) as refused:
            source.find("没有这样的东西")
        assert refused.value.message.en and refused.value.remedy is not None and refused.value.remedy.en
