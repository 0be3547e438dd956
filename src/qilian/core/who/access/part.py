"""How access present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import HOLDERS, PERSONS
from .pages.emergencies import TITLE as EMERGENCIES
from .pages.rights import TITLE, VIEW
from .services import BREAK

name_actions({BREAK: Text("启用紧急授权", "break the glass in an emergency")})
refer({"core.grant": Reference(Text("权限", "Right")), "core.emergency": Reference(Text("紧急授权", "Emergency"))})

PART = Part(
    name="core.access",
    title=TITLE,
    urls="qilian.core.who.access.urls",
    prefix="access/",
    choices=(PERSONS, HOLDERS),
    menu=(
        MenuItem(TITLE, "access:list", 910, VIEW),
        MenuItem(EMERGENCIES, "access:emergencies", 911, BREAK),
    ),
)
