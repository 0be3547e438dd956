"""States, relations and likeness of parties."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.parties.kernel.life import (
    Standing,
    changed,
    check_day,
    check_merge,
    check_reason,
    refuse_closed,
    refuse_merged,
)
from qilian.engines.registry.parties.kernel.likeness import Profile, likeness
from qilian.engines.registry.parties.kernel.relations import Relation, check_relation

DAY, TODAY = date(2026, 1, 5), date(2026, 3, 2)
ACTIVE, CLOSED = Standing("active", DAY, "甲公司"), Standing("closed", DAY, "甲公司")
SUSPENDED, MERGED = Standing("suspended", DAY, "甲公司"), Standing("merged", DAY, "甲公司", "乙公司")


def code(act: object) -> str:
    assert callable(act)
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_a_party_is_suspended_closed_and_reopened() -> None:
    assert changed(ACTIVE, "suspended", TODAY, TODAY) == Standing("suspended", TODAY, "甲公司")
    assert changed(SUSPENDED, "closed", DAY, TODAY).status == "closed"
    assert changed(CLOSED, "active", TODAY, TODAY).status == "active"


def test_what_cannot_be_is_refused() -> None:
    assert code(partial(changed, CLOSED, "suspended", TODAY, TODAY)) == "registry.party.state"
    assert code(partial(changed, ACTIVE, "closed", date(2026, 3, 3), TODAY)) == "registry.day.future"
    assert code(partial(changed, ACTIVE, "closed", date(2026, 1, 4), TODAY)) == "registry.day.before"
    assert code(partial(changed, MERGED, "active", TODAY, TODAY)) == "registry.party.merged"
    assert code(partial(check_day, date(2027, 1, 1), TODAY)) == "registry.day.future"
    assert code(partial(check_reason, "  ")) == "registry.reason.empty" and check_reason(" 重复 ") == "重复"


def test_closed_and_merged_parties_say_since_when_and_what_to_do() -> None:
    with pytest.raises(Refusal) as merged:
        refuse_merged(MERGED)
    assert "2026-01-05 并入“乙公司”" in merged.value.message.zh and "乙公司" in str(merged.value.remedy)
    with pytest.raises(Refusal) as closed:
        refuse_closed(CLOSED)
    assert closed.value.code == "registry.party.closed" and "2026-01-05 注销" in closed.value.message.zh
    assert code(partial(refuse_closed, SUSPENDED)) == "registry.party.suspended"
    refuse_closed(ACTIVE)


def test_merging_is_refused_with_itself_and_with_what_was_merged() -> None:
    check_merge(ACTIVE, CLOSED, same=False)
    assert code(partial(check_merge, ACTIVE, ACTIVE, same=True)) == "registry.merge.same"
    assert code(partial(check_merge, ACTIVE, MERGED, same=False)) == "registry.party.merged"
    assert code(partial(check_merge, MERGED, ACTIVE, same=False)) == "registry.party.merged"


def share(holder: str, part: str, first: date = DAY, last: date | None = None) -> Relation:
    return Relation(holder, "t", "share", first, last, Decimal(part))


def test_relations_that_can_be() -> None:
    known = [
        share("a", "0.6"),
        share("b", "0.5", date(2020, 1, 1), date(2026, 1, 4)),
        Relation("a", "t", "control", DAY),
    ]
    check_relation(share("c", "0.4"), known)
    check_relation(share("c", "0.5", date(2020, 1, 1), date(2021, 1, 1)), known)
    check_relation(Relation("a", "u", "branch", DAY), known)
    assert (
        share("a", "1").runs(DAY)
        and not share("a", "1", DAY, DAY).runs(TODAY)
        and not share("a", "1").runs(date(2026, 1, 4))
    )


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (Relation("a", "t", "friend", DAY), "kind"),
        (Relation("t", "t", "control", DAY), "self"),
        (Relation("a", "t", "control", DAY, date(2025, 1, 1)), "term"),
        (Relation("a", "t", "share", DAY), "share"),
        (share("a", "1.1"), "share"),
        (Relation("a", "t", "control", DAY, None, Decimal("0.5")), "share"),
        (share("a", "0.1"), "twice"),
        (share("c", "0.5"), "over"),
        (share("c", "0.5", date(2020, 1, 1)), "over"),
    ],
)
def test_relations_that_cannot_be(new: Relation, refusal: str) -> None:
    assert code(partial(check_relation, new, [share("a", "0.6")])) == f"registry.relation.{refusal}"


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


def test_terms_that_meet_on_one_day_overlap_and_those_that_follow_do_not() -> None:
    known = [share("a", "0.1", date(2025, 1, 10), date(2025, 1, 20))]
    for first, last in [(20, 25), (5, 10), (12, 15), (1, 30)]:
        new = share("a", "0.1", date(2025, 1, first), date(2025, 1, last))
        assert code(partial(check_relation, new, known)) == "registry.relation.twice"
    for first, last in [(21, 25), (5, 9)]:
        check_relation(share("a", "0.1", date(2025, 1, first), date(2025, 1, last)), known)
