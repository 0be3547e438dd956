"""Apply a batch to the book: each command checked before anything changes; linked ones happen together or not at all.

The model is TigerBeetle's: debit and credit are the only schema, so that an unbalanced entry cannot be written; a
pending transfer keeps an amount on both sides until it is posted (whole or in part), voided or expired, once.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from . import serials
from .codes import PASSED, Code
from .values import MOST, Account, Command, Hold, HoldState, Piece, Row, Span, State, Totals

RESOLVED: Final[Mapping[str, Code]] = {
    "posted": "pending_already_posted",
    "voided": "pending_already_voided",
    "expired": "pending_already_expired",
}
LONGEST: Final = timedelta(days=36_525)
"""How far ahead a hold may be due: a hundred years, so that no moment leaves the calendar of any zone."""
_FAILED: Final[list[Code]] = ["linked_event_failed"]
_made = tuple.__new__  # a named tuple's own constructor takes twice as long, and a batch makes four for each transfer
_BECOMES: Final[dict[str, HoldState]] = {"post": "posted", "void": "voided", "expire": "expired"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: one code per command, the rows to write, the numbers' pieces and the state after it."""

    codes: tuple[Code, ...]
    rows: tuple[Row, ...]
    pieces: Mapping[int, tuple[Piece, ...]]
    _work: "_Work"

    @property
    def totals(self) -> dict[int, Totals]:
        """The totals of every account that the rows move, after all of them."""
        found: dict[int, Totals] = {}
        for row in self.rows:
            found[row.debit], found[row.credit] = row.debit_after, row.credit_after
        return found

    @property
    def state(self) -> State:
        """The state after the batch, made anew when asked for: who writes the rows needs their totals only."""
        return self._work.state()


def apply(state: State, batch: Sequence[Command], at: datetime, engine: str = "") -> Outcome:
    """Decide on every command in order, at one moment; the state given stays as it is.

    `engine` is the part of the house whose rules want the batch: it moves its own accounts and those of nobody else.
    """
    work, start = _Work(state, at, engine), 0
    for place, command in enumerate(batch):
        if command.linked:
            continue  # it belongs with the next one
        if place == start:
            work.codes.append(work.one(command, place))
        else:
            work.chain(batch[start : place + 1], start)
        start = place + 1
    if start < len(batch):
        work.codes += _FAILED * (len(batch) - start - 1)
        work.codes.append("linked_chain_open")
    return Outcome(tuple(work.codes), tuple(work.rows), work.pieces, work)


