"""What every command shares: where things are, how progress is told, how a question is asked."""

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qilian.core.values.text import Refusal, Text

ROOT = Path(__file__).resolve().parents[4]
T = TypeVar("T")
MODES = ("demo", "real")


def var() -> Path:
    """Return the folder of everything that is not code: QILIAN_VAR, else `var` in the checkout."""
    return Path(os.environ.get("QILIAN_VAR") or ROOT / "var").absolute()


def mode() -> str:
    """Return which system a command speaks of: `--mode` or QILIAN_MODE, else the real one where it was made."""
    chosen = os.environ.get("QILIAN_MODE", "")
    return chosen if chosen in MODES else ("real" if (var() / "run" / "real.made").exists() else "demo")


def chosen_mode() -> str:
    """Return the mode that was named, by `--mode` or QILIAN_MODE; empty when none was."""
    return os.environ.get("QILIAN_MODE", "")


def answer(*lines: object) -> None:
    """Write the command's answer to stdout."""
    for line in lines:
        print(line)
    sys.stdout.flush()


def mark(status: int) -> str:
    """Return how an exit status is told."""
    return str(Text("通过", "ok")) if status == 0 else str(Text("失败", "FAILED"))


def tell(text: Text | str) -> None:
    """Write a line of progress to stderr, where it can be written: nothing ends because a file of lines is full."""
    with suppress(OSError):
        print(f"· {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: Text) -> Iterator[None]:
    """Tell what begins, and when it ends how many seconds it took."""
    began = time.monotonic()
    tell(title)
    yield
    print(f"  {title} {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


@contextmanager
def timed(title: Text, opening: AbstractContextManager[T]) -> Iterator[T]:
    """Open something that takes a while, telling how long it took; it stays open for the block."""
    with ExitStack() as stack:
        with step(title):
            opened = stack.enter_context(opening)
        yield opened


def confirm(question: Text, *, word: str) -> bool:
    """Ask a person to type a word before something is lost; without a terminal the answer is a refusal."""
    if not sys.stdin.isatty():
        raise Refusal(
            "cli.unasked",
            Text("这里没有终端，无法询问。", "There is no terminal to ask on."),
            remedy=Text("确定的话，请加 --yes。", "If you are sure, add --yes."),
        )
    print(f"{question} [{word}] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == word


@dataclass(frozen=True, slots=True)
class Given:
    """Arguments taken apart: options with their values, flags, and what remains."""

    values: Mapping[str, str]
    flags: frozenset[str]
    rest: tuple[str, ...]


def take(arguments: Sequence[str], *, values: Sequence[str] = (), flags: Sequence[str] = (), rest: int = 0) -> Given:
    """Take arguments apart; `rest` is how many free words may remain. Refuses what it does not know, by name."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    free: list[str] = []
    queue = list(arguments)
    while queue:
        argument = queue.pop(0)
        name, equals, value = argument.partition("=")
        if name in values:
            found[name] = value if equals else queue.pop(0) if queue else _missing(name)
        elif argument in flags:
            seen.add(argument)
        elif argument.startswith("-") or len(free) == rest:
            raise _unknown(argument, [*values, *flags])
        else:
            free.append(argument)
    return Given(found, frozenset(seen), tuple(free))


def _missing(name: str) -> str:
    raise Refusal("cli.value", Text(f"{name} 后面缺少值。", f"{name} needs a value."), where=name)


def _unknown(argument: str, known: Sequence[str]) -> Refusal:
    listed = " ".join(known) or "—"
    return Refusal(
        "cli.argument",
        Text(f"不认识“{argument}”。", f"“{argument}” is not understood here."),
        where=argument,
        remedy=Text(f"可用：{listed}。", f"Known: {listed}."),
    )
