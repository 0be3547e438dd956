"""Doing the steps of cases through the public verb, beside the bare rate of commits of the same run; JSON lines.

    python -P bench/casework.py [--cases 100] [--rounds 3]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a PostgreSQL of its own, as safe as in service; each line says so. A case of six tasks (a fork of three signers
among them) is opened and walked to its end by a person with the right: each `complete` is a transaction with its rows,
clocks, desks and facts. Goal: 400 tasks a second, or 60 % of the bare rate: one narrow row inserted and committed.
Equal-output check: every case ends where it should, with no step live.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.standing import address, database, say, server, timed  # noqa: E402 the path comes first

DATABASE = f"bench_casework_{os.getpid()}"
BARE = "CREATE TABLE bench_bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text)"
GRANTED = "GRANT ALL ON bench_bare TO PUBLIC"
PATH = "market/registration-change"
TEXT = """
procedure: 变更登记
en: Registration change
kind: 确认
level: 省级
target: [法人]
public: 否
limit: {promised: 15 工作日}
form: [{name: 变更事项, en: What changes}]
steps:
  受理: {en: Accept, by: 窗口@承办, limit: 5 工作日, next: 会签}
  会签: {en: Sign, by: [甲@qh-a, 乙@qh-b, 丙@qh-c], quorum: 全部, next: {同意: 决定, 不同意: 退件}}
  决定: {en: Decide, by: 负责人@承办, limit: 5 工作日, next: {准予: 送达, 不予: 退件}}
  送达: {en: Deliver, by: 窗口@承办, limit: 10 工作日, next: 办结}
  办结: {en: Done, end: 准予变更, granted: 是}
  退件: {en: Refused, end: 不予变更}
"""


def main() -> None:
    """Make a database of our own, publish an item, walk its cases, print the lines, drop the database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with server() as socket, database(socket, DATABASE, BARE, GRANTED):
        handler = published()
        with psycopg.connect(**address(socket, DATABASE), autocommit=True) as plain:
            rates, bares = [], []
            for _ in range(options.rounds):
                rates.append(walk(handler, options.cases))
                bares.append(1000 / timed(lambda: bare(plain)))
        say("casework.tasks", "tasks/s", rates, least=400, cases=options.cases)
        say("casework.bare_commits", "commits/s", bares)
        say(
            "casework.tasks_to_bare", "ratio", [one / other for one, other in zip(rates, bares, strict=True)], least=0.6
        )


def published() -> object:
    """Load the province, open the item, publish our steps by two people; return who handles."""
    from qilian.core.house.principal import SYSTEM
    from qilian.core.offers.offers.api import open_offer
    from qilian.core.rights.grants.api import grant
    from qilian.core.who.people.api import principal_of, register_person
    from qilian.engines.casework.items.api import propose_version, publish_version
    from qilian.web.province import load_province

    load_province()
    people = []
    for login in ("handler", "second"):
        row = register_person(actor=SYSTEM, login=login, name=login)
        grant(actor=SYSTEM, person=row.pk, actions=("casework.*",))
        people.append(principal_of(row))
    open_offer(actor=SYSTEM, path=PATH)
    version = propose_version(actor=people[0], path=PATH, text=TEXT)
    publish_version(actor=people[1], version=version)
    return people[0]


def walk(handler: object, count: int) -> float:
    """Open so many cases and do their tasks; return how many tasks were done in a second."""
    from qilian.core.house.principal import acting
    from qilian.engines.casework.flow.api import Case, complete, open_case, tasks_of

    with acting(handler):  # type: ignore[arg-type] # a principal
        rows = [open_case(actor=handler, path=PATH, data={"变更事项": "住所"}) for _ in range(count)]  # type: ignore[arg-type]
        done, spent = 0, 0.0
        for row in rows:
            while tasks := tasks_of(row):
                began = time.perf_counter()
                row = complete(actor=handler, case=row, step=tasks[0].number, outcome=tasks[0].outcomes[0])  # type: ignore[arg-type]
                spent += time.perf_counter() - began
                done += 1
        ends = set(Case.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", "end"))
    assert ends == {("ended", "办结")} and done == 6 * count, (ends, done)
    return done / spent


def bare(plain: "psycopg.Connection[tuple[object, ...]]") -> None:
    """A thousand narrow rows, each with a commit of its own."""
    for _ in range(1000):
        plain.execute("INSERT INTO bench_bare (said) VALUES ('x')")


if __name__ == "__main__":
    main()
