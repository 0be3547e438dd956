"""How second factors present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.who.people.api import add_person_action

from .pages import TITLE
from .services import RESET

name_actions({RESET: Text("重置他人的第二重验证", "reset second factors of others")})
add_person_action(Text("重置第二重验证", "Reset second factors"), "factors:reset", RESET)

PART = Part(
    name="core.factors",
    title=TITLE,
    urls="qilian.core.door.factors.urls",
    prefix="account/factors/",
)
