"""How far the demonstration is told, as the worker wrote it down, for the foreground of `up`."""

import json
import time
from dataclasses import dataclass, field

from qilian.core.values.text import Text
from qilian.web.cli import console

_PAUSE = 5.0
"""Seconds between two lines of progress."""


@dataclass(slots=True)
class Progress:
    """Tells what is new every few seconds, and once when all is told; silent where all was told before."""

    _said: tuple[int, int] | None = None
    _due: float = field(default_factory=time.monotonic)

    def tell(self) -> None:
        """Look, and say a line when there is something new."""
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + _PAUSE
        found = read()
        if found is None or found == self._said:
            return
        told, of = found
        first, self._said = self._said is None, found
        if told < of:
            words = Text("正在讲述演示故事：{told}／{of}", "the demonstration is being told: {told} of {of} stories")
            console.tell(words.filled(told=told, of=of))
        elif not first:
            console.tell(Text("演示故事已讲完", "the demonstration is told"))


def read() -> tuple[int, int] | None:
    """Return how many stories were told, and of how many; None where nothing was written down."""
    try:
        written = json.loads((console.var() / "run" / "demo.progress.json").read_text())
        return int(written["told"]), int(written["of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
