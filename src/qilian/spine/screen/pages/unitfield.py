"""Choosing a unit in a form: a list in official order, read back by slug or by name."""

from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.spine.plan.api import name_of
from qilian.spine.screen.models import Unit


def unit_choices() -> list[tuple[str, Text]]:
    """Every unit by its slug with its present name, in official order: two queries."""
    today = clock.today()
    units = Unit.objects.prefetch_related("names").order_by("order", "id")
    return [("", Text("请选择", "Choose")), *((unit.slug, name_of(unit, today)) for unit in units)]


def find_unit(written: str) -> Unit | None:
    """The unit that a slug or any of its names means; None when none or several do."""
    said = written.strip()
    if not said:
        return None
    units = list(Unit.objects.filter(slug=said)) or list(Unit.objects.filter(names__zh=said).distinct()[:2])
    return units[0] if len(units) == 1 else None


def unit_named(written: str) -> Unit:
    """The unit of a required field; Refusal `plan.unit.unknown`."""
    unit = find_unit(written)
    if unit is None:
        raise Refusal(
            "plan.unit.unknown",
            Text("没有选择单位，或者名录里没有它。", "No unit is chosen, or the register does not have it."),
            where="unit",
        )
    return unit
