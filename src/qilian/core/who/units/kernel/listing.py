"""Read a list of units (`plan/…/units.toml`): names over time, successions, rosters of collectives."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qilian.core.values.text import Refusal, Text

from .succession import Succession, refuse_cycle

KINDS = ("department", "vertical", "zone", "enterprise", "government", "body", "collective")
RESOLVERS = ("", "listed", "decision", "open")
PRECISIONS = ("day", "month", "year")
_FORMS = ("full", "short", "alias")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as the plan compiler matches it: slug, every name it was ever written by, whether it stands for many."""

    slug: str
    names: tuple[str, ...]
    collective: bool


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name in a list; days are included on both ends."""

    kind: str
    zh: str
    en: str
    pinyin: str
    valid_from: date | None
    valid_to: date | None
    verified: bool


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit in a list; `resolver` says how a collective gets its members: listed, by decision, or open."""

    slug: str
    kind: str
    order: int
    region: str
    valid_from: date | None
    valid_to: date | None
    names: tuple[ListedName, ...]
    resolver: str
    members: tuple[str, ...]
    body: str  # the leading group whose member units a collective is


@dataclass(frozen=True, slots=True)
class ListedSuccession:
    """A succession in a list with its source and how much of its day is known."""

    predecessor: str
    successor: str
    on: date
    scope: str
    source: str
    precision: str
    verified: bool


@dataclass(frozen=True, slots=True)
class UnitList:
    """A whole list."""

    units: tuple[ListedUnit, ...]
    successions: tuple[ListedSuccession, ...]


def read_units(text: str) -> UnitList:
    """Read a list of units from TOML.

    In the file `to` is the first day no more, so a term there ends the day before. Refusals name the unit:
    `units.list.toml`, `units.list.value` for what is missing or not of its kind, `units.list.twice`,
    `units.list.unknown` for a member, successor or predecessor that is not listed, `units.succession.cycle`.
    """
    try:
        data: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = Text(f"单位表不是正确的 TOML：{error}", f"The list of units is not TOML: {error}")
        raise Refusal("units.list.toml", message) from None
    units = tuple(_unit(_Row(row)) for row in _rows(data, "unit"))
    successions = tuple(_succession(_Row(row)) for row in _rows(data, "succession"))
    _check(units, successions)
    return UnitList(units, successions)


class _Row:
    """A TOML table, read field by field with its kind checked."""

    def __init__(self, table: Mapping[str, object], where: str = "") -> None:
        self.table = table
        self.where = where or str(table.get("code", "")) or f"{table.get('from', '')} → {table.get('to', '')}"

    def text(self, name: str, default: str | None = None, among: Iterable[str] = ()) -> str:
        value = self.table.get(name, default)
        choices = tuple(among)
        if not isinstance(value, str) or (choices and value not in choices) or (default is None and not value):
            raise self.wrong(name)
        return value

    def number(self, name: str) -> int:
        value = self.table.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(name)
        return value

    def day(self, name: str) -> date | None:
        value = self.table.get(name)
        if value is not None and type(value) is not date:
            raise self.wrong(name)
        return value

    def flag(self, name: str) -> bool:
        return self.table.get(name, False) is True

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.table.get(name, [])
        if not isinstance(values, list):
            raise self.wrong(name)
        return tuple(str(value) for value in values)

    def wrong(self, name: str) -> Refusal:
        message = Text(f"“{name}”缺少或写错了。", f"“{name}” is missing or wrong.")
        return Refusal("units.list.value", message, where=self.where)


def _rows(data: Mapping[str, object], name: str) -> tuple[Mapping[str, object], ...]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Refusal("units.list.value", Text(f"“{name}”不是表。", f"“{name}” is not a table."), where=name)
    return tuple(found)


def _unit(row: _Row) -> ListedUnit:
    return ListedUnit(
        slug=row.text("code"),
        kind=row.text("kind", among=KINDS),
        order=row.number("order"),
        region=row.text("region", ""),
        valid_from=row.day("from"),
        valid_to=_last(row.day("to")),
        names=tuple(_name(_Row(each, row.where)) for each in _rows(row.table, "names")),
        resolver=row.text("resolver", "", RESOLVERS),
        members=row.texts("members"),
        body=row.text("of", ""),
    )


def _name(row: _Row) -> ListedName:
    return ListedName(
        kind=row.text("form", among=_FORMS),
        zh=row.text("zh"),
        en=row.text("en", ""),
        pinyin=row.text("pinyin", ""),
        valid_from=row.day("from"),
        valid_to=_last(row.day("to")),
        verified=not row.flag("recalled"),
    )


def _succession(row: _Row) -> ListedSuccession:
    on = row.day("on")
    if on is None:
        raise row.wrong("on")
    return ListedSuccession(
        predecessor=row.text("from"),
        successor=row.text("to"),
        on=on,
        scope=row.text("scope", ""),
        source=row.text("source"),
        precision=row.text("precision", "day", PRECISIONS),
        verified=not row.flag("recalled"),
    )


def _last(first_no_more: date | None) -> date | None:
    return None if first_no_more is None else first_no_more - timedelta(days=1)


def _check(units: tuple[ListedUnit, ...], successions: tuple[ListedSuccession, ...]) -> None:
    slugs: set[str] = set()
    for unit in units:
        if unit.slug in slugs:
            message = Text(f"{unit.slug} 出现两次。", f"{unit.slug} stands twice.")
            raise Refusal("units.list.twice", message, where=unit.slug)
        slugs.add(unit.slug)
    named = {(unit.slug, each) for unit in units for each in (*unit.members, unit.body) if each}
    named |= {(each.predecessor, slug) for each in successions for slug in (each.predecessor, each.successor)}
    for where, slug in sorted(named):
        if slug not in slugs:
            message = Text(f"{slug} 不在单位表里。", f"{slug} is not in the list.")
            raise Refusal("units.list.unknown", message, where=where)
    refuse_cycle(Succession(each.predecessor, each.successor, each.on) for each in successions)
