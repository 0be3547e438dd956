"""Who carries a unit's duties on a later day: reforms rename, merge and split bodies, and reform them again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day the duties of one unit passed to another; `scope` says which when not all did."""

    predecessor: str
    successor: str
    on: date
    scope: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that carries duties of the one asked for: which (empty: all), through whom, whether each step was read."""

    unit: str
    scopes: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    verified: bool = True


def heirs(unit: str, on: date, successions: Sequence[Succession], ended: Mapping[str, date | None]) -> tuple[Heir, ...]:
    """Who carries the duties of a unit on a day: itself while nothing passed on, else its successors, transitively.

    `ended` gives the last day of units that are no more. A unit that passed on some duties and lives keeps the
    rest. A unit that ended without a successor has no heir. `successions` must be free of cycles (`refuse_cycle`).
    """
    by_predecessor: dict[str, list[Succession]] = {}
    for each in sorted(successions, key=lambda each: each.on):
        if each.on <= on:
            by_predecessor.setdefault(each.predecessor, []).append(each)
    found: dict[str, Heir] = {}
    _follow(Heir(unit), on, by_predecessor, ended, found)
    return tuple(found.values())


def refuse_cycle(successions: Iterable[Succession]) -> None:
    """Refuse successions that lead back to where they began: `units.succession.cycle`."""
    after: dict[str, list[str]] = {}
    for each in successions:
        after.setdefault(each.predecessor, []).append(each.successor)
    done: set[str] = set()
    for unit in after:
        _descend(unit, after, (), done)


def _descend(unit: str, after: Mapping[str, Sequence[str]], path: tuple[str, ...], done: set[str]) -> None:
    if unit in path:
        circle = " → ".join((*path[path.index(unit) :], unit))
        raise Refusal(
            "units.succession.cycle",
            Text(f"承接关系成了循环：{circle}。", f"The successions run in a circle: {circle}."),
            where=unit,
            remedy=Text("请检查承接的方向和日期。", "Check the direction and the day of each."),
        )
    if unit not in done:
        for successor in after.get(unit, ()):
            _descend(successor, after, (*path, unit), done)
        done.add(unit)


def _follow(
    heir: Heir,
    on: date,
    by_predecessor: Mapping[str, Sequence[Succession]],
    ended: Mapping[str, date | None],
    found: dict[str, Heir],
) -> None:
    passed = by_predecessor.get(heir.unit, ())
    last = ended.get(heir.unit)
    gone = (last is not None and last < on) or any(not each.scope for each in passed)
    if not gone:
        known = found.get(heir.unit)
        found[heir.unit] = _joined(known, heir) if known else heir
    for each in passed:
        scopes = (*heir.scopes, each.scope) if each.scope else heir.scopes
        via = (*heir.via, heir.unit)
        step = Heir(each.successor, scopes, via, heir.verified and each.verified)
        _follow(step, on, by_predecessor, ended, found)


def _joined(one: Heir, other: Heir) -> Heir:
    """Two ways to one heir: all duties if either gives all, else both scopes."""
    scopes = tuple(dict.fromkeys((*one.scopes, *other.scopes))) if one.scopes and other.scopes else ()
    return replace(one, scopes=scopes, verified=one.verified and other.verified)
