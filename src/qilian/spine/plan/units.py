"""Units as plan pages need them: many at once, by name on a day, with who carries their duties today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import heirs_of_many, known_units, unit_name, unit_names

from .models import Unit

KINDS: Mapping[str, Text] = {
    "department": Text("省级部门", "Provincial department"),
    "vertical": Text("中央垂管单位", "Central body in the province"),
    "zone": Text("园区管委会", "Zone committee"),
    "enterprise": Text("企业", "Enterprise"),
    "collective": Text("集体单位", "Collective"),
    "government": Text("地方政府", "Local government"),
    "body": Text("议事机构", "Coordinating body"),
}
ROLE_WORDS: Mapping[str, Text] = {
    "lead": Text("牵头", "Lead"),
    "support": Text("配合", "Support"),
    "responsible": Text("责任", "Responsible"),
}
NOBODY = Text("", "")


@dataclass(frozen=True, slots=True)
class Successor:
    """Who carries duties of a unit today: its slug and name, which duties (empty: all), and whether that was read."""

    slug: str
    name: Text
    scopes: tuple[str, ...]
    verified: bool


def with_names(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Prefetch what `name_of` reads."""
    return units.prefetch_related("names")


def name_of(unit: Unit, on: date) -> Text:
    """The short name of a unit on a day, the last one it had where it is no more; reads prefetched names."""
    return unit_name(unit, on)


def successors(slugs: Iterable[str]) -> dict[str, tuple[Successor, ...]]:
    """For each unit that no longer carries all its duties itself, who does today: four queries for any number."""
    today = clock.today()
    heirs = {slug: found for slug, found in heirs_of_many(slugs, on=today).items() if [h.unit for h in found] != [slug]}
    names = unit_names({heir.unit for found in heirs.values() for heir in found}, on=today) if heirs else {}
    return {
        slug: tuple(
            Successor(heir.unit, names[heir.unit], heir.scopes, heir.verified) for heir in found if heir.unit != slug
        )
        for slug, found in heirs.items()
    }


def spoken(found: Iterable[Successor]) -> Text:
    """The names of successors in a row."""
    names = [each.name for each in found]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def unit_named(written: str) -> Unit:
    """The unit that a slug or any of its names means. Refusal `plan.unit.unnamed` where none or several do."""
    said = written.strip()
    found = list(Unit.objects.filter(slug=said)) or list(Unit.objects.filter(names__zh=said).distinct()[:2])
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "plan.unit.unnamed",
        Text(f"名册里没有“{said}”。", f"The register has no “{said}”.")
        if not found
        else Text(f"名册里不止一个单位叫“{said}”。", f"More than one unit is called “{said}”."),
        where="unit",
        remedy=Text(
            "请按名册里的名称填写；名册没有的，先登记。", "Write it as the register does, or have it entered first."
        ),
    )


def slugs_by_name(names: Iterable[str]) -> dict[str, str]:
    """The unit that each name means, whenever it was borne.

    Refusal `plan.units.unknown` lists names that no unit has, or that two have.
    """
    bearers: dict[str, set[str]] = {}
    for unit in known_units():
        for name in unit.names:
            bearers.setdefault(name, set()).add(unit.slug)
    wanted = frozenset(names)
    missing = sorted(name for name in wanted if len(bearers.get(name, ())) != 1)
    if missing:
        raise Refusal(
            "plan.units.unknown",
            Text(
                f"名录里没有这些单位：{'、'.join(missing)}。", f"The register lacks these units: {', '.join(missing)}."
            ),
            remedy=Text("请先载入单位名录。", "Load the register of units first."),
        )
    return {name: slug for name in wanted for slug in bearers[name]}
