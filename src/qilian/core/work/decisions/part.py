"""How decisions present themselves to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.rules.dmn.api import command
from qilian.core.values.text import Text

from .pages.showing import TITLE
from .resource import DECISIONS, VERSIONS

_RULES = Text("规则：评测、计算表达式、检查文件", "rules: run the DMN TCK, evaluate an expression, check a file")

PART = Part(
    name="core.decisions",
    title=TITLE,
    commands={"rules": Command(command, _RULES)},
    urls="qilian.core.work.decisions.urls",
    prefix="decisions/",
    api="qilian.core.work.decisions.rest.router",
    resources=(VERSIONS, DECISIONS),
    menu=(MenuItem(TITLE, "decisions:list", order=78),),
    story="qilian.core.work.decisions.story",
)
