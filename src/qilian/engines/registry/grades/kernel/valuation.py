"""The value of a brand by excess earnings over several periods (GB/T 29188): every assumption stated, none hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from qilian.core.values.text import Refusal, Text

ONE, ZERO = Decimal(1), Decimal(0)
FEN = Decimal("0.01")
NEEDED = ("profits", "assets", "return", "share", "discount", "growth")
STEPS = (("discount", Decimal("0.01")), ("growth", Decimal("0.005")), ("share", Decimal("0.05")))
"""What the sensitivity moves, and how far to each side."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Profits and tangible assets of each year in one unit of money, rates as shares of one."""

    profits: tuple[Decimal, ...]
    assets: tuple[Decimal, ...]
    tangible: Decimal
    share: Decimal
    discount: Decimal
    growth: Decimal


@dataclass(frozen=True, slots=True)
class Year:
    """One year: brand earnings, and what they are worth today."""

    number: int
    earnings: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Valuation:
    """The years, what all later ones are worth, and the value: their sum, to the hundredth of the unit."""

    years: tuple[Year, ...]
    perpetuity: Decimal
    value: Decimal


def assumed(figures: Mapping[str, Sequence[Decimal]]) -> Assumptions:
    """Read the assumptions out of the stated figures. Refusal `registry.valuation.missing` names the first absent."""
    for name in NEEDED:
        if not figures.get(name):
            message = Text("品牌价值缺少必要的假设。", "An assumption of the brand's value is missing.")
            raise Refusal("registry.valuation.missing", message, where=name)
    profits, assets = (tuple(figures[name]) for name in ("profits", "assets"))
    tangible, share, discount, growth = (figures[name][0] for name in NEEDED[2:])
    return Assumptions(profits, assets, tangible, share, discount, growth)


def valued(assumptions: Assumptions) -> Valuation:
    """Value a brand: Σ F_t ÷ (1+R)^t + F_T(1+g) ÷ (R − g) ÷ (1+R)^T with F_t = (P_t − A_t × r) × β.

    Refusals: `registry.valuation.years` unless every year has profit and assets; `registry.valuation.rates` unless
    R > g and 0 ≤ β ≤ 1.
    """
    _check(assumptions)
    with localcontext() as context:
        context.prec = 28
        factor, years, worth = ONE + assumptions.discount, [], ZERO
        for number, (profit, tangible) in enumerate(zip(assumptions.profits, assumptions.assets, strict=True), 1):
            earnings = (profit - tangible * assumptions.tangible) * assumptions.share
            years.append(Year(number, earnings.quantize(FEN), (earnings / factor**number).quantize(FEN)))
            worth += earnings / factor**number
        later = (
            earnings * (ONE + assumptions.growth) / (assumptions.discount - assumptions.growth) / factor ** len(years)
        )
        return Valuation(tuple(years), later.quantize(FEN), (worth + later).quantize(FEN))


def sensitivity(assumptions: Assumptions) -> list[tuple[str, Decimal, Decimal | None, Decimal | None]]:
    """Return for each moved assumption its name, the step, and the value below and above; None where none exists."""
    return [(name, step, _moved(assumptions, name, -step), _moved(assumptions, name, step)) for name, step in STEPS]


def _moved(assumptions: Assumptions, name: str, step: Decimal) -> Decimal | None:
    moved = {name: getattr(assumptions, name) + step}
    try:
        return valued(replace(assumptions, **moved)).value
    except Refusal:
        return None


def _check(assumptions: Assumptions) -> None:
    if len(assumptions.profits) != len(assumptions.assets):
        message = Text("各年利润与有形资产的年数不同。", "Profits and tangible assets cover different years.")
        raise Refusal("registry.valuation.years", message, where="assets")
    if assumptions.discount <= assumptions.growth or not ZERO <= assumptions.share <= ONE:
        message = Text(
            "折现率须大于永续增长率，品牌贡献率须在 0 至 1 之间。",
            "The discount rate must exceed the growth rate, and the brand's share lie between 0 and 1.",
        )
        raise Refusal("registry.valuation.rates", message, where="discount")
