"""Small on purpose: DESIGN 8 as tests. Lines are physical lines from the first of a function to its last."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.house.source import SRC, Source, sources

FUNCTION_P95, FUNCTION_MAX = 25, 60
FILE_P95, FILE_MAX = 300, 600
PART_MAX, KERNEL_MAX = 4000, 1500
ROOM_MAX, LANGUAGE_ROOM_MAX = 1200, 4000
LANGUAGE_ROOMS = ("feel", "dmn")  # ADR 6
PACK_MAX, STORY_MAX = 300, 300


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines, its docstring apart: explaining more must not cost budget."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def percentile_95(values: list[int]) -> int:
    return sorted(values)[int(len(values) * 0.95)]


def too_long(found: tuple[Source, ...], limit: int = FUNCTION_MAX) -> list[str]:
    return [
        f"{source.name}:{function.lineno} {function.name} has {lines_of(function)} lines"
        for source in found
        for function in source.functions()
        if lines_of(function) > limit
    ]


def test_no_function_is_longer_than_sixty_lines() -> None:
    assert too_long(sources()) == []


def test_a_long_function_is_caught() -> None:
    body = "\n".join(f"    x = {n}" for n in range(61))
    assert too_long((Source.of(f"def planted():\n{body}\n"),)) != []


def test_nineteen_functions_of_twenty_have_at_most_twenty_five_lines() -> None:
    assert percentile_95([lines_of(f) for source in sources() for f in source.functions()]) <= FUNCTION_P95


def file_lengths() -> dict[str, int]:
    return {str(source.path.relative_to(SRC)): len(source.text.splitlines()) for source in sources()}


def test_no_file_is_longer_than_six_hundred_lines() -> None:
    assert {name: n for name, n in file_lengths().items() if n > FILE_MAX} == {}


def test_nineteen_files_of_twenty_have_at_most_three_hundred_lines() -> None:
    assert percentile_95(list(file_lengths().values())) <= FILE_P95


def folder_lines(folder: Path) -> int:
    return sum(len(s.text.splitlines()) for s in sources() if s.path.is_relative_to(folder))


def over_budget(base: Path) -> dict[str, int]:
    """Measure rooms, parts, kernels and packs below a source folder; return those over their budget."""
    over: dict[str, int] = {}
    limits: dict[Path, int] = {}
    for room in (base / "core").glob("*/*/"):
        limits[room] = LANGUAGE_ROOM_MAX if room.name in LANGUAGE_ROOMS else ROOM_MAX
    for part in (base / "spine").iterdir():
        limits[part] = PART_MAX
    for engine in (base / "engines").iterdir():
        parts = [found.parent for found in engine.glob("*/part.py")]
        limits |= dict.fromkeys(parts or [engine], PART_MAX)
    for kernel in base.rglob("kernel"):
        limits[kernel] = KERNEL_MAX
    for folder, limit in limits.items():
        if folder.is_dir() and (count := folder_lines(folder)) > limit:
            over[str(folder.relative_to(base))] = count
    return over


def test_rooms_parts_and_kernels_stay_within_their_budget() -> None:
    assert over_budget(SRC / "qilian") == {}


def test_packs_are_data_not_programs() -> None:
    counted: dict[str, int] = defaultdict(int)
    for source in sources():
        parts = source.path.relative_to(SRC / "qilian").parts
        if parts[0] == "domains" and len(parts) == 3:
            counted[f"{parts[1]}/{'story' if parts[2] == 'story.py' else 'pack'}"] += len(source.text.splitlines())
    assert counted
    assert {name: n for name, n in counted.items() if n > (STORY_MAX if name.endswith("story") else PACK_MAX)} == {}
