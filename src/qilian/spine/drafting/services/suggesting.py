"""Accepting what looks alike: a person takes the suggested units of several questions at once."""

from collections.abc import Sequence

from django.db import transaction

from qilian.core.rights.grants.api import Principal
from qilian.core.values.text import Refusal, Text
from qilian.spine.drafting.models import Draft, Unit
from qilian.spine.drafting.queries import suggestions_for
from qilian.spine.plan.api import DRAFT, require_on

from .common import locked_draft
from .drafts import settle_item


@transaction.atomic
def accept_suggestions(*, actor: Principal, draft: Draft, items: Sequence[str]) -> Draft:
    """Settle questions, given by their codes, each with the unit whose name looks most like the string.

    Needs `plan.draft`. Refusals: `grants.denied`, `plan.suggestion.gone` where one is settled by now or nothing looks
    alike any more, and those of `settle_item`.
    """
    draft = locked_draft(draft)
    require_on(actor, DRAFT, draft.plan)
    suggested = suggestions_for(draft)
    if set(items) - suggested.keys():
        raise Refusal(
            "plan.suggestion.gone",
            Text("有的建议已经不在了。", "Some of these suggestions are gone."),
            where="items",
            remedy=Text("请刷新页面后再选。", "Reload the page and choose again."),
        )
    chosen = [suggested[code] for code in items]
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=[best.slug for _, best in chosen])}
    for item, best in chosen:
        settle_item(actor=actor, item=item, verdict="unit", unit=units[best.slug])
    return locked_draft(draft)
