"""Budgets in memory: never over under any sequence, every fen somewhere, tranches by their conditions, the close."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from qilian.core.values.text import Refusal
from qilian.engines.ledger.budgets import kernel
from qilian.engines.ledger.budgets.kernel import (
    AVAILABLE,
    COMMITTED,
    GRANTED,
    LAPSED,
    PAID,
    Condition,
    Move,
    OpenCommitment,
    Plan,
    Position,
    Spot,
    Tranche,
    Year,
)

START = Condition("start")
ACCEPTED = Condition("evidence", "项目验收")
TODAY = date(2026, 6, 1)


def code_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def halves() -> tuple[Plan, Plan]:
    return Plan(Decimal(50), START), Plan(Decimal(50), ACCEPTED)


def test_half_at_the_start_and_half_after_acceptance() -> None:
    first, second = kernel.split(100_001, halves())
    assert (first.fen, second.fen) == (50_001, 50_000), "the spare fen goes to the first of equal remainders"
    assert kernel.commit("A", "c", Position(available=100_001), (first, second)) == Move(
        Spot("A", AVAILABLE), Spot("c", COMMITTED), 100_001
    )
    assert kernel.pay("A", "c", first, TODAY) == Move(Spot("c", COMMITTED), Spot("A", PAID), 50_001)
    with pytest.raises(Refusal) as waits:
        kernel.pay("A", "c", second, TODAY)
    assert waits.value.code == "budgets.tranche.waits" and "项目验收" in waits.value.message.zh
    kernel.confirmable(second)
    confirmed = Tranche(2, second.fen, ACCEPTED, confirmed=True)
    assert kernel.pay("A", "c", confirmed, TODAY).fen == 50_000


def test_what_is_missing_is_said_to_the_fen() -> None:
    with pytest.raises(Refusal) as short:
        kernel.commit("A", "c", Position(available=30_000_00), kernel.split(45_500_50, halves()))
    assert "15,500.50" in short.value.message.zh and short.value.remedy is not None
    with pytest.raises(Refusal) as moved:
        kernel.adjust("A", "B", Position(available=99), 100)
    assert moved.value.code == "budgets.exhausted" and "0.01" in moved.value.message.en


def test_what_is_not_paid_goes_back_to_the_line() -> None:
    tranches = (
        Tranche(1, 60, START, "paid"),
        Tranche(2, 25, ACCEPTED),
        Tranche(3, 15, START),
        Tranche(4, 9, START, "released"),
    )
    assert kernel.release("A", "c", tranches) == Move(Spot("c", COMMITTED), Spot("A", AVAILABLE), 25 + 15)


def test_a_day_is_waited_for() -> None:
    later = Tranche(1, 10, Condition("day", day=date(2026, 6, 2)))
    assert code_of(lambda: kernel.pay("A", "c", later, TODAY)) == "budgets.tranche.waits"
    assert kernel.pay("A", "c", later, date(2026, 6, 2)).fen == 10


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("budgets.amount", lambda: kernel.appropriate("A", 0)),
        ("budgets.amount", lambda: kernel.adjust("A", "B", Position(available=5), -1)),
        ("budgets.adjust.same", lambda: kernel.adjust("A", "A", Position(available=5), 1)),
        ("budgets.amount", lambda: kernel.split(0, halves())),
        ("budgets.tranche.none", lambda: kernel.split(10, ())),
        ("budgets.tranche.shares", lambda: kernel.split(10, (Plan(Decimal("99.99"), START),))),
        ("budgets.tranche.shares", lambda: kernel.split(10, (Plan(Decimal("33.333"), START),))),
        ("budgets.tranche.shares", lambda: kernel.split(10, (Plan(Decimal("NaN"), START),))),
        ("budgets.tranche.shares", lambda: kernel.split(10, (Plan(Decimal(0), START),))),
        ("budgets.tranche.small", lambda: kernel.split(1, halves())),
        ("budgets.condition", lambda: kernel.split(10, (Plan(Decimal(100), Condition("someday")),))),
        ("budgets.condition", lambda: kernel.split(10, (Plan(Decimal(100), Condition("day")),))),
        ("budgets.condition", lambda: kernel.split(10, (Plan(Decimal(100), Condition("evidence", " ")),))),
        ("budgets.tranche.done", lambda: kernel.pay("A", "c", Tranche(1, 5, START, "paid"), TODAY)),
        ("budgets.tranche.done", lambda: kernel.confirmable(Tranche(1, 5, ACCEPTED, "released"))),
        ("budgets.confirm.needless", lambda: kernel.confirmable(Tranche(1, 5, START))),
        ("budgets.confirm.twice", lambda: kernel.confirmable(Tranche(1, 5, ACCEPTED, confirmed=True))),
        ("budgets.release.nothing", lambda: kernel.release("A", "c", (Tranche(1, 5, START, "paid"),))),
        ("budgets.year.closed", lambda: kernel.may_move(Year(2026, closed=True))),
        ("budgets.year.closed", lambda: kernel.may_commit(Year(2026, closed=True), TODAY)),
        ("budgets.year.other", lambda: kernel.may_commit(Year(2025), TODAY)),
        ("budgets.year.future", lambda: kernel.closable(Year(2027), TODAY)),
        ("budgets.year.closed", lambda: kernel.closable(Year(2026, closed=True), TODAY)),
        ("budgets.close.choice", lambda: kernel.close_line("A", "B", Position(), (), "keep")),
        (
            "budgets.close.committed",
            lambda: kernel.close_line("A", "B", Position(), (OpenCommitment("c", 5, "d"),), "lapse"),
        ),
    ],
)
def test_each_wrong_step_is_refused(code: str, act: Callable[[], object]) -> None:
    assert code_of(act) == code


def test_the_close_empties_a_line() -> None:
    kernel.may_commit(Year(2026), TODAY)
    kernel.closable(Year(2026), TODAY)
    left = Position(granted=100, available=30, committed=20, paid=50)
    carried = kernel.close_line("A", "B", left, (OpenCommitment("c", 20, "d"), OpenCommitment("e", 0, "f")), "carry")
    assert carried.carried == 50 and carried.lapsed == 0
    assert carried.moves == (
        Move(Spot("A", AVAILABLE), Spot("B", AVAILABLE), 30),
        Move(Spot("c", COMMITTED), Spot("d", COMMITTED), 20),
    )
    lapsed = kernel.close_line("A", "B", Position(granted=80, available=30, paid=50), (), "lapse")
    assert lapsed.moves == (Move(Spot("A", AVAILABLE), Spot("A", LAPSED), 30),) and lapsed.lapsed == 30
    assert kernel.close_line("A", "B", Position(), (), "lapse").moves == ()


def test_a_standing_reads_itself() -> None:
    one = Position(granted=100, available=20, committed=30, paid=40, lapsed=5)
    assert (one.budget, one.adjusted) == (95, -5)
    assert one + one == Position(200, 40, 60, 80, 10)


@given(st.integers(1, 10**12), st.lists(st.integers(1, 10_000), min_size=1, max_size=6))
def test_tranches_add_up_to_the_fen(fen: int, weights: list[int]) -> None:
    shares = [Decimal(weight) / 100 for weight in weights[:-1]]
    last = Decimal(100) - sum(shares)
    plans = [Plan(share, START) for share in (*shares, last)]
    try:
        tranches = kernel.split(fen, plans)
    except Refusal as refusal:
        assert refusal.code in ("budgets.tranche.shares", "budgets.tranche.small")
        return
    assert sum(tranche.fen for tranche in tranches) == fen and all(tranche.fen > 0 for tranche in tranches)
    for tranche, plan in zip(tranches, plans, strict=True):
        assert abs(tranche.fen - fen * plan.share / 100) < 1


class Budget(RuleBasedStateMachine):
    """Two years of three lines under any sequence of steps: pots, commitments and tranches in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.pots: Counter[Spot] = Counter()
        self.commitments: dict[str, tuple[str, list[Tranche]]] = {}
        self.appropriated = 0

    def position(self, line: str) -> Position:
        promised = sum(self.pots[Spot(c, COMMITTED)] for c, (owner, _) in self.commitments.items() if owner == line)
        pots = {pot: self.pots[Spot(line, pot)] for pot in kernel.POTS}
        return Position(-pots[GRANTED], pots[AVAILABLE], promised, pots[PAID], pots[LAPSED])

    def make(self, move: Move) -> None:
        self.pots[move.out_of] -= move.fen
        self.pots[move.into] += move.fen

    @rule(line=st.sampled_from("ABC"), fen=st.integers(-1, 10_000))
    def appropriate(self, line: str, fen: int) -> None:
        try:
            self.make(kernel.appropriate(line, fen))
            self.appropriated += fen
        except Refusal:
            assert fen <= 0

    @rule(pair=st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), fen=st.integers(1, 10_000))
    def adjust(self, pair: tuple[str, str], fen: int) -> None:
        source, target = pair
        before = self.position(source)
        try:
            self.make(kernel.adjust(source, target, before, fen))
        except Refusal:
            assert source == target or fen > before.available

    @rule(line=st.sampled_from("ABC"), fen=st.integers(2, 10_000))
    def commit(self, line: str, fen: int) -> None:
        before = self.position(line)
        tranches = kernel.split(fen, halves())
        code = f"c{len(self.commitments)}"
        try:
            self.make(kernel.commit(line, code, before, tranches))
            self.commitments[code] = (line, list(tranches))
        except Refusal:
            assert fen > before.available

    @rule(pick=st.integers(0, 50), number=st.integers(0, 1), confirm=st.booleans())
    def pay(self, pick: int, number: int, confirm: bool) -> None:
        if not self.commitments:
            return
        code = sorted(self.commitments)[pick % len(self.commitments)]
        line, tranches = self.commitments[code]
        was = tranches[number]
        asked = Tranche(was.number, was.fen, was.condition, was.state, was.confirmed or confirm)
        try:
            self.make(kernel.pay(line, code, asked, TODAY))
            tranches[number] = Tranche(was.number, was.fen, was.condition, "paid", True)
        except Refusal as refusal:
            assert was.state != "due" or (refusal.code == "budgets.tranche.waits" and not asked.confirmed)

    @rule(pick=st.integers(0, 50))
    def release(self, pick: int) -> None:
        if not self.commitments:
            return
        code = sorted(self.commitments)[pick % len(self.commitments)]
        line, tranches = self.commitments[code]
        try:
            self.make(kernel.release(line, code, tranches))
            tranches[:] = [
                Tranche(t.number, t.fen, t.condition, "released" if t.state == "due" else t.state) for t in tranches
            ]
        except Refusal:
            assert all(tranche.state != "due" for tranche in tranches)

    @rule(line=st.sampled_from("ABC"), choice=st.sampled_from(kernel.CHOICES))
    def close(self, line: str, choice: str) -> None:
        before = self.position(line)
        mine = [
            (c, self.pots[Spot(c, COMMITTED)])
            for c, (owner, _) in self.commitments.items()
            if owner == line and self.pots[Spot(c, COMMITTED)]
        ]
        following = "C" if line != "C" else "A"
        open_ones = [OpenCommitment(c, fen, f"{c}+") for c, fen in mine]
        try:
            closing = kernel.close_line(line, following, before, open_ones, choice)
        except Refusal:
            assert choice == "lapse" and mine
            return
        for move in closing.moves:
            self.make(move)
        for code, _ in mine:
            _, tranches = self.commitments[code]
            due = [tranche for tranche in tranches if tranche.state == "due"]
            self.commitments[f"{code}+"] = (
                following,
                [*due, *(Tranche(9, 1, START, "paid") for _ in range(2 - len(due)))],
            )
            tranches[:] = [Tranche(t.number, t.fen, t.condition, "carried" if t in due else t.state) for t in tranches]
        after = self.position(line)
        assert (after.available, after.committed) == (0, 0)

    @invariant()
    def never_over_and_nothing_lost(self) -> None:
        assert all(fen >= 0 for spot, fen in self.pots.items() if spot.pot != GRANTED)
        assert sum(self.pots.values()) == 0
        whole = self.position("A") + self.position("B") + self.position("C")
        assert whole.granted == whole.budget == self.appropriated
        for code, (_, tranches) in self.commitments.items():
            assert self.pots[Spot(code, COMMITTED)] == sum(t.fen for t in tranches if t.state == "due")


TestBudget = Budget.TestCase


def test_a_line_begins_with_nothing_in_any_pot() -> None:
    new = kernel.Position()
    assert (new.granted, new.available, new.committed, new.paid, new.lapsed, new.budget) == (0,) * 6
