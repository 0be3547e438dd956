"""What the rules bring into the house: their command."""

from qilian.core.packs.api import Command, Part
from qilian.core.text import Text

from .command import main

_HELP = Text("规则：评测、计算表达式、检查文件", "rules: run the DMN TCK, evaluate an expression, check a file")

PART = Part(name="core.rules", title=Text("规则", "Rules"), commands={"rules": Command(main, _HELP)})
