"""How units present themselves to the house; their pages stand in the plan, where their duties are."""

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import UNITS
from .services import EDIT

name_actions({EDIT: Text("登记单位变动", "record changes of units")})
refer({"core.units": Reference(Text("单位名册", "Register of units"))})

PART = Part(
    name="core.units",
    title=Text("单位", "Units"),
    choices=(UNITS,),
)
