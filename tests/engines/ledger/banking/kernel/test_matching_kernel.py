"""Matching, reconciliation and names in memory."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.ledger.banking import kernel
from qilian.engines.ledger.banking.kernel import Group, Pair, Side, Suggestion, match, reconcile

DAY = date(2026, 11, 2)


def side(key: int, fen: int, days: int = 0, *references: str, name: str = "") -> Side:
    return Side(key, DAY + timedelta(days=days), fen, frozenset(references), name)


def test_an_exact_reference_comes_before_everything() -> None:
    found = match([side(1, 500, 40, "ql-0001", name="甲")], [side(9, 500, 0, "ql-0001"), side(8, 500, 40, name="甲")])
    assert found.pairs == (Pair(1, 9, "reference"),) and found.suggestions == ()


def test_amount_days_and_name_match_when_they_are_unique() -> None:
    found = match([side(1, 500, 3, name="ABC 公司（青海）")], [side(9, 500, 0, name="abc公司(青海)")])
    assert found.pairs == (Pair(1, 9, "name"),)
    assert match([side(1, 500, 6, name="甲")], [side(9, 500, 0, name="甲")]) == kernel.Matching((), ())


def test_what_is_not_unique_is_suggested() -> None:
    two = match([side(1, 500, name="甲")], [side(8, 500, 1, name="甲"), side(9, 500, -1, name="甲")])
    assert two.pairs == () and two.suggestions == (Suggestion(1, 9, "several"), Suggestion(1, 8, "several"))
    other = match([side(1, 500, name="甲"), side(2, 500, name="甲")], [side(9, 500, name="甲")])
    assert other.pairs == () and {each.line for each in other.suggestions} == {1, 2}
    twice = match([side(1, 500, 0, "ql-0001"), side(2, 500, 0, "ql-0001")], [side(9, 500, 0, "ql-0001")])
    assert twice.pairs == () and [each.why for each in twice.suggestions] == ["several", "several"]


def test_a_typo_in_the_amount_is_suggested_with_the_difference() -> None:
    found = match([side(1, 12_345, 0, "ql-0001")], [side(9, 12_354, 0, "ql-0001")])
    assert found.pairs == () and found.suggestions == (Suggestion(1, 9, "amount", -9),)
    named = match([side(1, 100, 0, name="甲")], [side(9, 1_000, 1, name="甲")])
    assert named.suggestions == (Suggestion(1, 9, "amount", -900),)
    assert match([side(1, 100, 0, name="甲")], [side(9, -100, 0, name="甲")]).suggestions == ()
    assert match([side(1, 100, 0)], [side(9, 100, 5)]).suggestions == (Suggestion(1, 9, "near"),)


def test_at_most_three_suggestions_each() -> None:
    found = match([side(1, 100)], [side(key, 100) for key in range(10, 20)])
    assert [each.transfer for each in found.suggestions] == [10, 11, 12]


@given(st.integers(0, 2**32), st.integers(0, 25), st.integers(0, 25))
def test_matching_is_one_to_one_of_equal_amounts_whatever_the_order(seed: int, left: int, right: int) -> None:
    chance = random.Random(seed)

    def some(count: int, base: int) -> list[Side]:
        return [
            side(
                base + place,
                chance.choice((-1, 1)) * chance.randrange(1, 4),
                chance.randrange(20),
                *(f"ref-{chance.randrange(6)}" for _ in range(chance.randrange(3))),
                name=chance.choice(("", "甲", "乙")),
            )
            for place in range(count)
        ]

    lines, transfers = some(left, 0), some(right, 1_000)
    found = match(lines, transfers)
    of = {each.key: each for each in (*lines, *transfers)}
    assert len({pair.line for pair in found.pairs}) == len({pair.transfer for pair in found.pairs}) == len(found.pairs)
    for pair in found.pairs:
        line, transfer = of[pair.line], of[pair.transfer]
        assert line.fen == transfer.fen
        if pair.rule == "name":
            assert line.name == transfer.name and abs((line.day - transfer.day).days) <= kernel.WINDOW_DAYS
        else:
            assert line.references & transfer.references
    matched = {key for pair in found.pairs for key in (pair.line, pair.transfer)}
    assert all(not {each.line, each.transfer} & matched for each in found.suggestions)
    chance.shuffle(lines)
    chance.shuffle(transfers)
    assert set(match(lines, transfers).pairs) == set(found.pairs)


@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(-(10**6), 10**6))
def test_the_difference_is_the_sum_of_what_is_unmatched(seed: int, size: int, opening: int) -> None:
    """Bank and book begin equal; whatever moves and whatever is matched, nothing stays unexplained."""
    chance = random.Random(seed)
    lines = [side(n, chance.randrange(-50, 50), chance.randrange(9), f"ref-{n % 7}") for n in range(size)]
    booked = [side(1_000 + n, chance.randrange(-50, 50), chance.randrange(9), f"ref-{n % 7}") for n in range(size)]
    bank, ledger = opening + sum(s.fen for s in lines), opening + sum(s.fen for s in booked)
    pairs = match(lines, booked).pairs
    taken = {key for pair in pairs for key in (pair.line, pair.transfer)}
    found = reconcile(
        bank,
        ledger,
        [s for s in lines if s.key not in taken],
        [s for s in booked if s.key not in taken],
        DAY + timedelta(days=9),
    )
    assert found.unexplained == 0 and found.difference == bank - ledger == found.explained
    assert found.at_zero == (not found.differences)
    assert [each.days for each in found.differences] == sorted((each.days for each in found.differences), reverse=True)


def test_a_lost_row_shows_as_unexplained() -> None:
    found = reconcile(105, 100, [], [], DAY)
    assert (found.difference, found.unexplained, found.at_zero) == (5, 5, False)
    mixed = reconcile(105, 98, [side(1, 5)], [side(2, -2)], DAY + timedelta(days=3))
    assert mixed.unexplained == 0 and [(each.at_bank, each.days, each.effect) for each in mixed.differences] == [
        (True, 3, 5),
        (False, 3, 2),
    ]


def test_names_and_words() -> None:
    assert kernel.words_of("货款 QL-2026-000123", "abcdefgh 12345") == frozenset({"ql-2026-000123"})
    assert [
        kernel.is_organisation(name) for name in ("青海省财政厅国库处", "西宁市第一人民医院", "买买提·艾力", "")
    ] == [
        False,
        True,
        False,
        False,
    ]


def test_a_reference_binds_several_lines_to_one_transfer_and_one_line_to_several() -> None:
    parts = [side(1, 200, 0, "ql-0001"), side(2, 300, 9, "ql-0001")]
    assert match(parts, [side(9, 500, 0, "ql-0001")]).groups == (Group((1, 2), (9,)),)
    assert match([side(9, -500, 0, "pl-0001")], [side(1, -200, 0, "pl-0001"), side(2, -300, 3, "pl-0001")]).groups == (
        Group((9,), (1, 2)),
    )
    chained = [side(1, 200, 0, "ql-0001"), side(2, 300, 0, "ql-0002")]
    assert match(chained, [side(9, 500, 0, "ql-0001", "ql-0002")]).groups == (Group((1, 2), (9,)),)


def test_what_could_be_meant_otherwise_is_no_group() -> None:
    parts = [side(1, 200, 0, "ql-0001"), side(2, 300, 0, "ql-0001")]
    assert match(parts, [side(9, 501, 0, "ql-0001")]).groups == (), "the sums differ"
    assert match(parts, [side(8, 250, 0, "ql-0001"), side(9, 250, 0, "ql-0001")]).groups == (), "several on both sides"
    both_ways = [side(1, 600, 0, "ql-0001"), side(2, -100, 0, "ql-0001")]
    assert match(both_ways, [side(9, 500, 0, "ql-0001")]).groups == (), "one came in and the other went out"
    assert match(parts, [side(9, 500, 0, "ql-0002")]).groups == () and match(parts, []).groups == ()
    joined = [*parts, side(3, 10, 0, "ql-0003", "ql-0001"), side(4, 20, 0, "ql-0003")]
    assert match(joined, [side(9, 500, 0, "ql-0001"), side(8, 30, 0, "ql-0003")]).groups == ()
    first = match(parts, [side(9, 200, 0, "ql-0001"), side(8, 300, 0, "ql-0001")])
    assert {(pair.line, pair.transfer) for pair in first.pairs} == {(1, 9), (2, 8)} and first.groups == ()


def test_a_name_suggests_sums_within_the_days() -> None:
    lines = [side(1, 200, 0, name="甲"), side(2, 300, 3, name="甲"), side(3, 1, 0, name="乙")]
    assert match(lines, [side(9, 500, 1, name="甲")]).sums == (Group((1, 2), (9,)),)
    assert match([side(9, 500, 1, name="甲")], lines).sums == (Group((9,), (1, 2)),)
    assert match(lines, [side(9, 500, 7, name="甲")]).sums == () and match(lines, [side(9, 500, 0)]).sums == ()
    many = [side(key, 1, 0, name="甲") for key in range(1, 14)]
    assert match(many[:12], [side(99, 12, 0, name="甲")]).sums[0].lines == tuple(range(1, 13))
    assert match(many, [side(99, 13, 0, name="甲")]).sums == (), "more than a person could check"


@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(1, 12))
def test_groups_are_disjoint_and_their_sums_equal(seed: int, left: int, right: int) -> None:
    chance = random.Random(seed)

    def some(count: int, base: int) -> list[Side]:
        return [
            side(base + n, chance.choice((-1, 1)) * chance.randrange(1, 4), chance.randrange(9),
                 *(f"ref-{chance.randrange(5)}" for _ in range(chance.randrange(3))), name=chance.choice(("", "甲")))
            for n in range(count)
        ]  # fmt: skip

    lines, transfers = some(left, 0), some(right, 1_000)
    found = match(lines, transfers)
    of = {each.key: each.fen for each in (*lines, *transfers)}
    taken = [key for group in found.groups for key in (*group.lines, *group.transfers)]
    taken += [key for pair in found.pairs for key in (pair.line, pair.transfer)]
    assert len(taken) == len(set(taken)), "nothing is matched twice"
    for group in (*found.groups, *found.sums):
        assert sum(of[key] for key in group.lines) == sum(of[key] for key in group.transfers)
        assert min(len(group.lines), len(group.transfers)) == 1 < max(len(group.lines), len(group.transfers))
    chance.shuffle(lines)
    chance.shuffle(transfers)
    assert set(match(lines, transfers).groups) == set(found.groups)
