"""Kernels under mutation (`./qilian test --long`): of a seeded sample of lies, at most one in ten goes unnoticed."""

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest
from tests.house.source import ROOT, SRC

SAMPLE, SEED, SURVIVORS_MAX = 120, 2015, 0.10
WORKERS = 2
WINDOW = 20  # from here on a number in a kernel is how far to look, and one further is no lie
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
TESTS = {"compiler": "spine_plan", "language": "spine_plan"}


@dataclass(frozen=True)
class Mutant:
    """One small lie in one kernel file."""

    path: Path
    line: int
    what: str
    text: str

    @property
    def tests(self) -> Path:
        """The folder of its own tests: of the room, or of an engine and its part (`<engine>_<part>`)."""
        floor, room, part, *_ = self.path.relative_to(SRC / "qilian").parts
        own = ROOT / "tests/kernel" / f"{room}_{part}"
        if floor == "engines" and own.is_dir():
            return own
        return ROOT / "tests/kernel" / TESTS.get(room, room)


def kernels() -> list[Path]:
    """Return every kernel file: of rooms and spine parts, of engines, and of the parts of engines."""
    places = ("*/*/kernel.py", "*/*/kernel/**/*.py", "engines/*/*/kernel.py", "engines/*/*/kernel/**/*.py")
    files = {path for place in places for path in (SRC / "qilian").glob(place)}
    return sorted(path for path in files if path.name != "__init__.py")


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file: a swapped operator or a number that is one too high; asserts and docs apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Assert) for part in ast.walk(node)}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield _mutant(
                path, tree, index, lambda twin: twin.ops.__setitem__(0, SWAPS[type(twin.ops[0])]()), "compares"
            )
        elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS:
            yield _mutant(path, tree, index, lambda twin: setattr(twin, "op", SWAPS[type(twin.op)]()), "operates")
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value < WINDOW:
            yield _mutant(path, tree, index, lambda twin: setattr(twin, "value", twin.value + 1), "counts")


def _mutant(path: Path, tree: ast.Module, index: int, change: object, what: str) -> Mutant:
    twin = copy.deepcopy(tree)
    node = list(ast.walk(twin))[index]
    change(node)  # type: ignore[operator] # one of the lambdas above
    return Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(twin))


def survives(mutant: Mutant, house: Path) -> bool:
    """Run the kernel's own tests against a house with the lie in it; they should notice."""
    target = house / mutant.path.relative_to(SRC)
    sound = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-o", f"pythonpath={house} {ROOT}", str(mutant.tests)]
    try:
        ran = subprocess.run(command, cwd=ROOT, env=os.environ | {"CI": "true"}, capture_output=True, timeout=120)
        return ran.returncode == 0
    except subprocess.TimeoutExpired:
        return False  # an endless loop is noticed
    finally:
        target.write_text(sound, encoding="utf-8")


def _in_some_house(mutant: Mutant, houses: "Queue[Path]") -> bool:
    house = houses.get()
    try:
        return survives(mutant, house)
    finally:
        houses.put(house)


@pytest.mark.long
def test_at_most_one_lie_in_ten_goes_unnoticed(tmp_path: Path) -> None:
    everything = [mutant for path in kernels() for mutant in mutants_of(path)]
    sample = random.Random(SEED).sample(everything, SAMPLE)
    houses: Queue[Path] = Queue()
    for worker in range(WORKERS):
        shutil.copytree(SRC, tmp_path / str(worker), ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        houses.put(tmp_path / str(worker))
    with ThreadPoolExecutor(WORKERS) as pool:
        lived = list(pool.map(lambda mutant: _in_some_house(mutant, houses), sample))
    alive = [mutant for mutant, lives in zip(sample, lived, strict=True) if lives]
    told = [f"{mutant.path.relative_to(SRC)}:{mutant.line} {mutant.what}" for mutant in alive]
    assert len(alive) <= SURVIVORS_MAX * len(sample), f"{len(alive)} of {len(sample)} survive:\n" + "\n".join(told)


def test_a_lie_can_be_told() -> None:
    assert len(kernels()) > 20
    assert len(list(mutants_of(SRC / "qilian/core/money/kernel.py"))) > 10
    assert [path for path in kernels() if not _first(path).tests.is_dir()] == []


def _first(path: Path) -> Mutant:
    return Mutant(path, 0, "", "")
