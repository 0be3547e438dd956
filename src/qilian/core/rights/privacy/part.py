"""How privacy presents itself to the house."""

from qilian.core.house.parts.api import Command, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .command import main

name_actions({"privacy.keys": Text("管理个人数据密钥", "manage the keys of personal data")})

_HELP = Text(
    "个人数据密钥：status、rotate、retire", "the keys of personal data: status, rotate (a fresh one), retire (old ones)"
)
refer({"core.key": Reference(Text("个人数据密钥", "Key of personal data"))})

PART = Part(
    name="core.privacy",
    title=Text("个人数据保护", "Personal data"),
    commands={"keys": Command(main, _HELP)},
    urls="qilian.core.rights.privacy.urls",
    prefix="privacy/",
    jobs=("qilian.core.rights.privacy.jobs",),
)
