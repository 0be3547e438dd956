"""One engagement, one rating: who may rate whom, and what becomes of a rating.

Source: 电子商务法 § 39 (rules of evaluation are public, evaluations are not deleted), 反不正当竞争法 § 9 (none are
invented). Nothing here deletes: a rating is withdrawn by who gave it, or set aside by an official with a reason that
stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from qilian.core.values.text import Refusal, Text

from .mean import STARS

State = Literal["standing", "withdrawn", "aside"]

STATES: Mapping[str, Text] = {
    "standing": Text("计入", "Counts"),
    "withdrawn": Text("评分人已撤回", "Withdrawn by who gave it"),
    "aside": Text("已排除，不计入", "Set aside, does not count"),
}


@dataclass(frozen=True, slots=True)
class Engagement:
    """A finished thing that the log proves: the public codes of the parties that took part in it.

    `rated` are the parties that were rated for it already, `raters` those who gave these ratings.
    """

    parties: frozenset[str]
    raters: frozenset[str] = frozenset()
    rated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Life:
    """Where a rating stands, and whether the rated party has answered it."""

    state: State = "standing"
    answered: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts towards the mean."""
        return self.state == "standing"


def may_rate(engagement: Engagement, rater: str, rated: str, *, related: bool) -> None:
    """Let one party of an engagement rate another, unless they are `related`: of one group, or led by one person.

    Refusals: `registry.rating.oneself`, `.engagement` when not both took part, `.related`, `.used`.
    """
    if rater == rated:
        raise _refusal("oneself", "不能给自己评分。", "Nobody rates himself.")
    if not {rater, rated} <= engagement.parties:
        message = Text("日志里没有双方都参与的这件事。", "The log knows of no such thing in which both took part.")
        remedy = Text("请从双方办结的事项进入评分。", "Rate from a finished thing of both.")
        raise Refusal("registry.rating.engagement", message, where="evidence", remedy=remedy)
    if related:
        raise _refusal(
            "related", "双方存在关联关系，不能评分。", "The two parties are related: one does not rate the other."
        )
    if rater in engagement.raters or rated in engagement.rated:
        raise _refusal(
            "used", "这件事已经评过分；一件事只评一次。", "This was rated already: one engagement, one rating."
        )


def stars_in(given: int) -> int:
    """A number of stars, 1 to 5; Refusal `registry.rating.stars`."""
    if given not in STARS:
        raise Refusal("registry.rating.stars", Text("请给 1 至 5 分。", "Give one to five stars."), where="stars")
    return given


def withdrawn(life: Life) -> Life:
    """A rating that who gave it takes back. Refusal `registry.rating.state`."""
    _only(life, "standing")
    return replace(life, state="withdrawn")


def answered(life: Life) -> Life:
    """A rating that the rated party answers, once. Refusals `registry.rating.state`, `registry.rating.answered`."""
    _only(life, "standing", "aside")
    if life.answered:
        raise _refusal("answered", "已经答复过。", "It was answered already.")
    return replace(life, answered=True)


def set_aside(life: Life) -> Life:
    """A rating that an official takes out of the mean. Refusal `registry.rating.state`."""
    _only(life, "standing")
    return replace(life, state="aside")


def restored(life: Life) -> Life:
    """A rating that counts again. Refusal `registry.rating.state`."""
    _only(life, "aside")
    return replace(life, state="standing")


def _only(life: Life, *states: State) -> None:
    if life.state not in states:
        now = STATES[life.state]
        raise _refusal(
            "state", f"这条评分现为“{now.zh}”，不能这样办。", f"This rating is “{now.en}”: that cannot be done."
        )


def _refusal(word: str, zh: str, en: str) -> Refusal:
    return Refusal(f"registry.rating.{word}", Text(zh, en))
