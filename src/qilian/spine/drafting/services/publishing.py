"""Publishing a draft."""

from django.db import transaction

from qilian.core.rights.grants.api import Principal
from qilian.core.values.text import Refusal, Text
from qilian.spine.compiled.api import from_json
from qilian.spine.drafting.kernel import review
from qilian.spine.drafting.models import Draft
from qilian.spine.plan.api import PUBLISH, PlanVersion, publish_compiled, require_on

from .common import locked_draft
from .waiting import take


@transaction.atomic
def publish_version(*, actor: Principal, draft: Draft, note: str = "") -> PlanVersion:
    """Publish a draft whose items are all settled; duties that decisions added to unchanged clauses stay in force.

    Needs `plan.publish`. Refusals: `grants.denied`, `plan.draft.state`, `plan.items.open`, `plan.clauses.none`,
    `plan.clauses.twice`.
    """
    draft = locked_draft(draft)
    require_on(actor, PUBLISH, draft.plan)
    if draft.state != "reviewing":
        raise Refusal("plan.draft.state", Text("这份草稿不能发布。", "This draft cannot be published."))
    compiled = from_json(draft.compiled)
    refusal = review.unpublishable(compiled, draft.items.filter(state="open").count())
    if refusal is not None:
        raise refusal
    draft.version = publish_compiled(actor=actor, plan=draft.plan, compiled=compiled, text=draft.text, note=note)
    draft.state = "published"
    draft.save(update_fields=["state", "version"])
    take(actor, draft, Text("已发布", "Published"))
    return draft.version
