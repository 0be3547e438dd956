"""Reading drafts: by code, of a plan, and what is suggested for their open questions."""

from django.db.models import QuerySet

from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import Suggestion, known_units, suggest
from qilian.spine.plan.api import Plan

from .kernel.review import UNIT
from .models import Draft, ReviewItem

MOST = 3
"""How many units are suggested for a string."""


def draft_by_code(_place: str, code: str) -> Draft:
    """A draft by its code. Refusal `plan.draft.unknown` (404)."""
    row = Draft.objects.select_related("plan", "version").filter(code=code).first()
    if row is None:
        raise Refusal("plan.draft.unknown", Text("没有这份草稿。", "There is no such draft."), where="draft")
    return row


def item_by_code(_place: str, code: str) -> ReviewItem:
    """A question about a draft by its code. Refusal `plan.item.unknown` (404)."""
    row = ReviewItem.objects.select_related("draft__plan").filter(code=code).first()
    if row is None:
        raise Refusal("plan.item.unknown", Text("没有这个疑点。", "There is no such question."), where="item")
    return row


def drafts_of(plan: Plan) -> QuerySet[Draft]:
    """The drafts of a plan, the latest first, without their texts."""
    return Draft.objects.filter(plan=plan).select_related("plan").defer("text", "compiled")


def suggestions_of(items: list[ReviewItem]) -> dict[str, tuple[Suggestion, ...]]:
    """For each question about a unit, by its code, the units whose names look most like the string."""
    asked = [item for item in items if item.kind == UNIT]
    known = known_units() if asked else ()
    return {item.code: suggest(item.key, known, most=MOST) for item in asked}


def suggestions_for(draft: Draft) -> dict[str, tuple[ReviewItem, Suggestion]]:
    """The open questions of a draft for which a unit is suggested, by code, each with the likest one."""
    items = list(draft.items.filter(state="open", kind=UNIT))
    found = suggestions_of(items)
    return {item.code: (item, found[item.code][0]) for item in items if found[item.code]}
