"""How BPMN presents itself to the house: a command."""

from qilian.core.house.parts.api import Command, Part
from qilian.core.values.text import Text

from . import command

PART = Part(
    name="casework.bpmn", title=Text("流程图", "Diagrams"), commands={"bpmn": Command(command.main, command.HELP)}
)
