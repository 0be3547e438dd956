"""The value of a brand on its score sheet: year by year, and how it moves with its assumptions."""

from collections.abc import Sequence
from decimal import Decimal

from qilian.core.house.pages import Column, Fact, Section, Table
from qilian.core.rules.scoring.api import read_figures
from qilian.core.values.text import Text

from .kernel.valuation import assumed, sensitivity, valued
from .models import Grading

_UNIT = Text("万元", "10,000 CNY")
_NAMES = {
    "discount": Text("折现率 R", "Discount rate R"),
    "growth": Text("永续增长率 g", "Perpetual growth g"),
    "share": Text("品牌贡献率 β", "Share of the brand β"),
}


def value_sections(row: Grading, *, inside: bool) -> Sequence[Section]:
    """The value for everybody; the years and the sensitivity for the party and its officials."""
    assumptions = assumed({slug: each.values for slug, each in read_figures(row.figures).items()})
    found = valued(assumptions)
    facts = [Fact(Text("品牌价值（万元）", "Value of the brand (10,000 CNY)"), _said(found.value))]
    if not inside:
        return [Section(Text("品牌价值", "Value"), "value", facts=facts)]
    facts.append(Fact(Text("其中永续期", "Of it later years"), _said(found.perpetuity)))
    years = (
        Column("year", Text("年", "Year"), lambda year: year.number, "number"),
        Column("earnings", Text("品牌收益", "Brand earnings"), lambda year: _said(year.earnings), "number", _UNIT),
        Column("worth", Text("折现值", "Worth today"), lambda year: _said(year.worth), "number", _UNIT),
    )
    moves = (
        Column("name", Text("假设", "Assumption"), lambda move: _NAMES[move[0]]),
        Column("step", Text("变动", "Step"), lambda move: f"±{move[1]}", "number"),
        Column("below", Text("调低后", "Lowered"), lambda move: _said(move[2]), "number", _UNIT),
        Column("above", Text("调高后", "Raised"), lambda move: _said(move[3]), "number", _UNIT),
    )
    return [
        Section(Text("品牌价值", "Value"), "value", facts=facts),
        Section(Text("逐年", "Year by year"), "years", Table(years, found.years)),
        Section(Text("敏感性", "Sensitivity"), "sensitivity", Table(moves, sensitivity(assumptions))),
    ]


def _said(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,}"
