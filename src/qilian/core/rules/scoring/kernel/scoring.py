"""From figures to cells, from cells to a score and a grade; and ranks, and the mean over periods. Decimal only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from qilian.core.values.text import Refusal, Text

from .method import Indicator, Method
from .rules import ONE, ZERO, adjustment_of, check_figures, share_of

PRECISION = 28
"""Digits of every step, whatever the process is set to: a run repeated anywhere gives the same digits."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of one indicator for one subject: its numbers, and where they come from."""

    values: tuple[Decimal, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How one indicator came to its points: the numbers, their source, the weight, the share of it, the points.

    `state` is counted, stated, missing-zero, excluded, adjusted, veto (it struck) or clear (a veto that did not).
    """

    indicator: str
    values: tuple[Decimal, ...]
    source: str
    weight: Decimal
    share: Decimal
    points: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class Result:
    """A scored subject: cells in the method's order, points got and applicable, adjustments, score, grade, vetoes."""

    cells: tuple[Cell, ...]
    got: Decimal
    applicable: Decimal
    adjustments: Decimal
    score: Decimal
    grade: str
    vetoes: tuple[str, ...]

    def cell(self, indicator: str) -> Cell:
        """The cell of an indicator; KeyError when there is none."""
        return {each.indicator: each for each in self.cells}[indicator]


def score(method: Method, figures: Mapping[str, Figure]) -> Result:
    """Score one subject by a method.

    Refusals: `scoring.unknown` for figures of no indicator, `scoring.missing` for an indicator that must not be
    missing, `scoring.figures`, `scoring.range` and `scoring.whole` for figures that its rule cannot take,
    `scoring.nothing` when every indicator is excluded.
    """
    if unknown := sorted(set(figures) - {each.slug for each in method.indicators}):
        message = Text(f"方法里没有这些指标：{'、'.join(unknown)}", f"The method has no {', '.join(unknown)}")
        raise Refusal("scoring.unknown", message, where=unknown[0])
    with localcontext() as context:
        context.prec = PRECISION
        cells = tuple(_cell(method, each, figures.get(each.slug)) for each in method.indicators)
        return _result(method, cells)


def ranks(method: Method, results: Mapping[str, Result]) -> dict[str, int]:
    """Rank subjects by score, then by the declared tie indicators; equal ones share a rank and the next is skipped."""
    keys = {
        name: (result.score, *(result.cell(slug).points for slug in method.ties)) for name, result in results.items()
    }
    ordered = sorted(keys.values(), reverse=True)
    return {name: ordered.index(key) + 1 for name, key in keys.items()}


def over_periods(method: Method, parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the mean of scores of several periods, each with its weight, rounded as the method declares.

    ValueError unless the weights add up to 1.
    """
    if sum((weight for weight, _ in parts), ZERO) != ONE:
        raise ValueError("the weights of periods add up to 1")
    with localcontext() as context:
        context.prec = PRECISION
        return method.rounded(sum((weight * part for weight, part in parts), ZERO), method.places)


def _cell(method: Method, each: Indicator, figure: Figure | None) -> Cell:
    if figure is None:
        return _missing(each)
    if each.rule == "veto":
        check_figures(each, figure.values)
        return _made(each, figure, ZERO, ZERO, "veto" if figure.values[0] > ZERO else "clear")
    if each.rule == "stated":
        check_figures(each, figure.values)
        return _made(each, figure, ZERO, ZERO, "stated")
    if each.rule == "tally":
        return _made(
            each, figure, ZERO, method.rounded(adjustment_of(each, figure.values), method.cell_places), "adjusted"
        )
    share = share_of(each, figure.values)
    return _made(each, figure, share, method.rounded(share * each.weight, method.cell_places), "counted")


def _made(each: Indicator, figure: Figure, share: Decimal, points: Decimal, state: str) -> Cell:
    return Cell(each.slug, figure.values, figure.source, each.weight, share, points, state)


def _missing(each: Indicator) -> Cell:
    """A missing veto or adjustment never struck; a missing figure follows the declared policy."""
    if each.rule in ("tally", "veto"):
        return Cell(each.slug, (), "", ZERO, ZERO, ZERO, "clear")
    if each.missing == "refuse":
        raise Refusal(
            "scoring.missing",
            Text(f"缺少“{each.title.zh}”的数据。", f"The figures of “{each.title.en}” are missing."),
            where=each.slug,
            remedy=Text("请补报，方法规定这一项不得缺。", "Report them: the method does not let this one be missing."),
        )
    state = "missing-zero" if each.missing == "zero" else "excluded"
    return Cell(each.slug, (), "", each.weight, ZERO, ZERO, state)


def _result(method: Method, cells: tuple[Cell, ...]) -> Result:
    counted = [cell for cell in cells if cell.state in ("counted", "missing-zero") and cell.weight > ZERO]
    applicable, got = (sum((getattr(c, name) for c in counted), ZERO) for name in ("weight", "points"))
    if applicable == ZERO:
        message = Text("所有指标都不适用，无法计分。", "Every indicator is excluded: there is nothing to score.")
        raise Refusal("scoring.nothing", message)
    base = got / applicable if method.mean == "sum" else _geometric(counted, applicable)
    adjustments = sum((cell.points for cell in cells if cell.state == "adjusted"), ZERO)
    total = max(ZERO, min(base * method.full + adjustments, method.ceiling))
    rounded = method.rounded(total, method.places)
    vetoes = tuple(cell.indicator for cell in cells if cell.state == "veto")
    grade = method.vetoed if vetoes else next((step.slug for step in method.grades if rounded >= step.least), "")
    return Result(cells, got, applicable, adjustments, rounded, grade, vetoes)


def _geometric(cells: Sequence[Cell], applicable: Decimal) -> Decimal:
    if any(cell.share <= ZERO for cell in cells):
        return ZERO
    return sum((cell.weight / applicable * cell.share.ln() for cell in cells), ZERO).exp()
