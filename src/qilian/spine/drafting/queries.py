"""Reading drafts."""

from django.db.models import QuerySet

from qilian.spine.plan.api import Plan

from .models import Draft


def draft_numbered(slug: str, number: int) -> Draft | None:
    """One draft of a plan by its number."""
    return Draft.objects.select_related("plan", "version").filter(plan__slug=slug, number=number).first()


def drafts_of(plan: Plan) -> QuerySet[Draft]:
    """The drafts of a plan, the latest first, without their texts."""
    return Draft.objects.filter(plan=plan).defer("text", "compiled")
