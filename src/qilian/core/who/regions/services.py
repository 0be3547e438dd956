"""Loading a list of divisions."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit, event_type
from qilian.core.values.text import Ref, Refusal, Text

from .kernel import Division, level, read_divisions
from .models import Region

_FIELDS = ("level", "name", "short", "en", "pinyin", "order", "valid_from", "valid_to", "tile")


@event_type("regions.list.loaded", title=Text("导入行政区划", "Divisions loaded"), measures=("added", "changed"))
@dataclass(frozen=True, slots=True)
class RegionsLoaded:
    """A list of divisions was loaded: how many were new, how many changed."""

    source: str
    added: int
    changed: int


@transaction.atomic
def load_regions(*, actor: Principal, text: str, source: str) -> RegionsLoaded:
    """Load a CSV of divisions (`plan/…/regions.csv`); again is harmless, what a list does not name stays as it is.

    Only the system loads lists. `source` says where the list is from. Refusals: `regions.denied`, those of
    `read_divisions`, and `regions.parent_unknown` when a parent is neither in the list nor loaded.
    """
    if not actor.is_system:
        raise Refusal("regions.denied", Text("行政区划由系统导入。", "Divisions are loaded by the system."))
    divisions = read_divisions(text)
    known = {row.code: row for row in Region.objects.select_for_update()}
    _refuse_orphans(divisions, known)
    wanted = [_row(each, place) for place, each in enumerate(divisions, 1)]
    fresh = [row for row in wanted if row.code not in known]
    changed = [row for row in wanted if row.code in known and _differs(row, known[row.code])]
    for row in changed:
        row.pk = known[row.code].pk
    Region.objects.bulk_create(fresh)
    Region.objects.bulk_update(changed, _FIELDS)
    moved = _set_parents(divisions)
    loaded = RegionsLoaded(source, len(fresh), len({row.code for row in changed} | moved - {r.code for r in fresh}))
    if loaded.added or loaded.changed:
        emit(loaded, actor=actor, subject=Ref("core.regions", divisions[0].code), region=divisions[0].code[:6])
    return loaded


def _row(each: Division, place: int) -> Region:
    facts = asdict(each)
    facts.pop("parent")
    return Region(level=level(each.code), order=place, **facts)


def _differs(row: Region, known: Region) -> bool:
    return any(getattr(row, name) != getattr(known, name) for name in _FIELDS)


def _set_parents(divisions: Sequence[Division]) -> set[str]:
    """Point each division at its parent, once all of them have keys; return the codes that moved."""
    keys = dict(Region.objects.values_list("code", "pk"))
    rows = Region.objects.filter(code__in=[each.code for each in divisions]).in_bulk(field_name="code")
    wanted = {each.code: keys.get(each.parent) for each in divisions}
    moved = [row for code, row in rows.items() if row.parent_id != wanted[code]]
    for row in moved:
        row.parent_id = wanted[row.code]
    Region.objects.bulk_update(moved, ["parent"])
    return {row.code for row in moved}


def _refuse_orphans(divisions: Sequence[Division], known: Iterable[str]) -> None:
    there = {each.code for each in divisions}.union(known)
    for each in divisions:
        if each.parent and each.parent not in there:
            raise Refusal(
                "regions.parent_unknown",
                Text(f"{each.code} 的上级 {each.parent} 不存在。", f"{each.parent}, above {each.code}, is unknown."),
                where=each.code,
                remedy=Text("请把上级也写进列表。", "Put the division above into the list as well."),
            )
