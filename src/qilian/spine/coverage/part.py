"""How the coverage presents itself to the house."""

from qilian.core.house.parts.api import Command, MenuItem, Part
from qilian.core.values.text import Text

from .command import main
from .pages import TITLE

_HELP = Text("方案每一条落实到哪一步，等待什么", "how far each clause is answered, and what it waits for")

PART = Part(
    name="spine.coverage",
    title=TITLE,
    commands={"coverage": Command(main, _HELP)},
    urls="qilian.spine.coverage.urls",
    api="qilian.spine.coverage.rest.router",
    menu=(MenuItem(TITLE, "coverage:overview", order=25),),
)