class _Work:
    """The state while a batch is applied: what changes is copied once, and a chain that fails is undone."""

    def __init__(self, state: State, at: datetime, engine: str) -> None:
        self.before, self.at, self.engine = state, at, engine
        self.totals: dict[int, Totals] = {number: each.totals for number, each in state.accounts.items()}
        self.known, self.holds, self.pieces = dict(state.known), dict(state.holds), dict(state.pieces)
        self.codes: list[Code] = []
        self.rows: list[Row] = []
        self.undo: list[tuple[MutableMapping[Any, Any], Any, Any]] | None = None

    def state(self) -> State:
        """The state after the batch; an account that nothing moved is the one that was given."""
        accounts = dict(self.before.accounts)
        for number, totals in self.totals.items():
            if totals is not accounts[number].totals:
                accounts[number] = replace(accounts[number], totals=totals)
        return State(accounts, self.known, self.holds, self.pieces)

    def chain(self, chain: Sequence[Command], place: int) -> None:
        """Apply linked commands: all of them or none."""
        self.undo, written = [], len(self.rows)
        codes: list[Code] = []
        for offset, command in enumerate(chain):
            code = self.one(command, place + offset)
            codes.append(code)
            if code not in PASSED:
                self._undo(written)
                codes = _FAILED * len(chain)
                codes[offset] = code
                break
        self.codes += codes
        self.undo = None

    def _undo(self, written: int) -> None:
        del self.rows[written:]
        for mapping, key, old in reversed(self.undo or ()):
            if old is None:
                del mapping[key]
            else:
                mapping[key] = old

    def _set(self, mapping: MutableMapping[Any, Any], key: Any, value: Any) -> None:
        if self.undo is not None:
            self.undo.append((mapping, key, mapping.get(key)))
        mapping[key] = value

    def one(self, command: Command, place: int) -> Code:
        """Apply one command, or say why not."""
        known = self.known.get(command.key)
        if known is not None:
            return "exists" if known == command.digest else "key_reused"
        if command.kind in ("single", "pending"):
            return self._move(command, place)
        return self._resolve(command, place)

    def _move(self, command: Command, place: int) -> Code:
        """Write a single or a pending row."""
        accounts = self.before.accounts
        debit, credit = accounts.get(command.debit), accounts.get(command.credit)
        if debit is None or credit is None:
            return "account_not_found"
        amount, span = command.amount, command.serials
        wrong = _form(command, debit, credit, self.at) or self._limits(amount, debit, credit)
        if debit.engine or credit.engine:
            wrong = self._foreign(debit, credit) or wrong
        if not wrong and (span or debit.serial):
            wrong = self._serials_wrong(command, debit, credit)
        if wrong:
            return wrong
        if command.kind == "single":
            posted, held = amount, 0
        else:
            posted, held = 0, amount
            hold = Hold(debit.number, credit.number, amount, command.due, "open", span)
            self._set(self.holds, command.key, hold)
        if span:
            self._move_serials(command, span, debit, credit)
        self._write(command, place, (debit.number, credit.number), posted, held, span)
        return "ok"

    def _foreign(self, debit: Account, credit: Account) -> Code | None:
        """Whether one of the sides belongs to another engine."""
        ours = debit.engine in ("", self.engine) and credit.engine in ("", self.engine)
        return None if ours else "account_of_engine"

    def _limits(self, amount: int, debit: Account, credit: Account) -> Code | None:
        posted, covered, held, _, restrained = self.totals[debit.number]
        covering, received, _, awaited, _ = self.totals[credit.number]
        debits, taken = posted + held + amount, received + awaited + amount
        if debits > MOST or taken > MOST:
            return "amount_too_large"
        if debit.rule == "debits_within_credits" and debits + restrained > covered:
            return "exceeds_credits"
        if credit.rule == "credits_within_debits" and taken > covering:
            return "exceeds_debits"
        return None

    def _serials_wrong(self, command: Command, debit: Account, credit: Account) -> Code | None:
        """What is wrong with the numbers: a free account issues new ones, every other pays with those it holds."""
        span = command.serials
        if not debit.serial:
            return "serials_unwanted" if span else None
        if span is None:
            return "serials_missing"
        if span.first < 1 or span.size != command.amount:
            return "serials_count"
        pieces = self.pieces.get(debit.asset, ())
        if debit.rule == "free":
            if command.kind == "pending" or credit.rule == "free":
                return "serials_not_held"
            return "serials_taken" if serials.within(pieces, span) else None
        return None if serials.held(pieces, span, debit.number, "") else "serials_not_held"

    def _move_serials(self, command: Command, span: Span, debit: Account, credit: Account) -> None:
        pieces = self.pieces.get(debit.asset, ())
        if command.kind == "pending":
            after = serials.put(pieces, span, debit.number, command.key)
        else:
            after = _handed_on(pieces, span, credit)
        self._set(self.pieces, debit.asset, after)

    def _resolve(self, command: Command, place: int) -> Code:
        """Post, void or expire a pending row: the hold ends, and what was posted moves."""
        hold = self.holds.get(command.pending)
        if hold is None:
            return "pending_not_found"
        wrong = _unresolvable(command, hold, self.at)
        if command.kind != "expire":
            accounts = self.before.accounts
            wrong = wrong or self._foreign(accounts[hold.debit], accounts[hold.credit])
        if wrong:
            return wrong
        amount = command.amount if command.kind == "post" else 0
        self._set(self.holds, command.pending, replace(hold, state=_BECOMES[command.kind]))
        span = self._resolve_serials(hold, amount)
        self._write(command, place, (hold.debit, hold.credit), amount, -hold.amount, span)
        return "ok"

    def _resolve_serials(self, hold: Hold, amount: int) -> Span | None:
        """Free the numbers of a hold; the first ones of it go to the credit account when an amount is posted."""
        if hold.serials is None:
            return None
        debit, credit = self.before.accounts[hold.debit], self.before.accounts[hold.credit]
        pieces = serials.put(self.pieces[debit.asset], hold.serials, hold.debit)
        span = Span(hold.serials.first, hold.serials.first + amount - 1) if amount else None
        if span:
            pieces = _handed_on(pieces, span, credit)
        self._set(self.pieces, debit.asset, pieces)
        return span

    def _write(
        self, command: Command, place: int, sides: tuple[int, int], posted: int, held: int, span: Span | None
    ) -> None:
        """Add to both sides what is posted and what is held (below zero: released), and write the row."""
        (debit, credit), totals = sides, self.totals
        before, other = totals[debit], totals[credit]
        if self.undo is not None:
            self.undo += ((totals, debit, before), (totals, credit, other), (self.known, command.key, None))
        a, b, c, d, e = before
        totals[debit] = after = _made(Totals, (a + posted, b, c + held, d, e))
        a, b, c, d, e = other
        totals[credit] = taken = _made(Totals, (a, b + posted, c, d + held, e))
        self.known[command.key] = command.digest
        amount, released = (command.amount, 0) if held >= 0 else (posted, -held)
        row = (command, debit, credit, amount, released, span, after, taken, place)
        self.rows.append(_made(Row, row))


def _form(command: Command, debit: Account, credit: Account, at: datetime) -> Code | None:
    """What is wrong with a movement whatever the totals are."""
    if debit.number == credit.number:
        return "accounts_same"
    if debit.asset != credit.asset:
        return "assets_differ"
    if command.amount <= 0:
        return "amount_not_positive"
    if debit.state == "closed" or credit.state == "closed":
        return "account_closed"
    if debit.state == "no_pay" or debit.final:
        return "account_pays_nothing"
    if command.due is not None and command.due <= at:
        return "due_not_later"
    if command.due is not None and command.due - at > LONGEST:
        return "due_too_far"
    return None


def _unresolvable(command: Command, hold: Hold, at: datetime) -> Code | None:
    """Why a hold cannot be resolved so."""
    if hold.state != "open":
        return RESOLVED[hold.state]
    over = hold.due is not None and hold.due <= at
    if command.kind == "expire":
        return None if over else "pending_not_due"
    if command.kind == "post":
        if over:
            return "pending_is_over"
        if command.amount <= 0:
            return "amount_not_positive"
        return "exceeds_pending" if command.amount > hold.amount else None
    return None


def _handed_on(pieces: Sequence[Piece], span: Span, credit: Account) -> tuple[Piece, ...]:
    """Give numbers to an account; a free account cancels them."""
    return serials.take(pieces, span) if credit.rule == "free" else serials.put(pieces, span, credit.number)
