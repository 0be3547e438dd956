"""Divisions to pick from in any form: by name, pinyin or code of GB/T 2260."""

from collections.abc import Iterable

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.text import Text

from .models import Region
from .queries import regions, search_regions


def _fitting(_me: Principal, words: str) -> Iterable[Region]:
    """The divisions of today whose name, sound or code has the words, in official order."""
    return search_regions(words).filter(pk__in=regions(on=clock.today()).values("pk")).select_related("parent")


def _named(_me: Principal, written: str) -> Iterable[Region]:
    """The division of a code, else those that bear this name, whole or short."""
    rows = regions(on=clock.today()).select_related("parent")
    return list(rows.filter(code=written)) or list(rows.filter(name=written)) or rows.filter(short=written)


def _shown(row: Region) -> Choice:
    above = f" · {row.parent.name}" if row.parent else ""
    above_en = f" · {row.parent.en or row.parent.name}" if row.parent else ""
    return Choice(row.code, Text(row.name, row.en or row.name), Text(row.code + above, row.code + above_en))


DIVISIONS = Source(
    name="division",
    title=Text("行政区划", "administrative divisions"),
    asks=Text("六位行政区划代码或名称，如 630100 或西宁市", "six digits of GB/T 2260, or the name, such as 630100"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    gives=lambda row: row.code,
)
