"""The list of divisions, open to everyone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from qilian.core.house.pages import Column, Crumb, Empty, Filter, Head, ListPage, show
from qilian.core.values.text import Text

from .kernel import LEVEL_TITLES
from .models import Region
from .queries import regions, search_regions

_TITLE = Text("行政区划", "Administrative divisions")


def region_list(_request: HttpRequest) -> HttpResponse:
    """All divisions in official order, filtered by level or words."""
    rows = regions().select_related("parent")
    empty = Empty(
        Text(
            "还没有导入行政区划。启动时会从方案目录导入。", "No divisions yet: they are loaded from the plan's folder."
        )
    )
    return show(ListPage(Head(_TITLE, crumbs=(Crumb(_TITLE),)), rows, _columns(), empty, filters=_filters()))


def _columns() -> Sequence[Column]:
    return (
        Column("code", Text("代码", "Code"), lambda row: row.code, "code", sort="code"),
        Column("name", Text("名称", "Name"), lambda row: Text(row.name, row.en or row.name), sort="pinyin"),
        Column("level", Text("级别", "Level"), lambda row: LEVEL_TITLES[row.level]),
        Column("parent", Text("上级", "Lies in"), _above),
        Column("from", Text("启用日期", "From"), lambda row: row.valid_from, "date", sort="valid_from"),
        Column("to", Text("停用日期", "Until"), lambda row: row.valid_to, "date", sort="valid_to"),
    )


def _above(row: Region) -> Text | str:
    return Text(row.parent.name, row.parent.en or row.parent.name) if row.parent else ""


def _filters() -> Sequence[Filter]:
    return (
        Filter("level", Text("级别", "Level"), _of_level, tuple(LEVEL_TITLES.items())),
        Filter("words", Text("名称或代码", "Name or code"), _matching),
    )


def _of_level(rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
    return rows.filter(level=chosen)


def _matching(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(pk__in=search_regions(words).values("pk"))
