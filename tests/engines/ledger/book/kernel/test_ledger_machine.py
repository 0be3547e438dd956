"""Any story of commands: nothing appears or vanishes, nobody goes below zero, a hold ends once, chains are whole."""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from qilian.engines.ledger.book.kernel import (
    PASSED,
    Account,
    Command,
    Line,
    Span,
    State,
    Totals,
    apply,
    out_of_balance,
    replay,
    restraining,
    serials,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN, NUMBERED = (1, 2, 3, 4, 5), (11, 12, 13)
AMOUNTS = st.integers(-1, 60)
SPANS = st.tuples(st.integers(1, 40), st.integers(0, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def accounts() -> dict[int, Account]:
    return {
        1: Account(1, 1, "free"),
        2: Account(2, 1),
        3: Account(3, 1),
        4: Account(4, 1, "credits_within_debits"),
        5: Account(5, 1, final=True),
        11: Account(11, 2, "free", serial=True),
        12: Account(12, 2, serial=True),
        13: Account(13, 2, serial=True),
    }


class Book(RuleBasedStateMachine):
    """The kernel under random batches; beside it a plain record of every row."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.now = State(accounts()), START
        self.lines: list[Line] = []
        self.bound: list[tuple[int, int, Span | None, str]] = []
        self.number = 0

    def command(self, data: Any, linked: bool) -> Command:
        """Draw a movement or a resolution; some keys are used twice."""
        self.number += 1
        key = data.draw(st.sampled_from([f"k{self.number}"] * 5 + ["k1", "k2"]))
        kind = data.draw(st.sampled_from(("single", "single", "pending", "post", "void", "expire")))
        if kind in ("post", "void", "expire"):
            pending = data.draw(st.sampled_from([*self.state.holds, "nothing"]))
            fields: dict[str, Any] = {"pending": pending, "amount": data.draw(AMOUNTS) if kind == "post" else 0}
        else:
            fields = self.movement(data)
            if kind == "pending":
                fields["due"] = data.draw(st.sampled_from((None, self.now + timedelta(hours=3))))
        content = sha256(repr((kind, sorted(fields.items(), key=str))).encode()).digest()
        return Command(key, content, kind=kind, linked=linked, **fields)

    def movement(self, data: Any) -> dict[str, Any]:
        if data.draw(st.booleans()):
            debit, credit = (data.draw(st.sampled_from(PLAIN)) for _ in range(2))
            return {"debit": debit, "credit": credit, "amount": data.draw(AMOUNTS)}
        debit, credit = (data.draw(st.sampled_from(NUMBERED)) for _ in range(2))
        span = data.draw(SPANS)
        return {"debit": debit, "credit": credit, "amount": span.size, "serials": span}

    @rule(data=st.data(), size=st.integers(1, 4))
    def batch(self, data: Any, size: int) -> None:
        commands = [self.command(data, linked=data.draw(st.booleans())) for _ in range(size)]
        before = self.state
        outcome = apply(before, commands, self.now)
        assert len(outcome.codes) == size
        start = 0
        for place, command in enumerate(commands):
            if not command.linked or place == size - 1:
                passed = {code in PASSED for code in outcome.codes[start : place + 1]}
                assert len(passed) == 1, "a chain is whole"
                start = place + 1
        assert [row.place for row in outcome.rows] == [p for p, code in enumerate(outcome.codes) if code == "ok"]
        for row in outcome.rows:
            self.lines.append(Line(row.command.kind, row.debit, row.credit, row.amount, row.released))
        again = apply(outcome.state, [row.command._replace(linked=False) for row in outcome.rows], self.now)
        assert set(again.codes) <= {"exists"} and again.state == outcome.state, "the same again changes nothing"
        self.state = outcome.state

    @rule(hours=st.integers(1, 6))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(number=st.sampled_from((2, 3, 12, 13)), amount=AMOUNTS, span=SPANS)
    def restrain(self, number: int, amount: int, span: Span) -> None:
        account, bound = self.state.accounts[number], span if number > 10 else None
        amount = span.size if bound else amount
        pieces = self.state.pieces.get(account.asset, ())
        if restraining.wrong(account, amount, bound, pieces) is None:
            name = f"freeze {len(self.lines)}/{len(self.bound)}/{self.now}"
            self.bind(number, amount, bound, name)
            self.bound.append((number, amount, bound, name))

    @rule(data=st.data())
    def lift(self, data: Any) -> None:
        if self.bound:
            number, amount, span, _ = self.bound.pop(data.draw(st.integers(0, len(self.bound) - 1)))
            self.bind(number, -amount, span, "")

    def bind(self, number: int, amount: int, span: Span | None, name: str) -> None:
        account = self.state.accounts[number]
        after = replace(account, totals=restraining.changed(account.totals, amount))
        pieces = dict(self.state.pieces)
        if span:
            pieces[account.asset] = serials.put(pieces[account.asset], span, number, name)
        self.state = replace(self.state, accounts={**self.state.accounts, number: after}, pieces=pieces)

    @invariant()
    def nothing_appears_or_vanishes(self) -> None:
        every = self.state.accounts.values()
        assert out_of_balance((str(each.asset), each.totals) for each in every) == {}

    @invariant()
    def nobody_is_below_zero(self) -> None:
        for each in self.state.accounts.values():
            totals = each.totals
            assert min(totals) >= 0
            if each.rule == "debits_within_credits":
                assert totals.available >= 0
            if each.rule == "credits_within_debits":
                assert totals.debits_posted >= totals.credits_posted + totals.credits_pending
            if each.final:
                assert totals.debits_posted == totals.debits_pending == 0

    @invariant()
    def what_is_held_is_the_sum_of_open_holds(self) -> None:
        held: Counter[int] = Counter()
        awaited: Counter[int] = Counter()
        for hold in self.state.holds.values():
            if hold.state == "open":
                held[hold.debit] += hold.amount
                awaited[hold.credit] += hold.amount
        for number, each in self.state.accounts.items():
            assert (each.totals.debits_pending, each.totals.credits_pending) == (held[number], awaited[number])

    @invariant()
    def what_is_restrained_is_the_sum_of_restraints(self) -> None:
        bound: Counter[int] = Counter()
        for number, amount, _, _ in self.bound:
            bound[number] += amount
        assert all(each.totals.restrained == bound[number] for number, each in self.state.accounts.items())

    @invariant()
    def replay_gives_the_totals(self) -> None:
        replayed = replay(self.lines)
        for number, each in self.state.accounts.items():
            assert replayed.get(number, Totals()) == each.totals._replace(restrained=0)

    @invariant()
    def a_hold_ends_once(self) -> None:
        ended = Counter(line.kind for line in self.lines if line.released)
        done = Counter(hold.state for hold in self.state.holds.values() if hold.state != "open")
        assert (ended["post"], ended["void"], ended["expire"]) == (done["posted"], done["voided"], done["expired"])

    @invariant()
    def numbers_lie_once_and_make_up_the_balance(self) -> None:
        pieces = self.state.pieces.get(2, ())
        assert all(a.last < b.first for a, b in itertools.pairwise(pieces))
        for number in (12, 13):
            own = [piece for piece in pieces if piece.account == number]
            totals = self.state.accounts[number].totals
            assert sum(piece.last - piece.first + 1 for piece in own) == totals.balance
            bound = sum(piece.last - piece.first + 1 for piece in own if piece.reserved)
            assert bound == totals.debits_pending + totals.restrained


Book.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
TestBook = Book.TestCase
