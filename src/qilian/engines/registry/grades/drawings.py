"""A score against its limits: the whole on the scale of the grades, and each indicator as a share of its points."""

from decimal import Decimal

from qilian.core.house.pages import Section
from qilian.core.papers.pictures.api import Bar, Look, bars, pictured
from qilian.core.rules.scoring.api import Cell, Method, read_cells
from qilian.core.values.text import Text

from .models import Grading
from .words import number

_TITLE = Text("得分与等级线", "The score and the limits of grades")
_OWED: Look = "wait"


def score_section(row: Grading, method: Method) -> Section:
    """The picture of a grading; the cells that it draws stand in the table below it."""
    cells = [cell for cell in read_cells(row.result) if cell.weight]
    titles = {each.slug: str(each.title) for each in method.indicators}
    full = float(method.full)
    whole = Bar(
        str(Text("总分", "Score")),
        (("full", float(row.score)),),
        f"{number(row.score)} / {number(method.full)}",
        strong=True,
    )
    drawn = [whole, *(_bar(titles[cell.indicator], cell, full) for cell in cells)]
    limits = [(float(step.least), f"{step.title} {number(step.least)}") for step in method.grades if step.least]
    desc = "；".join([*(f"{bar.label} {bar.said}" for bar in drawn), *(words for _, words in limits)])
    key: list[tuple[Look, str]] = [("full", str(Text("得分", "Points"))), (_OWED, str(Text("未得", "Not got")))]
    note = Text(
        "各指标按其满分折成百分比，好与等级线对照；实际分值和权重见下表。",
        "Indicators are drawn as shares of their full points, on the scale of the limits; their points stand below.",
    )
    return pictured(
        _TITLE,
        "score",
        lambda width: bars(width, drawn, title=str(_TITLE), desc=desc, key=key, most=full, limits=limits),
        note=note,
    )


def _bar(title: str, cell: Cell, full: float) -> Bar:
    share = min(max(cell.points / cell.weight, Decimal(0)), Decimal(1))
    got = float(share) * full
    return Bar(title, (("full", got), (_OWED, full - got)), f"{number(cell.points)} / {number(cell.weight)}")
