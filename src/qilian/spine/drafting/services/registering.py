"""A unit that the register lacks is entered where a draft names it, and the question is settled with it."""

from datetime import date

from django.db import transaction

from qilian.core.rights.grants.api import Principal
from qilian.core.values.text import Text
from qilian.core.who.units.api import register_unit
from qilian.spine.drafting.models import ReviewItem

from .drafts import settle_item


@transaction.atomic
def register_unit_of(
    *,
    actor: Principal,
    item: ReviewItem,
    kind: str,
    name: Text,
    source: str,
    full: Text | None = None,
    valid_from: date | None = None,
) -> ReviewItem:
    """Enter the unit that a question is about, in the region of the plan, and settle the question with it.

    Needs `units.edit` and `plan.draft`. Refusals: those of `register_unit` and of `settle_item`.
    """
    region = item.draft.plan.region
    unit = register_unit(
        actor=actor, kind=kind, name=name, full=full, source=source, region=region, valid_from=valid_from
    )
    return settle_item(actor=actor, item=item, verdict="unit", unit=unit)
