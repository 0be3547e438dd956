"""How parameters present themselves to the house."""

from django.urls import reverse

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .models import Parameter
from .resource import PARAMETERS, TITLE, VALUES
from .services import APPROVE, DEFINE, PROPOSE


def _parameter(key: str) -> Pointed | None:
    row = Parameter.objects.filter(key=key).first()
    page = "decisions:decision" if row and row.kind == "decision" else "parameters:parameter"
    return Pointed(Text(row.title_zh, row.title_en), reverse(page, args=[key])) if row else None


refer({"core.parameter": Reference(Text("参数", "Parameter"), _parameter)})
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
