"""A figure on a page: drawn for both widths under names of their own, its table behind a toggle without script."""

import re

from django.template.loader import render_to_string

from qilian.core.house.pages import Column, Table
from qilian.core.papers.pictures.api import FIGURE, NARROW, WIDE, Bar, Drawing, bars, figure, pictured
from qilian.core.values.text import Text

ROWS = [Bar("甲<乙>", (("half", 3), ("wait", 1)), "4 项中 3 项")]
TABLE = Table((Column("name", Text("名称", "Name"), lambda row: row.label),), ROWS)


def drawn(width: float) -> Drawing:
    return bars(width, ROWS, title="标题", desc="说明")


def test_no_id_stands_twice_on_a_page() -> None:
    page = render_to_string(FIGURE, dict(figure("one", drawn, TABLE))) + render_to_string(
        FIGURE, dict(figure("two", drawn))
    )
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 12 and {f"one-{size}-half" for size in ("wide", "narrow")} <= set(ids)
    assert page.count("<details") == 1 and "甲&lt;乙&gt;" in page and "甲<乙>" not in page


def test_each_width_is_drawn_for_itself() -> None:
    section = pictured(Text("图", "Picture"), "one", drawn, note=Text("注", "Note"))
    page = render_to_string(section.template, dict(section.context))
    assert section.anchor == "one" and "注" in page and "<details" not in page
    assert re.findall(r'viewBox="0 0 (\d+) ', page) == [f"{WIDE:.0f}", f"{NARROW:.0f}"]
