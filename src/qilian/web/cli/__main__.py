"""The entry: choose the language, find the command, run it, and say any refusal as a sentence with its remedy."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from qilian.core.values.text import Refusal, Text, speaking
from qilian.web.cli.console import MODES
from qilian.web.cli.words import WORDS, nearest

Run = Callable[[Sequence[str]], int]
_FOR_OTHERS = ("bundle", "check", "lock", "plan compile", "test")
"""Words that write what others read; whatever else is written belongs to the account of the house alone."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 found something, 2 refused, 130 interrupted."""
    language, rest = _options(arguments)
    os.environ["QILIAN_LANG"] = language
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with speaking(language):
        try:
            return _run(rest[0] if rest else "help", rest[1:])
        except Refusal as refusal:
            return _say(refusal)
        except KeyboardInterrupt:
            return 130
        except BrokenPipeError:  # the reader of our answer has gone, as in `… | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except OSError as problem:
            return _say(_of_system(problem))


def _options(arguments: list[str]) -> tuple[str, list[str]]:
    """Take `--lang` and `--mode` from the front; the rest belongs to the command."""
    language = _language_of_locale()
    while arguments and arguments[0].partition("=")[0] in ("--lang", "--mode"):
        name, equals, value = arguments[0].partition("=")
        value, arguments = (value, arguments[1:]) if equals else ("".join(arguments[1:2]), arguments[2:])
        if name == "--lang":
            language = "zh" if value.startswith("zh") else "en"
        elif value in MODES:
            os.environ["QILIAN_MODE"] = value
    return language, ["help" if word in ("--help", "-h") else word for word in arguments[:1]] + arguments[1:]


def _language_of_locale() -> str:
    """Return the language of LC_ALL, LC_MESSAGES or LANG, in that order; Chinese for zh, else English."""
    spoken = [os.environ.get(name, "") for name in ("QILIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    return "zh" if next((value for value in spoken if value), "").startswith("zh") else "en"


def _run(word: str, arguments: Sequence[str]) -> int:
    pair = f"{word} {''.join(arguments[:1])}"
    if pair in WORDS:
        word, arguments = pair, arguments[1:]
    if word not in _FOR_OTHERS:
        os.umask(0o077)
    if word in WORDS:
        module, _, function = WORDS[word].target.partition(":")
        run: Run = getattr(import_module(module), function)
        return run(arguments)
    registered = import_module("qilian.web.cli.registered")
    commands = registered.commands()
    if word not in commands:
        raise _unknown(word, [*WORDS, *commands])
    return int(registered.run(word, arguments))


def _unknown(word: str, known: list[str]) -> Refusal:
    near = nearest(word, known)
    remedy = Text(f"是不是 ./qilian {near}？", f"Did you mean ./qilian {near}?") if near else None
    listed = Text("./qilian help 列出全部命令。", "./qilian help lists all commands.")
    return Refusal(
        "cli.word", Text(f"没有“{word}”这个命令。", f"There is no command “{word}”."), remedy=remedy or listed
    )


def _say(refusal: Refusal) -> int:
    print(refusal.message, file=sys.stderr)
    if refusal.remedy:
        print(refusal.remedy, file=sys.stderr)
    return 2


def _of_system(problem: OSError) -> Refusal:
    where = f"{problem.filename}" if problem.filename else ""
    said = f"{problem.strerror or problem}{': ' if where else ''}{where}"
    return Refusal(
        "cli.system",
        Text(f"系统不允许：{said}。", f"The system refused: {said}."),
        remedy=Text("请检查磁盘空间和文件权限。", "Check disk space and the rights of the file."),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
