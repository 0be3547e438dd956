"""Lies: small changes of a kernel that its tests should notice, each named by its file and its place in the tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.source import ROOT, SRC, module_name

PLACES = (
    "spine/*/kernel.py",
    "spine/*/kernel/**/*.py",
    "*/*/*/kernel.py",
    "*/*/*/kernel/**/*.py",
    *(
        f"core/{room}/*.py"
        for room in ("values/text", "rules/budget", "rules/moments", "rules/regex", "rules/feel", "rules/dmn")
    ),  # pure as a whole
)
WINDOW = 20  # from here on a number in a kernel is how far to look, and one further is no lie
SWAPS: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Lie:
    """One small lie in one kernel file: which node of the tree is changed, and on which lines it stands."""

    path: Path
    node: int
    first: int
    last: int
    what: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(SRC)}:{self.first} {self.what}"

    @property
    def module(self) -> str:
        """The dotted name of the file."""
        return module_name(self.path)

    @property
    def tests(self) -> Path:
        """The folder of the file's own tests: `kernel` in that of its room or part."""
        return own_tests(self.path)

    def text(self) -> str:
        """The file with the lie in it."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        match list(ast.walk(tree))[self.node]:
            case ast.Compare() as node:
                node.ops[0] = SWAPS[type(node.ops[0])]()
            case ast.BinOp() | ast.BoolOp() as node:
                node.op = SWAPS[type(node.op)]()
            case ast.Constant() as node:
                node.value += 1
        return ast.unparse(tree)


def own_tests(path: Path) -> Path:
    """Return the folder of a kernel's own tests."""
    floor, *rooms = path.relative_to(SRC / "qilian").parts
    return ROOT / "tests" / floor / Path(*rooms[: 1 if floor == "spine" else 2]) / "kernel"


def kernels() -> list[Path]:
    """Return every kernel file: of rooms and spine parts, of engines and their parts, and of the pure rooms."""
    files = {path for place in PLACES for path in (SRC / "qilian").glob(place)}
    return sorted(path for path in files if path.name != "__init__.py")


def lies_of(path: Path) -> Iterator[Lie]:
    """Yield every lie of a file: a swapped operator or a number that is one too high; asserts and docs apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Assert) for part in ast.walk(node)}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) not in skipped and (what := _kind(node)):
            yield Lie(path, index, getattr(node, "lineno", 0), getattr(node, "end_lineno", 0), what)


def _kind(node: ast.AST) -> str:
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in SWAPS:
            return f"compares by {SWAPS[type(first)].__name__}"
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPS:
            return f"operates by {SWAPS[type(op)].__name__}"
        case ast.Constant(value=value) if type(value) is int and value < WINDOW:
            return f"counts {value + 1}"
    return ""
