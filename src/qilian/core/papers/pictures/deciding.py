"""What a decision table answers around a case: two of its numbers vary, all else stays as the case has it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from qilian.core.house.pages import Section
from qilian.core.rules.dmn.api import Table, literal, numeric_limits, wanted
from qilian.core.values.text import Text

from .figure import pictured
from .kernel import Axis, Look, regions

_MOST = 6
_LOOKS: tuple[Look, ...] = ("pale", "half", "open", "wait")
Say = Callable[[str], object]
_TITLE, _MINE = Text("我的项目在哪里", "Where my case lies"), Text("我的项目", "my case")


def decided_regions(table: Table, values: Mapping[str, object], say: Say) -> list[Section]:
    """The answers over the first two numbers that the case gives and the table limits; nothing without two of them.

    `say` writes a result (FEEL) as people read it.
    """
    limits = numeric_limits(table)
    drawable = (each for each in limits if 0 < len(limits[each]) <= _MOST)
    numbers = {each: value for each in drawable if isinstance(value := values.get(each), Decimal)}
    if len(numbers) < 2:
        return []
    across, up = list(numbers)[:2]
    titles = {each.name: each.title for each in wanted(table)}
    rows, columns = _samples(limits[up]), _samples(limits[across])
    answers = [[_answer(table, {**values, across: x, up: y}, say) for x in columns] for y in rows]
    kinds = list(dict.fromkeys(answer for row in answers for answer in row))
    drawn = [[(_LOOKS[kinds.index(answer) % len(_LOOKS)], answer) for answer in row] for row in answers]
    sides = [Axis(titles[name], [(float(limit), f"{limit:,f}") for limit in limits[name]]) for name in (across, up)]
    mine = (float(numbers[across]), float(numbers[up]), str(_MINE))
    desc = Text("{a} {x}，{b} {y}：{result}", "{a} {x}, {b} {y}: {result}").filled(
        a=titles[across], x=values[across], b=titles[up], y=values[up], result=_answer(table, values, say)
    )
    note = Text(
        "横、纵各是一个条件，分界是表里的限值（各段等宽，不按比例）；其余条件按您填写的值。",
        "Each side is one input with the limits of the table, not to scale; all else is as you gave it.",
    )
    return [
        pictured(
            _TITLE,
            "regions",
            lambda width: regions(width, sides[0], sides[1], drawn, title=str(_TITLE), desc=str(desc), mine=mine),
            note=note,
        )
    ]


def _samples(limits: Sequence[Decimal]) -> list[Decimal]:
    """A number from each stretch: below, between, above."""
    return [limits[0] - 1, *((low + high) / 2 for low, high in pairwise(limits)), limits[-1] + 1]


def _answer(table: Table, values: Mapping[str, object], say: Say) -> str:
    return str(say(literal(table.decide(values).result)) or "—")
