"""How resources present themselves: one command, which prints every operation of the house."""

from qilian.core.house.parts.api import Command, Part
from qilian.core.values.text import Text

from .reference import main

_HELP = Text("每一项可办的操作：地址、权限、要填的内容", "every operation: address, right, what it asks for")

PART = Part(name="core.resource", title=Text("操作", "Operations"), commands={"operations": Command(main, _HELP)})
