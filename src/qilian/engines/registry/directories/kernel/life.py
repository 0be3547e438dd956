"""The life of an entry: admitted, listed for a term, suspended, restored, re-evaluated, and at last exited."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from qilian.core.values.text import Refusal, Text

State = Literal["admitted", "listed", "suspended", "exited"]

STATES: Mapping[str, Text] = {
    "admitted": Text("已入选，待列入", "Admitted, not yet listed"),
    "listed": Text("在列", "Listed"),
    "suspended": Text("暂停", "Suspended"),
    "exited": Text("已退出", "Exited"),
}
EXPIRED = Text("到期待复评", "Term over, to be re-evaluated")

EXITS: Mapping[str, Text] = {
    "expired": Text("到期未复评", "Term over without re-evaluation"),
    "request": Text("自愿退出", "At its own request"),
    "criteria": Text("不再符合条件", "Criteria no longer met"),
    "conduct": Text("违法失信", "Unlawful or dishonest conduct"),
    "ended": Text("主体注销或事项终止", "The party is dissolved, or the matter has ended"),
    "superseded": Text("被新条目取代", "Superseded by another entry"),
}


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """Where an entry stands. `valid_to` is the last day of its term, None without a term."""

    state: State = "admitted"
    grade: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    published: bool = False

    def in_force(self, on: date) -> bool:
        """Whether the entry counts as listed on a day: its term has begun and is not over."""
        begun = self.valid_from is not None and self.valid_from <= on
        return self.state == "listed" and begun and not self.expired(on)

    def expired(self, on: date) -> bool:
        """Whether the term is over on a day while the entry has not exited."""
        return self.state in ("listed", "suspended") and self.valid_to is not None and self.valid_to < on


@dataclass(frozen=True, slots=True)
class Terms:
    """What a directory gives: the grades from best to least (none: no grading) and months of a term (0: no end)."""

    grades: tuple[str, ...] = ()
    months: int = 0


def listed(status: EntryStatus, terms: Terms, *, grade: str, first: date) -> EntryStatus:
    """List an admitted entry from a day on. Refusals: `registry.entry.state`, `registry.entry.grade`."""
    _only(status, "admitted")
    return _with_term(status, terms, grade, first)


def re_evaluated(status: EntryStatus, terms: Terms, *, grade: str, first: date) -> EntryStatus:
    """Give a listed or suspended entry, also one whose term is over, a new grade and term; it is listed again.

    Refusals: `registry.entry.state`, `registry.entry.grade`, `registry.entry.backwards` when the new term begins
    before the one that stands.
    """
    _only(status, "listed", "suspended")
    if status.valid_from is not None and first < status.valid_from:
        raise Refusal(
            "registry.entry.backwards",
            Text(
                f"新期限从 {first} 起，早于现期限的起始日 {status.valid_from}。",
                f"The new term begins on {first}, before the present one of {status.valid_from}.",
            ),
            where="valid_from",
        )
    return _with_term(status, terms, grade, first)


def suspended(status: EntryStatus) -> EntryStatus:
    """Suspend a listed entry. Refusal: `registry.entry.state`."""
    _only(status, "listed")
    return replace(status, state="suspended")


def restored(status: EntryStatus, on: date) -> EntryStatus:
    """End a suspension within the term. Refusals: `registry.entry.state`, `registry.entry.over`."""
    _only(status, "suspended")
    if status.expired(on):
        message = Text(
            f"期限已于 {status.valid_to} 届满，不能恢复。",
            f"Its term was over on {status.valid_to}: it is not restored.",
        )
        raise Refusal("registry.entry.over", message, remedy=Text("请办理复评。", "Re-evaluate it instead."))
    return replace(status, state="listed")


def exited(status: EntryStatus) -> EntryStatus:
    """Let an entry leave for good; its history stays. Refusal: `registry.entry.state`."""
    _only(status, "admitted", "listed", "suspended")
    return replace(status, state="exited")


def published(status: EntryStatus) -> EntryStatus:
    """Show an entry to everybody. Refusals: `registry.entry.state`, `registry.entry.published`."""
    _only(status, "listed", "suspended")
    if status.published:
        raise Refusal("registry.entry.published", Text("已经公开。", "It is public already."))
    return replace(status, published=True)


def withdrawn(status: EntryStatus) -> EntryStatus:
    """Hide an entry from everybody but its officials. Refusal: `registry.entry.unpublished`."""
    if not status.published:
        raise Refusal("registry.entry.unpublished", Text("没有公开，不能撤下。", "It is not public."))
    return replace(status, published=False)


def last_day(first: date, months: int) -> date | None:
    """The last day of a term of so many months; None for a term without end.

    A term from the 15th ends on the 14th; from the 31st it ends with a month that is shorter.

    >>> last_day(date(2026, 3, 15), 36), last_day(date(2026, 1, 31), 1)
    (datetime.date(2029, 3, 14), datetime.date(2026, 2, 27))
    """
    if not months:
        return None
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    _, length = monthrange(year, month + 1)
    return date(year, month + 1, min(first.day, length)) - timedelta(days=1)


def unmet(needed: Sequence[tuple[str, Text]], findings: Mapping[str, str]) -> Refusal | None:
    """What an entry does not show: every needed criterion wants the evidence that meets it. None when all is there."""
    missing = [(slug, words) for slug, words in needed if not findings.get(slug, "").strip()]
    if not missing:
        return None
    zh, en = "；".join(words.zh for _, words in missing), "; ".join(words.en for _, words in missing)
    return Refusal(
        "registry.entry.criteria",
        Text(f"还缺 {len(missing)} 项条件的依据：{zh}", f"Evidence is missing for {len(missing)} criteria: {en}"),
        where=f"findings-{missing[0][0]}",
        remedy=Text("请逐项写明满足条件的材料。", "State for each what shows that it is met."),
    )


def _with_term(status: EntryStatus, terms: Terms, grade: str, first: date) -> EntryStatus:
    if grade not in (terms.grades or ("",)):
        graded = Text("请从本名录的等级中选择。", "Choose one of the grades of this directory.")
        message = (
            Text("没有选择等级，或没有这个等级。", "No grade is chosen, or there is none of this name.")
            if terms.grades
            else Text("这个名录不分等级。", "This directory has no grades.")
        )
        raise Refusal("registry.entry.grade", message, where="grade", remedy=graded if terms.grades else None)
    last = last_day(first, terms.months)
    return replace(status, state="listed", grade=grade, valid_from=first, valid_to=last)


def _only(status: EntryStatus, *states: State) -> None:
    if status.state not in states:
        now = STATES[status.state]
        raise Refusal(
            "registry.entry.state",
            Text(f"条目现为“{now.zh}”，不能这样办理。", f"The entry is “{now.en.lower()}”: this cannot be done now."),
            where="state",
        )
