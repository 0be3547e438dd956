"""Reading divisions: by code, by level, inside another, on a day."""

from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from qilian.core.values.text import Text

from .kernel import prefix
from .models import Region


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
