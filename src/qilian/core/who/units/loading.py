"""Make the tables say what a list of units says; run again it changes nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.values.text import Ref, Refusal, Text

from .events import UnitsLoaded
from .kernel import ListedName, ListedSuccession, ListedUnit, read_units
from .models import Unit, UnitMember, UnitName, UnitSuccession

_UNIT_FIELDS = ("kind", "region", "order", "valid_from", "valid_to", "resolver")
_NAME_FIELDS = ("en", "pinyin", "valid_to", "verified")


@transaction.atomic
def load_units(*, actor: Principal, text: str, source: str) -> UnitsLoaded:
    """Load a list of units (`plan/…/units.toml`); only the system does. What people recorded on screens stays.

    `source` names the list: names and members that came from it and are no longer in it are removed. Refusals:
    `units.denied` and those of `read_units`.
    """
    if not actor.is_system:
        raise Refusal("units.denied", Text("单位表由系统导入。", "Lists of units are loaded by the system."))
    listed = read_units(text)
    changed = _save_units(listed.units)
    keys = dict(Unit.objects.filter(slug__in=[unit.slug for unit in listed.units]).values_list("slug", "pk"))
    changed += _save_bodies(listed.units, keys) + _save_members(listed.units, keys, source)
    names = _save_names(listed.units, keys, source)
    successions = _save_successions(listed.successions, keys)
    loaded = UnitsLoaded(source, changed, names, successions)
    if changed or names or successions:
        emit(loaded, actor=actor, subject=Ref("core.units", source))
    return loaded


def _save_units(units: Sequence[ListedUnit]) -> int:
    held = Unit.objects.select_for_update().in_bulk([unit.slug for unit in units], field_name="slug")
    wanted = [Unit(slug=unit.slug, **{name: getattr(unit, name) for name in _UNIT_FIELDS}) for unit in units]
    fresh = [row for row in wanted if row.slug not in held]
    changed = [row for row in wanted if row.slug in held and _differs(row, held[row.slug], _UNIT_FIELDS)]
    for row in fresh:
        row.members_known = row.resolver in ("", "listed")
    for row in changed:
        row.pk = held[row.slug].pk
    Unit.objects.bulk_create(fresh)
    Unit.objects.bulk_update(changed, _UNIT_FIELDS)
    return len(fresh) + len(changed)


def _save_bodies(units: Iterable[ListedUnit], keys: dict[str, int]) -> int:
    changed = 0
    for unit in units:
        body = keys.get(unit.body)
        changed += Unit.objects.filter(slug=unit.slug).exclude(body=body).update(body=body) if body else 0
    return changed


def _save_names(units: Iterable[ListedUnit], keys: dict[str, int], source: str) -> int:
    held = {_name_key(row): row for row in UnitName.objects.filter(unit__in=keys.values())}
    wanted = {_name_key(row): row for unit in units for name in unit.names if (row := _name_row(name, keys[unit.slug]))}
    fresh = [row for key, row in wanted.items() if key not in held]
    changed = [row for key, row in wanted.items() if key in held and _differs(row, held[key], _NAME_FIELDS)]
    gone = [row.pk for key, row in held.items() if key not in wanted and row.source == source]
    for row in fresh:
        row.source = source
    for row in changed:
        row.pk = held[_name_key(row)].pk
    UnitName.objects.filter(pk__in=gone).delete()
    UnitName.objects.bulk_create(fresh)
    UnitName.objects.bulk_update(changed, _NAME_FIELDS)
    return len(fresh) + len(changed) + len(gone)


def _name_row(name: ListedName, unit: int) -> UnitName:
    return UnitName(
        unit_id=unit,
        kind=name.kind,
        zh=name.zh,
        en=name.en,
        pinyin=name.pinyin,
        valid_from=name.valid_from,
        valid_to=name.valid_to,
        verified=name.verified,
    )


def _name_key(row: UnitName) -> tuple[int, str, str, date | None]:
    return row.unit_id, row.kind, row.zh, row.valid_from


def _save_members(units: Iterable[ListedUnit], keys: dict[str, int], source: str) -> int:
    changed = 0
    for unit in units:
        if unit.resolver != "listed":
            continue
        wanted = {keys[member] for member in unit.members}
        held = UnitMember.objects.filter(collective=keys[unit.slug], source=source)
        gone, _ = held.exclude(unit__in=wanted).delete()
        missing = wanted - set(held.values_list("unit", flat=True))
        UnitMember.objects.bulk_create(
            UnitMember(collective_id=keys[unit.slug], unit_id=member, source=source) for member in sorted(missing)
        )
        changed += gone + len(missing)
    return changed


def _save_successions(successions: Iterable[ListedSuccession], keys: dict[str, int]) -> int:
    """Add or correct successions; an unread one of the same two units on another day gives way to the list's."""
    changed = 0
    for each in successions:
        pair: dict[str, Any] = {"predecessor_id": keys[each.predecessor], "successor_id": keys[each.successor]}
        UnitSuccession.objects.filter(**pair, verified=False).exclude(on=each.on).delete()
        facts = {name: getattr(each, name) for name in ("precision", "scope", "source", "verified")}
        if not UnitSuccession.objects.filter(**pair, on=each.on, **facts).exists():
            UnitSuccession.objects.update_or_create(**pair, on=each.on, defaults=facts)
            changed += 1
    return changed


def _differs(row: Unit | UnitName, held: Unit | UnitName, fields: Iterable[str]) -> bool:
    return any(getattr(row, name) != getattr(held, name) for name in fields)
