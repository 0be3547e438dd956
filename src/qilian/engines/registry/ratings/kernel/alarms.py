"""What looks wrong about the ratings of a party: figures for an official to judge, never a deed of their own."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from qilian.core.values.text import Text

from .mean import LEAST, MOST

KINDS: Mapping[str, Text] = {
    "burst": Text("短时间集中评分", "Many ratings in a short time"),
    "dominant": Text("单一评分人占比过高", "One rater dominates"),
    "fresh": Text("新登记主体全给极端分", "Only extremes from newly made parties"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is shown: `burst_count` ratings within `burst_hours`; one rater with more than
    `dominant_share` per cent of at least `dominant_count`; at least `fresh_count` raters, all registered at most
    `fresh_days` before they rated, who gave nothing but the lowest or the highest number of stars.
    """

    burst_count: int = 5
    burst_hours: int = 24
    dominant_count: int = 4
    dominant_share: int = 50
    fresh_count: int = 3
    fresh_days: int = 30

    def __post_init__(self) -> None:
        if (
            min(self.burst_count, self.dominant_count, self.fresh_count) < 2
            or min(self.burst_hours, self.fresh_days) < 1
        ):
            raise ValueError("limits that would flag a single rating")


@dataclass(frozen=True, slots=True)
class Given:
    """A rating that counts: who gave it, when, how many stars, and since when the rater is registered."""

    rater: str
    at: datetime
    stars: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that looks wrong: its kind, and the figures behind it as they are shown."""

    kind: str
    figures: Mapping[str, str]

    @property
    def words(self) -> Text:
        """The figures as a sentence."""
        return _WORDS[self.kind].filled(**self.figures)


_WORDS: Mapping[str, Text] = {
    "burst": Text(
        "{hours} 小时内 {count} 条评分，占全部 {number} 条的 {share}%",
        "{count} ratings within {hours} hours, {share} % of all {number}",
    ),
    "dominant": Text(
        "同一评分人给出 {count} 条，占全部 {number} 条的 {share}%",
        "One rater gave {count} of {number}, {share} %",
    ),
    "fresh": Text(
        "{count} 个登记不满 {days} 日的主体，只给 {least} 分或 {most} 分，占全部 {number} 条的 {share}%",
        "{count} parties registered less than {days} days gave {least} or {most} stars only, {share} % of all {number}",
    ),
}


def alarms(given: Sequence[Given], limits: Limits, seen: Mapping[str, datetime] | None = None) -> tuple[Alarm, ...]:
    """Return what looks wrong about the ratings of one party, in the order of KINDS.

    `seen` says until when an official has looked into a kind already: what is older does not raise it again.
    """
    found = []
    for kind, look in _LOOKS.items():
        until = (seen or {}).get(kind)
        rows = [each for each in given if until is None or each.at > until]
        figures = look(sorted(rows, key=lambda each: each.at), limits)
        if figures:
            found.append(Alarm(kind, figures))
    return tuple(found)


def _burst(given: Sequence[Given], limits: Limits) -> dict[str, str]:
    most = _densest([each.at for each in given], timedelta(hours=limits.burst_hours))
    return _figures(most, len(given), hours=limits.burst_hours) if most >= limits.burst_count else {}


def _dominant(given: Sequence[Given], limits: Limits) -> dict[str, str]:
    number = len(given)
    often = max(Counter(each.rater for each in given).values(), default=0)
    wrong = number >= limits.dominant_count and often * 100 > limits.dominant_share * number
    return _figures(often, number) if wrong else {}


def _fresh(given: Sequence[Given], limits: Limits) -> dict[str, str]:
    young = [each for each in given if each.at - each.since <= timedelta(days=limits.fresh_days)]
    raters = {each.rater for each in young}
    if len(raters) < limits.fresh_count or any(each.stars not in (LEAST, MOST) for each in young):
        return {}
    return _figures(len(raters), len(given), days=limits.fresh_days, least=LEAST, most=MOST)


_LOOKS: Mapping[str, Callable[[Sequence[Given], Limits], dict[str, str]]] = {
    "burst": _burst,
    "dominant": _dominant,
    "fresh": _fresh,
}


def _densest(moments: Sequence[datetime], width: timedelta) -> int:
    """The most moments that lie within a width, given in their order: one pass with two hands."""
    first, most = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] > width:
            first += 1
        most = max(most, last - first + 1)
    return most


def _figures(count: int, number: int, **more: int) -> dict[str, str]:
    share = (Decimal(100 * count) / number).quantize(Decimal(1), ROUND_HALF_UP)
    return {name: str(value) for name, value in {"count": count, "number": number, "share": share, **more}.items()}
