"""States by the day: of a standard from its dates, of an adoption from what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from qilian.core.values.text import Refusal, Text

Status = Literal["upcoming", "current", "abolished"]
State = Literal["declared", "conforming", "failing", "withdrawn"]

STATUSES: Mapping[str, Text] = {
    "current": Text("现行", "In force"),
    "upcoming": Text("即将实施", "Upcoming"),
    "abolished": Text("废止", "Abolished"),
}
STATES: Mapping[str, Text] = {
    "declared": Text("已声明，未核查", "Declared, not checked"),
    "conforming": Text("核查符合", "Checked, conforming"),
    "failing": Text("核查不符合", "Checked, not conforming"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """From which day a standard holds, and the first day on which it holds no more; None where it is not known."""

    effective: date | None = None
    ended: date | None = None

    def status(self, on: date) -> Status:
        """What the standard is on a day.

        >>> Term(date(2012, 2, 1)).status(date(2012, 1, 31)), Term(None, date(2021, 1, 1)).status(date(2021, 1, 1))
        ('upcoming', 'abolished')
        """
        if self.ended is not None and self.ended <= on:
            return "abolished"
        return "upcoming" if self.effective is not None and on < self.effective else "current"


def check_term(term: Term) -> None:
    """Refuse a standard that ends before it begins: `registry.standard.term`."""
    if term.effective is not None and term.ended is not None and term.ended < term.effective:
        message = Text("废止日早于实施日。", "It is abolished before it takes effect.")
        raise Refusal("registry.standard.term", message, where="ended")


def abolished(term: Term, on: date) -> Term:
    """The term of a standard that ends on a day. Refusals: `registry.standard.abolished`, `registry.standard.term`."""
    if term.ended is not None:
        message = Text(f"已于 {term.ended} 废止。", f"It was abolished on {term.ended}.")
        raise Refusal("registry.standard.abolished", message, where="ended")
    ended = replace(term, ended=on)
    check_term(ended)
    return ended


def refuse_abolished(term: Term, on: date, successor: str) -> None:
    """Refuse to adopt what holds no more: `registry.standard.abolished` names what replaced it."""
    if term.status(on) == "abolished":
        raise Refusal(
            "registry.standard.abolished",
            Text(f"这项标准已于 {term.ended} 废止。", f"This standard was abolished on {term.ended}."),
            where="standard",
            remedy=Text(f"请采用 {successor}。", f"Adopt {successor} instead.")
            if successor
            else Text("请查目录里的现行标准。", "Look for one that is in force."),
        )


def checked(state: State, *, conforming: bool) -> State:
    """What an adoption is after a check; it may be checked again. Refusal: `registry.adoption.state`."""
    _not_withdrawn(state)
    return "conforming" if conforming else "failing"


def withdrawn(state: State) -> State:
    """An adoption that is taken back, the end of its life. Refusal: `registry.adoption.state`."""
    _not_withdrawn(state)
    return "withdrawn"


def _not_withdrawn(state: State) -> None:
    if state == "withdrawn":
        message = Text("这项声明已经撤回。", "This declaration was withdrawn.")
        remedy = Text("请重新声明采用。", "Declare the adoption anew.")
        raise Refusal("registry.adoption.state", message, where="state", remedy=remedy)
