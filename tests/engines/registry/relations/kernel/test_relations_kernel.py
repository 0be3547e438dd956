"""Relations: what a new one must respect."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.registry.relations.kernel.relations import Relation, check_relation

DAY, TODAY = date(2026, 1, 5), date(2026, 3, 2)


def code(act: object) -> str:
    assert callable(act)
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


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


def test_terms_that_meet_on_one_day_overlap_and_those_that_follow_do_not() -> None:
    known = [share("a", "0.1", date(2025, 1, 10), date(2025, 1, 20))]
    for first, last in [(20, 25), (5, 10), (12, 15), (1, 30)]:
        new = share("a", "0.1", date(2025, 1, first), date(2025, 1, last))
        assert code(partial(check_relation, new, known)) == "registry.relation.twice"
    for first, last in [(21, 25), (5, 9)]:
        check_relation(share("a", "0.1", date(2025, 1, first), date(2025, 1, last)), known)
