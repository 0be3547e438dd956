"""Reading units: by name, by day, by who carries their duties, by who belongs to them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from qilian.core.values.text import Text

from .kernel import Heir, KnownUnit, Name, Succession, heirs, name_at
from .models import Unit, UnitMember, UnitName, UnitSuccession


def units(*, on: date | None = None) -> QuerySet[Unit]:
    """All units in official order with their names; with a day, those that exist on it."""
    rows = Unit.objects.prefetch_related(Prefetch("names", UnitName.objects.order_by("pk")))
    return rows if on is None else rows.filter(_running(on))


def unit_name(unit: Unit, on: date, kind: str = "short") -> Text:
    """What a unit is called on a day (see `name_at`); its slug when it has no name."""
    names = (_name(row) for row in unit.names.all())
    return name_at(names, on, kind) or Text(unit.slug, unit.slug)


def unit_names(slugs: Iterable[str] | None = None, *, on: date, kind: str = "short") -> dict[str, Text]:
    """The names of many units on a day by slug, in official order; all units without slugs. Two queries."""
    rows = units() if slugs is None else units().filter(slug__in=list(slugs))
    return {row.slug: unit_name(row, on, kind) for row in rows}


def units_called(written: str, *, on: date | None = None) -> QuerySet[Unit]:
    """The units that bear exactly this name in any form; with a day, bore it then; there may be several."""
    names = UnitName.objects.filter(zh=written.strip())
    if on is not None:
        names = names.filter(_running(on))
    return Unit.objects.filter(pk__in=names.values("unit"))


def known_units() -> tuple[KnownUnit, ...]:
    """Every unit with every name it was ever written by, in official order: what a plan is matched against."""
    return tuple(
        KnownUnit(row.slug, tuple(dict.fromkeys(name.zh for name in row.names.all())), row.kind == "collective")
        for row in units()
    )


def heirs_of(slug: str, *, on: date) -> tuple[Heir, ...]:
    """Who carries the duties of a unit on a day: itself, or its successors through all reforms since."""
    return heirs_of_many([slug], on=on)[slug]


def heirs_of_many(slugs: Iterable[str], *, on: date) -> dict[str, tuple[Heir, ...]]:
    """Who carries the duties of each of these units on a day; two queries for any number of units."""
    successions = _successions(UnitSuccession.objects.all())
    ended = dict(Unit.objects.filter(valid_to__isnull=False).values_list("slug", "valid_to"))
    return {slug: heirs(slug, on, successions, ended) for slug in slugs}


def members_of(collective: str, *, on: date) -> QuerySet[Unit]:
    """The units that belong to a collective on a day, in official order; see `members_known` before counting them."""
    seats = UnitMember.objects.filter(_running(on), collective__slug=collective)
    return units().filter(pk__in=seats.values("unit"))


def collectives_of(unit: str, *, on: date) -> QuerySet[Unit]:
    """The collectives that a unit belongs to on a day."""
    seats = UnitMember.objects.filter(_running(on), unit__slug=unit)
    return units().filter(pk__in=seats.values("collective"))


def recorded_successions() -> list[Succession]:
    """All successions as values."""
    return _successions(UnitSuccession.objects.all())


def _successions(rows: QuerySet[UnitSuccession]) -> list[Succession]:
    found = rows.values_list("predecessor__slug", "successor__slug", "on", "scope", "verified").order_by("on", "pk")
    return [Succession(*row) for row in found]


def _name(row: UnitName) -> Name:
    return Name(row.kind, row.zh, row.en, row.valid_from, row.valid_to)


def _running(on: date) -> Q:
    """The condition that a term runs on a day; an empty end is open (a unit may have existed since ever)."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
