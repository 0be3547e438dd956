"""The logic of terms: posts and deputies run from a day to a day, overlap, and follow each other without a gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class Term:
    """From a day to a day, both included; open when the last day is None."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            message = Text("结束日期早于开始日期。", "The last day is before the first.")
            raise Refusal("people.term.reversed", message, where="valid_to")

    def contains(self, day: date) -> bool:
        """Whether the term runs on a day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Term") -> bool:
        """Whether the two terms share a day."""
        return self.contains(other.first) or other.contains(self.first)

    def within(self, other: "Term") -> bool:
        """Whether every day of this term is a day of the other."""
        ends = other.last is None or (self.last is not None and self.last <= other.last)
        return other.first <= self.first and ends


@dataclass(frozen=True, slots=True)
class Seat:
    """One holding of a post, as the rules need it: who sits where, as what, when."""

    person: int
    unit: str
    section: str
    role: str
    term: Term

    def same_place(self, other: "Seat") -> bool:
        """Whether both are the same person's same role in the same section of the same unit."""
        mine = (self.person, self.unit, self.section, self.role)
        return mine == (other.person, other.unit, other.section, other.role)


def check_successor(seat: Seat, successor: int, *, active: bool) -> None:
    """Refuse a hand-over to the holder himself, and to somebody who can no longer sign in."""
    if successor == seat.person:
        message = Text(
            "不能把岗位交给本人，请选择别人。", "A post is not passed to its own holder; choose somebody else."
        )
        raise Refusal("people.handover.oneself", message, where="to_person")
    if not active:
        raise inactive("to_person")


def inactive(where: str) -> Refusal:
    """The refusal of somebody whose account is closed."""
    message = Text("这个人的账号已经停用，请选择别人。", "This person's account is closed; choose somebody else.")
    return Refusal("people.person.inactive", message, where=where)


def check_place(wanted: Seat, held: Iterable[Seat]) -> None:
    """Refuse a seat that its person already holds on one of its days."""
    found = clash(wanted, held)
    if found is not None:
        since = found.term.first
        message = Text(f"这个人自 {since} 起已担任同一岗位。", f"This person holds the same post since {since}.")
        remedy = Text("请改期，或先结束原来的任期。", "Choose other days, or end the earlier term first.")
        raise Refusal("people.post.overlap", message, where="valid_from", remedy=remedy)


def clash(wanted: Seat, held: Iterable[Seat]) -> Seat | None:
    """The seat that a person already holds in the same place at the same time, if any."""
    return next((seat for seat in held if seat.same_place(wanted) and seat.term.overlaps(wanted.term)), None)


def succession(term: Term, on: date) -> tuple[Term, Term]:
    """Split a term where a successor begins: the old one ends the day before `on`, the new one runs to the same end.

    No day is without a holder and none has two. Refusal when `on` is not after the first day, or the term is over.
    """
    if on <= term.first:
        late = Text(f"交接日期须晚于任职日期 {term.first}。", f"A post is handed over after it began, {term.first}.")
        raise Refusal("people.handover.before_begin", late, where="on")
    if not term.contains(on):
        early = Text(f"交接日期不能晚于任期末 {term.last}。", f"A post is handed over by its last day, {term.last}.")
        raise Refusal("people.handover.ended", early, where="on")
    return Term(term.first, on - timedelta(days=1)), Term(on, term.last)
