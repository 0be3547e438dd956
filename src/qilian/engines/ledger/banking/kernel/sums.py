"""Several lines that make one transfer, and one line that makes several: by reference for sure, by name for people.

A bank splits a payment into parts, or books a batch of payments as one line. Sums are equal to the fen.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from .sides import Side, folded

MEMBERS_MAX = 1_000
"""A reference that binds more than that is no reference of a payment."""

SHOWN_MAX = 12
"""A sum of more members is no suggestion that a person could check."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines and transfers that are the same money; one of both sides has one member."""

    lines: tuple[int, ...]
    transfers: tuple[int, ...]


def grouped(lines: Sequence[Side], transfers: Sequence[Side]) -> list[Group]:
    """Groups that references bind: everything that shares a reference, on one side a single one, both sums equal."""
    by_key = ({each.key: each for each in lines}, {each.key: each for each in transfers})
    found = []
    for ours, theirs in _components(lines, transfers):
        if min(len(ours), len(theirs)) == 1 < max(len(ours), len(theirs)) <= MEMBERS_MAX:
            sides = ([by_key[0][key] for key in ours], [by_key[1][key] for key in theirs])
            if _same_money(*sides):
                found.append(Group(tuple(sorted(ours)), tuple(sorted(theirs))))
    return sorted(found, key=lambda group: group.lines)


def sums_by_name(lines: Sequence[Side], transfers: Sequence[Side], window: int) -> Iterator[Group]:
    """Groups that a name and the days suggest: all of one side under the name, within the window, make the other."""
    for one, members in _named(lines, transfers, window):
        yield Group((one.key,), members)
    for one, members in _named(transfers, lines, window):
        yield Group(members, (one.key,))


def _named(ones: Sequence[Side], others: Sequence[Side], window: int) -> Iterator[tuple[Side, tuple[int, ...]]]:
    shelves: defaultdict[str, list[Side]] = defaultdict(list)
    for each in others:
        if each.name:
            shelves[folded(each.name)].append(each)
    days = timedelta(days=window)
    for one in ones:
        shelf = shelves.get(folded(one.name), []) if one.name else []
        if 1 < len(shelf) <= MEMBERS_MAX:
            near = [each for each in shelf if abs(each.day - one.day) <= days and each.fen * one.fen > 0]
            if 1 < len(near) <= SHOWN_MAX and sum(each.fen for each in near) == one.fen:
                yield one, tuple(each.key for each in near)


def _same_money(lines: Sequence[Side], transfers: Sequence[Side]) -> bool:
    """Equal sums, and all of it in one direction."""
    every = [each.fen for each in (*lines, *transfers)]
    one_way = min(every) > 0 or max(every) < 0
    return one_way and sum(each.fen for each in lines) == sum(each.fen for each in transfers)


def _components(lines: Sequence[Side], transfers: Sequence[Side]) -> Iterator[tuple[list[int], list[int]]]:
    """Lines and transfers that references bind to each other, directly or through others; only shared words bind."""
    holders: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, sides in enumerate((lines, transfers)):
        for side in sides:
            for reference in side.references:
                holders[reference][place].append(side.key)
    found: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for ours, theirs in holders.values():
        if ours and theirs:
            _bind(found, [*((0, key) for key in ours), *((1, key) for key in theirs)])
    seen: set[int] = set()
    for component in found.values():
        if id(component) not in seen:
            seen.add(id(component))
            yield component


def _bind(found: dict[tuple[int, int], tuple[list[int], list[int]]], nodes: Sequence[tuple[int, int]]) -> None:
    """Put the components of some nodes together: the smaller is poured into the largest."""
    known = {id(found[node]): found[node] for node in nodes if node in found}
    whole = max(known.values(), key=lambda each: len(each[0]) + len(each[1]), default=([], []))
    for component in known.values():
        if component is not whole:
            for place in (0, 1):
                for key in component[place]:
                    whole[place].append(key)
                    found[place, key] = whole
    for node in nodes:
        if node not in found:
            whole[node[0]].append(node[1])
            found[node] = whole
