"""How the door presents itself to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from . import command, jobs
from .pages import TITLE
from .services import UNLOCK, UNLOCK_TOO

name_actions({UNLOCK: Text("解锁账号", "unlock accounts"), UNLOCK_TOO: Text("解除锁定", "lift locks")})
refer({"core.lock": Reference(Text("登录锁定", "Lock"))})

PART = Part(
    name="core.signin",
    title=TITLE,
    urls="qilian.core.door.signin.urls",
    prefix="locked/",
    menu=(MenuItem(TITLE, "signin:locked", 905, UNLOCK), MenuItem(TITLE, "signin:locked", 905, UNLOCK_TOO)),
    commands={"unlock": Command(command.main, command.HELP)},
    jobs=(jobs.__name__,),
)
