"""How recovery presents itself to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.who.people.api import add_person_action

from . import command
from .kernel import KINDS
from .pages import ASK
from .queries import CONFIRM
from .resource import RECOVERIES, TITLE

name_actions(
    {
        CONFIRM: Text("确认账号恢复", "confirm account recovery"),
        KINDS["password"].right: Text("申请发放初始密码", "ask for first passwords"),
        KINDS["factors"].right: Text("申请重置第二重验证", "ask for resets of second factors"),
        KINDS["identity"].right: Text("申请绑定他人的统一身份", "ask to link identities of others"),
    }
)
add_person_action(ASK, "recovery:ask", KINDS["password"].right)
refer({"core.recovery": Reference(Text("账号恢复", "Account recovery"))})

PART = Part(
    name="core.recovery",
    title=TITLE,
    urls="qilian.core.door.recovery.pages",
    prefix="recoveries/",
    menu=(
        MenuItem(TITLE, "recovery:list", 906, KINDS["password"].right),
        MenuItem(TITLE, "recovery:list", 906, CONFIRM),
    ),
    commands={"recover": Command(command.main, command.HELP)},
    resources=(RECOVERIES,),
    story="qilian.core.door.recovery.story",
)
