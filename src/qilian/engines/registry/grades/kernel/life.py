"""The life of a grading: computed and told to the party, appealed and corrected, published, and at last over."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qilian.core.values.text import Refusal, Text

State = Literal["computed", "published", "superseded", "expired", "withdrawn"]

STATES: Mapping[str, Text] = {
    "computed": Text("已评出，未公布", "Computed, not published"),
    "published": Text("已公布", "Published"),
    "superseded": Text("已更正", "Corrected"),
    "expired": Text("已到期", "Expired"),
    "withdrawn": Text("已撤销", "Withdrawn"),
}
VERDICTS: Mapping[str, Text] = {
    "filed": Text("待答复", "To be answered"),
    "upheld": Text("申诉成立，已更正", "Upheld, corrected"),
    "dismissed": Text("申诉不成立", "Dismissed"),
    "ended": Text("评价已撤销，申诉终结", "Ended: the evaluation was withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a grading stands: `window` while its party may still appeal, `appealed` while an appeal is unanswered.

    `answered` says that an appeal was decided already: there is one for each evaluation. `valid_to` is its last day.
    """

    state: State
    window: bool = False
    appealed: bool = False
    answered: bool = False
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it counts as a grade on a day."""
        return self.state == "published" and (self.valid_to is None or on <= self.valid_to)


def published(stage: Stage, on: date) -> State:
    """Publish a computed grading. Refusals: `registry.grading.state`, `.appealed`, `.window`, `.over`."""
    _only(stage, "computed")
    if stage.appealed:
        raise _refusal("appealed", "申诉还没有答复，不能公布。", "An appeal is not answered yet.")
    if stage.window and not stage.answered:
        raise _refusal("window", "申诉期未满，不能公布。", "The party may still appeal.")
    if stage.valid_to is not None and stage.valid_to < on:
        raise _refusal("over", "这次评价已过有效期，不能公布。", "The term of this evaluation is over.")
    return "published"


def appealed(stage: Stage) -> None:
    """Let an appeal be filed. Refusals: `registry.grading.state`, `.appealed`, `.answered`, `.late`."""
    _only(stage, "computed")
    if stage.appealed:
        raise _refusal("appealed", "已有一件申诉待答复。", "An appeal is being answered already.")
    if stage.answered:
        raise _refusal("answered", "这次评价的申诉已有答复。", "The appeal of this evaluation was decided.")
    if not stage.window:
        raise _refusal("late", "申诉期已过。", "The time to appeal is over.")


def expired(stage: Stage, on: date) -> State:
    """End a published grading behind its last day. Refusals: `registry.grading.state`, `registry.grading.term`."""
    _only(stage, "published")
    if stage.valid_to is None or on <= stage.valid_to:
        raise _refusal("term", "还在有效期内。", "Its term is not over.")
    return "expired"


def withdrawn(stage: Stage) -> State:
    """Withdraw a grading that is computed or published. Refusal `registry.grading.state`."""
    _only(stage, "computed", "published")
    return "withdrawn"


def last_day(as_of: date, months: int) -> date | None:
    """Return the last day of a term of so many months from the day of the figures; None without a term."""
    if not months:
        return None
    year, month = divmod(as_of.year * 12 + as_of.month - 1 + months, 12)
    end = date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))
    return end - timedelta(days=1)


def _only(stage: Stage, *states: State) -> None:
    if stage.state not in states:
        now = STATES[stage.state]
        raise Refusal(
            "registry.grading.state",
            Text(f"这次评价现在是“{now.zh}”，不能这样办。", f"This evaluation is “{now.en}”: that cannot be done."),
        )


def _refusal(word: str, zh: str, en: str) -> Refusal:
    return Refusal(f"registry.grading.{word}", Text(zh, en))
