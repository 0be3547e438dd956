"""What drafting brings into the house: its events, jobs and story."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from . import events, jobs

PART = Part(
    name="spine.drafting",
    title=Text("方案起草", "Drafting"),
    events={
        "spine.plan.uploaded": events.DocumentUploaded,
        "spine.plan.compiled": events.DraftCompiled,
        "spine.plan.unreadable": events.DocumentUnreadable,
        "spine.plan.item_settled": events.ItemSettled,
        "spine.plan.clause_edited": events.ClauseEdited,
        "spine.plan.discarded": events.DraftDiscarded,
    },
    story="qilian.spine.drafting.story",
    jobs=(jobs.__name__,),
)
