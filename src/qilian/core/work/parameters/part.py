"""How parameters present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .resource import PARAMETERS, TITLE, VALUES
from .services import APPROVE, DEFINE, PROPOSE

name_actions(
    {
        DEFINE: Text("设立参数", "define parameters"),
        PROPOSE: Text("提出参数值", "propose values of parameters"),
        APPROVE: Text("批准参数值", "approve values of parameters"),
    }
)

PART = Part(
    name="core.parameters",
    title=TITLE,
    urls="qilian.core.work.parameters.pages",
    prefix="parameters/",
    menu=(MenuItem(TITLE, "parameters:list", order=80),),
    resources=(VALUES, PARAMETERS),  # the address of all values would else be that of a parameter
)
