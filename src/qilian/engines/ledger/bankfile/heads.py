"""The words of each bank, read from `banks/*.toml`: another bank is another file, with its source on top."""

import tomllib
from functools import cache
from pathlib import Path

from qilian.core.values.text import Text

from .kernel import Heads

_FOLDER = Path(__file__).parent / "banks"


@cache
def banks() -> tuple[Heads, ...]:
    """The banks whose columns are known, in the order of their files; AssertionError when a file is wrong."""
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.toml")))


def _read(path: Path) -> Heads:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    heads = Heads(
        bank=Text(data["bank"]["zh"], data["bank"]["en"]),
        names=data["names"],
        other=data.get("other", ()),
        minus=data.get("minus", False),
        loose=data.get("loose", False),
    )
    assert not heads.problems(), f"{path.name}: {heads.problems()}"
    return heads
