"""How procedures present themselves to the house: a command."""

from qilian.core.house.parts.api import Command, Part
from qilian.core.values.text import Text

from .command import HELP, command

PART = Part(
    name="casework.procedures", title=Text("流程", "Procedures"), commands={"procedure": Command(command, HELP)}
)
