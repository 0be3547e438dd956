"""`help`: every command with one line, the built-in ones first, then those of the parts."""

from collections.abc import Sequence
from importlib import import_module

from qilian.core.values.text import Text
from qilian.web.cli import console
from qilian.web.cli.words import WORDS


def help(arguments: Sequence[str]) -> int:  # noqa: A001 — the word of the command line is the function's name
    """List the commands. Before the environment is made, the parts' commands are not known yet."""
    console.take(arguments, rest=1)
    lines = {word: each.help for word, each in WORDS.items()}
    try:
        lines |= {word: command.help for word, command in import_module("qilian.web.cli.registered").commands().items()}
    except ImportError:
        lines["…"] = Text("各部件的命令在首次准备后列出", "the parts' commands appear once the environment is made")
    width = max(map(len, lines))
    console.answer(
        Text(
            "祁连  ./qilian [--lang zh|en] [--mode demo|real] 命令",
            "Qilian  ./qilian [--lang zh|en] [--mode demo|real] COMMAND",
        )
    )
    console.answer("", *(f"  {word:<{width}}  {line}" for word, line in lines.items()))
    return 0
