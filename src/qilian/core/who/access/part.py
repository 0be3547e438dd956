"""How access present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import HOLDERS, PERSONS
from .pages.emergencies import TITLE as EMERGENCIES
from .pages.rights import TITLE, VIEW
from .services import BREAK

name_actions({BREAK: Text("启用紧急授权", "break the glass in an emergency")})

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
