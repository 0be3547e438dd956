"""FEEL expressions and tables of 50 to 5,000 rules, beside published packages in the same run and with equal answers.

Usage: python bench/rules.py [--rounds 7]

Peers are bkflow-feel and pySFeel, measured when they are installed beside us. Prints JSON lines: the
median microseconds of one evaluation; for the tables, of one case decided alone and in columns.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from qilian.core.rules.dmn.api import Table, compile_expression

EXPRESSIONS = {
    "membership": "1 in [1, 2, 3]",
    "filter": "[1, 2, 3][2]",
    "quantifier": "some x in [1, 2, 3] satisfies x > 2",
    "function": "list contains([1, 2, 3], 2)",
}
FULL = 'if amount * rate / 12 > 1000 and state in ("A", "B") then "high" else "low"'
NAMES = {"amount": 120_000, "rate": 5, "state": "A"}
CASES = 5000
SIZES = (50, 500, 5000)


def main() -> None:
    """Measure everything, and stop if two answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    for name, text in EXPRESSIONS.items():
        ours = compile_expression(text)
        answer = ours.evaluate().value
        tell(f"feel_{name}", "qilian", rounds, 2000, ours.evaluate)
        tell(f"feel_{name}_cold", "qilian", rounds, 200, partial(fresh, text))
        for peer, run in peers().items():
            assert run(text) == answer, (peer, text)
            tell(f"feel_{name}_cold", peer, rounds, 20, partial(run, text))
    full = compile_expression(FULL, names=NAMES)
    tell("feel_names", "qilian", rounds, 2000, lambda: full.evaluate(NAMES))
    for size in SIZES:
        decide(size, rounds)


def decide(size: int, rounds: int) -> None:
    """Measure a table of so many rules, a case alone and in columns."""
    table, columns = thresholds(size), cases(size)
    rows = [dict(zip(columns, case, strict=True)) for case in zip(*columns.values(), strict=True)]
    one_by_one = [table.decide(case).result for case in rows]
    assert table.decide_columns(columns).results == one_by_one
    tell(f"table_{size}_rules", "qilian", rounds, 500, lambda: table.decide(rows[7]))
    tell(f"table_{size}_rules_columns", "qilian", rounds, 1, lambda: table.decide_columns(columns), CASES)


_fresh = count()


def fresh(text: str) -> object:
    """Compile and evaluate a text that was never seen."""
    return compile_expression(f"{text} // {next(_fresh)}").evaluate()


def peers() -> dict[str, Callable[[str], object]]:
    """Return the peers that are installed; each parses and evaluates a text."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        found["bkflow-feel"] = import_module("bkflow_feel.api").parse_expression
    except ImportError:
        print("bkflow-feel is not installed", file=sys.stderr)
    try:
        parser = import_module("pySFeel").SFeelParser()
        found["pySFeel"] = lambda text: parser.sFeelParse(text)[1]
    except ImportError:
        print("pySFeel is not installed", file=sys.stderr)
    return found


def thresholds(size: int) -> Table:
    """Return a table of so many rules over a number and a truth value."""
    rules = "\n".join(f'  - ["[{n * 100}..{n * 100 + 100})", {"是" if n % 2 else "否"}, 类{n}]' for n in range(size))
    head = "table: t\nhit: U\ninputs: [量: number, 首: boolean]\noutputs: [类: string]"
    return Table.from_yaml(f"{head}\nrules:\n{rules}\n")


def cases(size: int) -> dict[str, list[object]]:
    """Return columns of cases, some of which no rule covers."""
    chance = random.Random(2015)
    return {
        "量": [chance.randrange(100 * size) for _ in range(CASES)],
        "首": [chance.random() < 0.5 for _ in range(CASES)],
    }


def tell(measure: str, who: str, rounds: int, calls: int, run: Callable[[], object], per: int = 1) -> None:
    """Print the median microseconds of a call."""
    taken = statistics.median(_microseconds(run, calls) / per for _ in range(rounds))
    print(json.dumps({"bench": "rules", "measure": measure, "who": who, "unit": "µs", "median": round(taken, 2)}))


def _microseconds(run: Callable[[], object], calls: int) -> float:
    began = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - began) / calls * 1e6


if __name__ == "__main__":
    main()
