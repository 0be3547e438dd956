"""How the plan presents itself to the house: its events and the names of its rights; `spine.screen` shows it."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import CLAUSES
from .resource import PLANS
from .services.common import DECIDE, DRAFT, PUBLISH

PART = Part(
    name="spine.plan",
    title=Text("方案", "Plan"),
    choices=(CLAUSES,),
    resources=(PLANS,),
)

name_actions(
    {
        "plan.*": Text("方案管理", "manage plans"),
        DRAFT: Text("起草方案", "draft plans"),
        PUBLISH: Text("发布方案", "publish plans"),
        DECIDE: Text("登记决定", "record decisions"),
    }
)
