"""Reading divisions: by code, by level, inside another, on a day."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Length, Replace

from qilian.core.values.text import Text

from .kernel import prefix
from .models import Region

_COUNTY = 6  # digits of a code of GB/T 2260


def regions(*, on: date | None = None) -> QuerySet[Region]:
    """All divisions in official order; with a day, those that exist on it."""
    if on is None:
        return Region.objects.all()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Region.objects.filter(begun, lasting)


def inside(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """The divisions inside a division, itself included; Refusal `regions.code` for anything else than a code."""
    return regions(on=on).filter(code__startswith=prefix(code))


def children(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """The divisions right under a division; with an empty code the topmost."""
    rows = regions(on=on)
    return rows.filter(parent__code=code) if code else rows.filter(parent__isnull=True)


def region_title(code: str) -> Text:
    """The name of a division in both languages; its code when it is not in the list."""
    row = Region.objects.filter(code=code).values_list("name", "en").first()
    return Text(row[0], row[1] or row[0]) if row else Text(code, code)


def division_names() -> Mapping[str, Text]:
    """The names of all divisions down to counties, by code: one query."""
    rows = regions().annotate(size=Length("code")).filter(size=_COUNTY)
    return {code: Text(name, en or name) for code, name, en in rows.values_list("code", "name", "en")}


def prefectures() -> tuple[tuple[str, Text], ...]:
    """The prefectures of this house's province, with their short names."""
    rows = Region.objects.filter(parent__parent__isnull=True, parent__isnull=False)
    return tuple((row.code, Text(row.short or row.name, row.en or row.name)) for row in rows)


def tile_places() -> Mapping[str, tuple[int, int]]:
    """Column and row of the divisions that the list of a province places in a sketch of neighbours."""
    rows = Region.objects.exclude(tile="").values_list("code", "tile")
    return {code: (int(column), int(row)) for code, (column, _, row) in ((c, t.partition("-")) for c, t in rows)}


def province() -> tuple[str, Text]:
    """The division at the top of this house: its code and name; nothing where none is loaded."""
    row = Region.objects.filter(parent__isnull=True).first()
    return (row.code, Text(row.name, row.en or row.name)) if row else ("", Text("", ""))


def search_regions(words: str) -> QuerySet[Region]:
    """Divisions whose name, short name, English name, pinyin or code begins with or contains the words."""
    wanted = words.strip()
    pinyin = wanted.replace(" ", "").lower()
    rows = Region.objects.annotate(sound=Replace("pinyin", Value(" "), Value("")))
    return rows.filter(
        Q(name__contains=wanted)
        | Q(short__contains=wanted)
        | Q(en__icontains=wanted)
        | Q(sound__contains=pinyin)
        | Q(code__startswith=wanted)
    )
