"""Bank files and matching: a long statement is read and checked as a stream; lines find their transfers.

Usage: python bench/bankfiles.py [--lines 100000] [--rounds 3]

Prints JSON lines: rows per second of the whole check (amounts, days, balance chain, claims, repeats) of a CSV in
GB 18030 beside the bare loop of `csv.DictReader` with `Decimal` that chains the balances and does nothing else, with
equal closing balances; the most memory that the check takes beyond the file; and lines per second of matching beside
the pairwise search that everybody writes first (on a hundredth, since it is quadratic), with equal pairs.
"""

import argparse
import csv
import io
import json
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from qilian.core.papers.sheets.kernel.written import read_csv
from qilian.engines.ledger.bankfile.kernel import Checking, Wanted, read_statement_csv
from qilian.engines.ledger.banking.kernel import WINDOW_DAYS, Pair, Side, match

BEGINS = date(2026, 1, 1)


def main() -> None:
    """Measure reading and matching, and stop if the peers ever disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    content = statement(asked.lines)
    assert checked(content) == bare(content)
    ours = timed(lambda: checked(content), asked.rounds)
    peer = timed(lambda: bare(content), asked.rounds)
    tell("check", "rows/s", asked.lines / ours)
    tell("peer_csv_and_decimal", "rows/s", asked.lines / peer)
    tell("check_memory", "MB beyond the file", memory(content))
    few = sides(max(10, asked.lines // 100))
    assert set(match(*few).pairs) == pairwise(*few)
    lines, transfers = sides(asked.lines)
    tell("match", "lines/s", asked.lines / timed(lambda: match(lines, transfers), asked.rounds))
    tell("peer_pairwise", "lines/s", len(few[0]) / timed(lambda: pairwise(*few), asked.rounds))


def statement(lines: int) -> bytes:
    """An invented statement with serial numbers, in GB 18030."""
    chance, balance, rows = (
        random.Random(2015),
        10**9,
        ["交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,流水号"],
    )
    for number in range(lines):
        fen = chance.choice((-1, 1)) * chance.randrange(1, 10**6)
        balance += fen
        paid, came = (f"{-fen / 100:.2f}", "") if fen < 0 else ("", f"{fen / 100:.2f}")
        day = BEGINS + timedelta(days=number * 300 // lines)
        rows.append(f"{day},{paid},{came},{balance / 100:.2f},某某有限公司,6217{number:012d},货款,S{number}")
    return "\n".join(rows).encode("gb18030")


def checked(content: bytes) -> int:
    """The closing balance after the whole check, in fen."""
    checking = Checking(Wanted("6228480000012345678"))
    for _ in checking.run(read_statement_csv(read_csv(content))):
        pass
    assert checking.clean and checking.closing is not None
    return checking.closing


def bare(content: bytes) -> int:
    """The closing balance by the loop that only chains balances."""
    before: Decimal | None = None
    for row in csv.DictReader(io.StringIO(content.decode("gb18030"))):
        moved = Decimal(row["贷方发生额"] or 0) - Decimal(row["借方发生额"] or 0)
        balance = Decimal(row["余额"])
        assert before is None or before + moved == balance
        before = balance
    assert before is not None
    return int(before * 100)


def sides(count: int) -> tuple[list[Side], list[Side]]:
    """Lines and transfers of which nine of ten agree, half by reference, half by name, some of them twice."""
    chance = random.Random(7)
    lines, transfers = [], []
    for number in range(count):
        day, fen = BEGINS + timedelta(days=chance.randrange(300)), chance.randrange(1, count * 3)
        reference = frozenset((f"ql-{number:08d}",)) if number % 2 else frozenset[str]()
        name = f"某某{number % (count // 3 + 1)}公司"
        lines.append(Side(number, day, fen, reference, name))
        wrong = number % 10 == 0
        transfers.append(Side(count + number, day + timedelta(days=1), fen + wrong, reference, name))
    return lines, transfers


def pairwise(lines: list[Side], transfers: list[Side]) -> set[Pair]:
    """The same rules, every line compared with every transfer."""
    found: set[Pair] = set()
    for rule, same in (("reference", lambda a, b: a.references & b.references), ("name", near)):
        taken = {pair.line for pair in found}, {pair.transfer for pair in found}
        left = [each for each in lines if each.key not in taken[0]]
        right = [each for each in transfers if each.key not in taken[1]]
        forth = {a.key: [b.key for b in right if a.fen == b.fen and same(a, b)] for a in left}
        back = {b.key: [a.key for a in left if a.fen == b.fen and same(a, b)] for b in right}
        found |= {Pair(a, only[0], rule) for a, only in forth.items() if len(only) == 1 and len(back[only[0]]) == 1}
    return found


def near(one: Side, other: Side) -> bool:
    """Whether names agree within the window of days."""
    return bool(one.name) and one.name == other.name and abs((one.day - other.day).days) <= WINDOW_DAYS


def memory(content: bytes) -> float:
    """The most that reading and checking holds at a moment, beyond the decoded file, in megabytes."""
    lines = read_csv(content)
    header = next(lines)  # by now the file is decoded
    tracemalloc.start()
    checking = Checking(Wanted("6228480000012345678"))
    for _ in checking.run(read_statement_csv(chain([header], lines))):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def timed(run: Callable[[], object], rounds: int) -> float:
    """The median seconds of some rounds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def tell(measure: str, unit: str, value: float) -> None:
    """Print one figure."""
    print(json.dumps({"bench": "bankfiles", "measure": measure, "unit": unit, "median": round(value, 1)}))


if __name__ == "__main__":
    main()
