"""The plan compiler beside peers in the same run: an Earley grammar and a pattern made for one style only.

Usage: python bench/compiler.py [--plan FILE] [--rounds 7] [--copies 40]
Prints one JSON line for each measure, with medians over the rounds. Before anything is timed all readers must give the
same lists of units for every annotation of the plan.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from lark import Lark, Token, Tree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from qilian.spine.compiler.kernel import KnownUnit, compile_plan  # noqa: E402 the repository's own code, run in place

PLAN = ROOT.parent / "shared/plan/qinghai-2015.txt"
UNITS = ROOT / "plan/qinghai-2015/units.toml"
STYLE = re.compile("（牵头单位：(.*?)；配合单位：(.*?)）")
EARLEY = Lark(
    """
    start: "（牵头单位：" units "；配合单位：" units "）"
    units: UNIT ("，" UNIT)*
    UNIT: /[^，；（）]+/
    """,
    parser="earley",
)
Lists = list[tuple[list[str], list[str]]]


def main() -> None:
    """Check that all readers agree, then time each of them on the same text."""
    options = arguments()
    text = options.plan.read_text("utf-8")
    units = known()
    readers: dict[str, Callable[[str], Lists]] = {
        "compiler": lambda words: ours(words, units),
        "peer_earley": earley,
        "peer_pattern": pattern,
    }
    agreed = pattern(text)
    for name, reader in readers.items():
        if reader(text) != agreed:
            raise SystemExit(f"{name} reads other lists than the others")
    for name, reader in readers.items():
        say(f"{name}_plan", "ms", [1000 * seconds(reader, text) for _ in range(options.rounds)], len(text), len(agreed))
    archive = "".join(varied(text, number) for number in range(options.copies))
    count = len(pattern(archive))
    rates = [count / seconds(readers["compiler"], archive) for _ in range(3)]
    say("compiler_archive", "annotations/s", rates, len(archive), count, target=4000)
    memory(text, options.copies)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path, default=PLAN)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--copies", type=int, default=40)
    options = parser.parse_args()
    if not options.plan.exists():
        raise SystemExit(f"no plan at {options.plan}; give one with --plan")
    return options


def known() -> tuple[KnownUnit, ...]:
    """Return the units of the repository's plan with all their names."""
    entries = tomllib.loads(UNITS.read_text("utf-8"))["unit"]
    return tuple(KnownUnit(entry["code"], tuple(name["zh"] for name in entry["names"])) for entry in entries)


def ours(text: str, units: tuple[KnownUnit, ...]) -> Lists:
    """Compile everything: outline, clauses, roles, units, dates, targets, systems."""
    return [(clause.units("lead"), clause.units("support")) for clause in compile_plan(text, units=units).clauses]


def earley(text: str) -> Lists:
    """Read the annotations only, with an ambiguous-grammar parser."""
    return [tuple_of(EARLEY.parse(match.group())) for match in STYLE.finditer(text)]


def tuple_of(tree: "Tree[Token]") -> tuple[list[str], list[str]]:
    """Return the two lists of units of a parsed annotation."""
    lead, support = ([str(token) for token in part.children] for part in tree.children if isinstance(part, Tree))
    return lead, support


def pattern(text: str) -> Lists:
    """Read the annotations only, with a pattern that knows this one style."""
    return [(lead.split("，"), support.split("，")) for lead, support in STYLE.findall(text)]


def varied(text: str, number: int) -> str:
    """Return the plan with other unit names, so that no cache of names helps."""
    chooser = random.Random(number)
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    return re.sub(
        "省[^，；）、]{2,12}?[委厅局办]", lambda _: "省" + "".join(chooser.choices(letters, k=6)) + "局", text
    )


def seconds(reader: Callable[[str], Lists], text: str) -> float:
    """Time one reading."""
    begun = time.perf_counter()
    reader(text)
    return time.perf_counter() - begun


def memory(text: str, copies: int) -> None:
    """Print the peak memory per character for one plan and for many: linear when they are alike."""
    for number in (1, copies):
        tracemalloc.start()
        compile_plan(text * number)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        say(f"memory_{number}_plans", "bytes/character", [peak / (len(text) * number)], len(text) * number, 0)


def say(
    name: str, unit: str, values: list[float], characters: int, annotations: int, target: int | None = None
) -> None:
    """Print one measure as a line of JSON."""
    line = {
        "bench": "compiler",
        "measure": name,
        "unit": unit,
        "median": round(statistics.median(values), 3),
        "rounds": len(values),
        "characters": characters,
        "annotations": annotations,
    }
    print(json.dumps(line | ({"target": target} if target else {}), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
