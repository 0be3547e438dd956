"""Units to pick from in any form: by a name of any form, pinyin or slug; those that exist today."""

from collections.abc import Iterable

from django.db.models import Q

from qilian.core.house.choices.api import Choice, Source
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.text import Text

from .models import Unit, UnitName
from .queries import unit_name, units, units_called


def _fitting(_me: Principal, words: str) -> Iterable[Unit]:
    """The units of today, in official order, one of whose names or whose slug has the words."""
    sound = words.replace(" ", "").lower()
    named = UnitName.objects.filter(
        Q(zh__contains=words) | Q(en__icontains=words) | Q(pinyin__icontains=words) | Q(pinyin__icontains=sound)
    )
    return units(on=clock.today()).filter(Q(slug__contains=sound) | Q(pk__in=named.values("unit")))


def _named(_me: Principal, written: str) -> Iterable[Unit]:
    """The unit of a slug, else those that bear exactly this name today."""
    found = list(units().filter(slug=written))
    return found or units().filter(pk__in=units_called(written, on=clock.today()).values("pk"))


def _shown(row: Unit) -> Choice:
    today = clock.today()
    name, full = unit_name(row, today), unit_name(row, today, "full")
    return Choice(row.slug, name, full if full != name else "")


UNITS = Source(
    name="unit",
    title=Text("单位名册", "units"),
    asks=Text("单位的全称、简称或代号", "the whole or short name of a unit, or its slug"),
    search=_fitting,
    exact=_named,
    shown=_shown,
    gives=lambda row: row.slug,
)
