"""How drafting presents itself to the house: its events, jobs and story."""

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.offers.resource.api import reference
from qilian.core.values.text import Text

from . import jobs
from .resource import DRAFTS, ITEMS

refer({"spine.draft": reference(DRAFTS), "spine.export": Reference(Text("任务分工表", "Task table"))})

PART = Part(
    name="spine.drafting",
    title=Text("方案起草", "Drafting"),
    resources=(DRAFTS, ITEMS),
    story="qilian.spine.drafting.story",
    jobs=(jobs.__name__,),
)
