"""How the door presents itself to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE
from .services import UNLOCK

name_actions({UNLOCK: Text("解锁账号", "unlock accounts")})

PART = Part(
    name="core.signin",
    title=TITLE,
    urls="qilian.core.door.signin.urls",
    prefix="locked/",
    menu=(MenuItem(TITLE, "signin:locked", 905, UNLOCK),),
)
