"""What the verbs of drafting share."""

from qilian.core.values.text import Ref
from qilian.spine.drafting.models import Draft
from qilian.spine.plan.api import Plan, locked


def locked_draft(draft: Draft) -> Draft:
    """Lock a draft's plan, then read the draft as it is now."""
    plan = locked(Plan(pk=draft.plan_id))
    fresh = Draft.objects.get(pk=draft.pk)
    fresh.plan = plan
    return fresh


def draft_ref(draft: Draft) -> Ref:
    """The draft as the subject of events."""
    return Ref("spine.draft", draft.code)
