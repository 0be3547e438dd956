"""Where the registry turns: the last day of a period, the longest text, a code that is wrong in one place only."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.credit.kernel.display import Record, over
from qilian.engines.registry.directories.kernel.life import EntryStatus, Terms, last_day, re_evaluated
from qilian.engines.registry.duplicates.kernel.likeness import Likeness, Profile, likeness
from qilian.engines.registry.grades.kernel.valuation import Assumptions, valued
from qilian.engines.registry.parties.kernel.codes import CATEGORIES, DEPARTMENTS, check_character, is_uscc, read_uscc
from qilian.engines.registry.parties.kernel.facts import Books, Facts, check_facts
from qilian.engines.registry.relations.kernel.holdings import Stake, _upward, beneficial_owners, over_subscribed

DAY = date(2026, 3, 16)


def test_a_record_is_over_on_the_day_after_its_last() -> None:
    record = Record("ordinary", date(2026, 1, 31))
    last, after = date(2027, 1, 31), date(2027, 2, 1)
    assert [over(record, day) for day in (last, after)] == [False, True]
    beyond = [replace(record, beyond=kept, corrected=done) for kept in (True, False) for done in (True, False)]
    assert [over(each, after) for each in beyond] == [True, False, True, True]


@pytest.mark.parametrize(("first", "months", "last"), [
    (date(2026, 1, 1), 12, date(2026, 12, 31)), (date(2026, 1, 1), 11, date(2026, 11, 30)),
    (date(2025, 12, 31), 12, date(2026, 12, 30)), (date(2024, 2, 29), 12, date(2025, 2, 27)),
    (date(2026, 10, 31), 1, date(2026, 11, 29)), (date(2026, 11, 30), 1, date(2026, 12, 29)),
])  # fmt: skip
def test_a_term_ends_on_the_day_before_it_would_begin_again(first: date, months: int, last: date) -> None:
    assert last_day(first, months) == last


def test_a_new_term_may_begin_with_the_present_one() -> None:
    status = EntryStatus("listed", "A", DAY, date(2028, 3, 15))
    assert re_evaluated(status, Terms(("A",), 24), grade="A", first=DAY).valid_from == DAY


def test_a_discount_exceeds_the_growth() -> None:
    given = Assumptions((Decimal(1),), (Decimal(0),), Decimal(0), Decimal(1), Decimal("0.05"), Decimal("0.05"))
    with pytest.raises(Refusal) as refused:
        valued(given)
    assert refused.value.code == "registry.valuation.rates"
    for share in (0, 1):
        assert valued(replace(given, discount=Decimal("0.06"), share=Decimal(share))).value >= 0


def coded(head: str) -> str:
    return head + check_character(head)


def test_a_code_that_is_wrong_in_one_place_is_wrong() -> None:
    assert is_uscc(coded("91350100M000100Y4"))
    assert not is_uscc("91350100M000100Y430") and not is_uscc(coded("91350100M000100Y4")[:17])
    assert "94" not in CATEGORIES and not is_uscc(coded("94350100M000100Y4"))
    for place in range(2, 8):
        head = "91350100M000100Y4"
        wrong = coded(f"{head[:place]}A{head[place + 1 :]}")
        assert not is_uscc(wrong)
        with pytest.raises(Refusal) as refused:
            read_uscc(wrong)
        assert refused.value.code == "registry.code.region"


def test_what_is_wrong_with_a_code_is_said_of_its_letter() -> None:
    with pytest.raises(Refusal) as department:
        read_uscc("B1350100M000100Y43")
    assert department.value.message.zh == "第 1 位“B”不是登记管理部门代码。"
    assert department.value.message.en == "Character 1, “B”, is no registration department."
    with pytest.raises(Refusal) as category:
        read_uscc("94350100M000100Y43")
    assert category.value.message.zh == f"第 2 位“4”不是“{DEPARTMENTS['9'].zh}”部门的机构类别。"
    assert category.value.message.en == f"Character 2, “4”, is no category of {DEPARTMENTS['9'].en}."


def test_texts_of_a_party_have_a_length() -> None:
    books = Books({"630102"}, {"M"}, {"2015/05"}, DAY, frozenset({"11", "35"}))

    def codes(**texts: str) -> list[str]:
        facts = Facts(kind="foreign", name="Foreign body", **texts)
        return [refusal.code for refusal in check_facts(facts, books) if refusal.code.endswith(("long", "form"))]

    web = "https://example.cn/"
    assert codes(address="长" * 200) == codes(website=web.ljust(200, "a")) == codes(old_code="1" * 40) == []
    assert codes(address="长" * 201) == codes(old_code="1" * 41) == ["registry.text.long"]
    assert codes(website=web.ljust(201, "a")) == ["registry.website.form"]


def test_an_agreement_is_no_share_and_a_circle_owns_itself() -> None:
    whole = Decimal(1)
    assert over_subscribed([Stake("a", "x", whole), Stake("b", "x")]) == ()
    assert over_subscribed([Stake("a", "x", whole), Stake("b", "x", Decimal("0.01"))]) == ("x",)
    circle = [Stake("a", "b", whole), Stake("b", "a", whole), Stake("o", "a", Decimal(0))]
    assert beneficial_owners("a", circle).shares == ()
    equal = [Stake(name, "t", Decimal("0.25")) for name in "dbca"]
    assert [name for name, _ in beneficial_owners("t", equal).shares] == ["a", "b", "c", "d"]


def test_only_what_stands_above_a_party_is_looked_at() -> None:
    above = (Stake("a", "t", Decimal("0.6")), Stake("b", "a", Decimal("0.6")))
    assert _upward("t", (*above, Stake("t", "below", Decimal(1)), Stake("b", "beside", Decimal(1)))) == above


def test_likeness_turns_at_sixty() -> None:
    assert [Likeness(score, ()).suggested for score in (59, 60, 61)] == [False, True, True]
    # Dice by hand: 甲乙 乙丙 丙丁 丁戊 戊己 and three of them again with two others: 2·3/10 = 60 %.
    alike = likeness(Profile(names=("甲乙丙丁戊己",)), Profile(names=("甲乙丙丁申酉",)))
    assert alike.reasons == (("similar", 27),)
    # Five and six pairs, three in common: 6/11 = 54 %.
    assert likeness(Profile(names=("甲乙丙丁戊己",)), Profile(names=("甲乙丙丁申酉戌",))).reasons == ()


def test_towns_of_one_county_are_not_apart() -> None:
    def apart(one: str, other: str) -> bool:
        return likeness(Profile(region=one), Profile(region=other)).reasons != ()

    assert not apart("630102101", "630102201") and not apart("630102", "630100")
    assert apart("630102", "630103")
