"""How drafting presents itself to the house: its events, jobs and story."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from . import jobs
from .resource import DRAFTS, ITEMS

PART = Part(
    name="spine.drafting",
    title=Text("方案起草", "Drafting"),
    resources=(DRAFTS, ITEMS),
    story="qilian.spine.drafting.story",
    jobs=(jobs.__name__,),
)
