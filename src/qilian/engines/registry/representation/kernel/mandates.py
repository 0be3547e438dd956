"""A mandate lets a person act for a party from a day to a day; why a person may not act has a sentence of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Refusal, Text, refuse_all

TERM_MAX_YEARS = 3


@dataclass(frozen=True, slots=True)
class Mandate:
    """A person's mandate: role, term with both days included (open when None), the day it was revoked, if it was."""

    role: str
    valid_from: date
    valid_to: date | None = None
    revoked_on: date | None = None

    def runs(self, day: date) -> bool:
        """Whether it holds on a day; on the day of its revocation no more."""
        lasting = self.valid_to is None or day <= self.valid_to
        return self.valid_from <= day and lasting and (self.revoked_on is None or day < self.revoked_on)

    def over(self, day: date) -> bool:
        """Whether it was revoked, or its last day is behind a day: nothing is left to revoke."""
        return self.revoked_on is not None or (self.valid_to is not None and self.valid_to < day)


def check_term(first: date, last: date | None, today: date, giver: Mandate | None = None) -> None:
    """Refuse a term that cannot be: `registry.mandate.past`, `.reversed`, `.open`, `.long`, `.beyond` the giver's own.

    A delegation (one with a giver) has a last day, at most three years ahead. All that is wrong is one Refusal.
    """
    wrong = []
    if first < today:
        message = Text("授权不能从过去的日子开始。", "A mandate does not begin in the past.")
        wrong.append(Refusal("registry.mandate.past", message, where="valid_from"))
    if last is not None and last < first:
        message = Text("截止日期早于起始日期。", "The last day is before the first.")
        wrong.append(Refusal("registry.mandate.reversed", message, where="valid_to"))
    refuse_all([*wrong, *(_delegated(first, last, giver) if giver else ())])


def _delegated(first: date, last: date | None, giver: Mandate) -> Iterable[Refusal]:
    """What is wrong with a term that somebody gives out of his own."""
    if last is None:
        message = Text("请填写授权截止日期。", "Give the last day of the mandate.")
        yield Refusal("registry.mandate.open", message, where="valid_to")
        return
    if (last - first).days > TERM_MAX_YEARS * 366:
        message = Text(f"一次授权最长 {TERM_MAX_YEARS} 年。", f"A mandate lasts {TERM_MAX_YEARS} years at most.")
        yield Refusal("registry.mandate.long", message, where="valid_to")
    if giver.valid_to is not None and last > giver.valid_to:
        message = Text(
            f"您自己的身份到 {giver.valid_to} 为止，不能授权到更晚。",
            f"Your own mandate ends on {giver.valid_to}; you cannot give a longer one.",
        )
        yield Refusal("registry.mandate.beyond", message, where="valid_to")


def why_not(party: str, mandates: Iterable[Mandate], day: date, whom_to_ask: str) -> Refusal:
    """Why a person may not act for a party on a day, given all his mandates for it.

    `registry.mandate.revoked`, `.expired`, `.coming` say when and whom to ask; `registry.party.stranger` to all others.
    """
    known = sorted(mandates, key=lambda each: (each.valid_from, each.valid_to or date.max))
    ask = Text(f"请联系{whom_to_ask}。", f"Ask {whom_to_ask}.") if whom_to_ask else _CLAIM
    coming = next((each for each in known if each.valid_from > day and each.revoked_on is None), None)
    if coming is not None:
        message = Text(
            f"您对“{party}”的授权从 {coming.valid_from} 开始。",
            f"Your mandate for “{party}” begins on {coming.valid_from}.",
        )
        return Refusal("registry.mandate.coming", message, where="party", remedy=ask)
    if not known:
        message = Text(f"您不能代表“{party}”办理。", f"You do not act for “{party}”.")
        return Refusal("registry.party.stranger", message, where="party", remedy=_CLAIM)
    last = known[-1]
    if last.revoked_on is not None:
        message = Text(
            f"您对“{party}”的授权已于 {last.revoked_on} 撤销。",
            f"Your mandate for “{party}” was revoked on {last.revoked_on}.",
        )
        return Refusal("registry.mandate.revoked", message, where="party", remedy=ask)
    message = Text(
        f"您对“{party}”的授权已于 {last.valid_to} 到期。", f"Your mandate for “{party}” ended on {last.valid_to}."
    )
    return Refusal("registry.mandate.expired", message, where="party", remedy=ask)


_CLAIM = Text(
    "请在“我代表的主体”中认领，或请其法定代表人授权给您。",
    "Claim it under “My parties”, or ask its legal representative for a mandate.",
)
