"""A method: indicators with weights, rules and sources, what happens to missing figures, rounding, grades, validity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from qilian.core.values.text import Text

MISSING = ("refuse", "zero", "exclude")
MEANS = ("sum", "geometric")
ROUNDINGS: Mapping[str, str] = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a method: its full points (`weight`), the rule with its parameters, where figures and rule come from.

    `up` says whether more is better. `steps` belong to the rule `bands`: at least so much gives so many points, best
    first. Adjustments (`tally`) and vetoes carry no weight.
    """

    slug: str
    title: Text
    rule: str
    weight: Decimal = Decimal(0)
    parameters: tuple[tuple[str, Decimal], ...] = ()
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    unit: Text = NOTHING
    source: str = ""
    group: Text = NOTHING
    up: bool = True
    missing: str = "refuse"

    def parameter(self, name: str, default: Decimal = Decimal(0)) -> Decimal:
        """A parameter of the rule, or its default."""
        return dict(self.parameters).get(name, default)


@dataclass(frozen=True, slots=True)
class Step:
    """A grade and the least score that earns it."""

    slug: str
    title: Text
    least: Decimal


@dataclass(frozen=True, slots=True)
class Method:
    """How subjects are scored.

    The score is got ÷ applicable weight × `full` (for `mean` geometric: the weighted geometric mean of the shares ×
    `full`), then adjustments, kept between 0 and `ceiling`, rounded to `places`. Cells are rounded to `cell_places`
    first, so that what is shown adds up. `grades` run from best to least; a veto gives `vetoed` whatever the score.
    `ties` are indicators that decide between equal scores, in order; without them equal scores share a rank.
    """

    slug: str
    title: Text
    source: str
    indicators: tuple[Indicator, ...]
    grades: tuple[Step, ...] = ()
    full: Decimal = Decimal(100)
    ceiling: Decimal = Decimal(100)
    mean: str = "sum"
    places: int = 2
    cell_places: int = 4
    rounding: str = "half-up"
    vetoed: str = ""
    months: int = 0
    ties: tuple[str, ...] = ()

    def indicator(self, slug: str) -> Indicator:
        """An indicator by its slug; KeyError when there is none."""
        return {each.slug: each for each in self.indicators}[slug]

    def grade_title(self, slug: str) -> Text:
        """What a grade is called; its slug when the method has no such grade."""
        return next((step.title for step in self.grades if step.slug == slug), Text(slug, slug))

    def rounded(self, value: Decimal, places: int) -> Decimal:
        """A figure rounded as the method declares."""
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUNDINGS[self.rounding])


def as_data(method: Method) -> dict[str, object]:
    """Return a method as plain data: texts, lists and tables, decimals as text; `read_method` takes it back."""
    return {
        "slug": method.slug,
        "title": _pair(method.title),
        "source": method.source,
        "full": str(method.full),
        "ceiling": str(method.ceiling),
        "mean": method.mean,
        "places": method.places,
        "cell_places": method.cell_places,
        "rounding": method.rounding,
        "vetoed": method.vetoed,
        "months": method.months,
        "ties": list(method.ties),
        "grades": [[step.slug, step.title.zh, step.title.en, str(step.least)] for step in method.grades],
        "indicators": [_indicator_data(each) for each in method.indicators],
    }


def read_method(data: Mapping[str, object]) -> Method:
    """Read a method from data such as a pack's TOML file or a stored document; absent keys take their defaults.

    KeyError, TypeError or ValueError when it has another shape: `problems` judges what it says.
    """
    return Method(
        slug=str(data["slug"]),
        title=_text(data["title"]),
        source=str(data["source"]),
        indicators=tuple(_indicator(row) for row in _tables(data["indicators"])),
        grades=tuple(Step(str(a), Text(str(b), str(c)), Decimal(str(d))) for a, b, c, d in _lists(data.get("grades"))),
        full=Decimal(str(data.get("full", 100))),
        ceiling=Decimal(str(data.get("ceiling", data.get("full", 100)))),
        mean=_one_of(data.get("mean", "sum"), MEANS),
        places=int(str(data.get("places", 2))),
        cell_places=int(str(data.get("cell_places", 4))),
        rounding=_one_of(data.get("rounding", "half-up"), tuple(ROUNDINGS)),
        vetoed=str(data.get("vetoed", "")),
        months=int(str(data.get("months", 0))),
        ties=tuple(str(slug) for slug in _list(data.get("ties"))),
    )


def _indicator(row: Mapping[str, object]) -> Indicator:
    named = row.get("parameters", {})
    if not isinstance(named, Mapping):
        raise TypeError("parameters are a table")
    return Indicator(
        slug=str(row["slug"]),
        title=_text(row["title"]),
        rule=str(row["rule"]),
        weight=Decimal(str(row.get("weight", 0))),
        parameters=tuple(sorted((str(name), Decimal(str(value))) for name, value in named.items())),
        steps=tuple((Decimal(str(least)), Decimal(str(points))) for least, points in _lists(row.get("steps"))),
        unit=_text(row.get("unit", ["", ""])),
        source=str(row.get("source", "")),
        group=_text(row.get("group", ["", ""])),
        up=bool(row.get("up", True)),
        missing=_one_of(row.get("missing", "refuse"), MISSING),
    )


def _indicator_data(each: Indicator) -> dict[str, object]:
    return {
        "slug": each.slug,
        "title": _pair(each.title),
        "rule": each.rule,
        "weight": str(each.weight),
        "parameters": {name: str(value) for name, value in each.parameters},
        "steps": [[str(least), str(points)] for least, points in each.steps],
        "unit": _pair(each.unit),
        "source": each.source,
        "group": _pair(each.group),
        "up": each.up,
        "missing": each.missing,
    }


def _pair(text: Text) -> list[str]:
    return [text.zh, text.en]


def _text(pair: object) -> Text:
    zh, en = _list(pair)
    return Text(str(zh), str(en))


def _list(value: object) -> Sequence[object]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError(f"{value!r} is no list")
    return value


def _lists(value: object) -> list[Sequence[object]]:
    return [_list(row) for row in _list(value)]


def _tables(value: object) -> list[Mapping[str, object]]:
    rows = [row for row in _list(value) if isinstance(row, Mapping)]
    if len(rows) != len(_list(value)):
        raise TypeError("indicators are tables")
    return rows


def _one_of(value: object, among: Sequence[str]) -> str:
    if value not in among:
        raise ValueError(f"{value!r} is not one of {', '.join(among)}")
    return str(value)
