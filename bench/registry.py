"""Importing and searching parties beside a peer in the same run: rows with all checks against one INSERT a row.

    python -P bench/registry.py [--parties 1000000] [--peer 2000] [--searches 60] [--checked 12]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a PostgreSQL of its own, as safe as in service (fsync, synchronous commit); --socket names the folder of
another one; each line says which. The import is the verb of the sheet, from the bytes of the file to the commit, by the
system, whose rights are not looked up. Its limit is COPY of the finished rows into a table with the same indexes
(`limit_copy`), its peer the verb `register_party` row by row; before the file is imported, that verb registers its
first rows and rolls them back: both must leave every column alike.

Searches are fragments of two to four characters of generated names: a page of fifty in the order of sounds and a count
capped at 501 each, as the list of parties asks. They are made twice: right after the import, when no name has a sound
and nothing was analysed, and with sounds, in a vacuumed and analysed table. Their peer is the same query left to the
planner. Equal-output check: the first ones (--checked) are compared with a scan of all names.
"""

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.standing import OWNER, address, database, say, server  # noqa: E402 the path comes first

DATABASE = f"bench_registry_{os.getpid()}"
FLOOR_TABLE = "CREATE TABLE bench_party (LIKE registry_party INCLUDING ALL)"
SAMPLE = 200
PLACES = ("青海", "西宁", "海东", "格尔木", "德令哈", "互助", "湟中", "大通", "玉树", "果洛")
TRADES = (
    "检测",
    "物流",
    "商贸",
    "科技",
    "咨询",
    "广告",
    "文化",
    "生态",
    "能源",
    "盐湖",
    "枸杞",
    "牦牛",
    "担保",
    "租赁",
    "环保",
)
SYLLABLES = (
    "昆仑祁连玉珠峰天湖云海金源绿洲恒泰瑞丰盛达宏远鑫隆嘉禾博雅凯旋卓越新启明华晨曦龙腾凤翔雪莲高原三江江河源圣泉"
)
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
REGIONS = ("630102", "630103", "630104", "630105", "630202", "630203", "632801", "632802", "630121", "630223")
INDUSTRIES = ("7452", "5431", "5132", "6513", "7241", "7251", "8810", "7721", "4412", "0159")


def main() -> None:
    """Make a database of our own, import and search, print the lines, drop the database."""
    options = arguments()
    with server(options.socket) as socket, database(socket, DATABASE, FLOOR_TABLE):
        os.environ["BENCH_SOCKET"] = socket
        load_divisions()
        sample = min(options.parties, SAMPLE)
        verb = by_the_verb(sample)
        used = time.process_time()
        seconds = bulk(options.parties)
        used = time.process_time() - used
        assert len(verb) == sample and columns_of(sample) == verb, "the two ways leave different facts"
        rate, told = options.parties / seconds, {"rows": options.parties}
        say("registry.import_with_all_checks", "rows/s", [rate], least=20_000, **told)
        say("registry.import_client_cpu", "µs a row", [1e6 * used / options.parties], **told)
        limit = options.parties / copying()
        say("registry.limit_copy", "rows/s", [limit], **told)
        say("registry.import_to_limit", "ratio", [rate / limit], **told)
        one = options.peer / peer(options.peer, first=5_000_000)
        say("registry.peer_verb_a_row", "rows/s", [one], rows=options.peer)
        say("registry.import_to_peer", "ratio", [rate / one], **told)
        say("registry.peak_memory", "MiB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], **told)
        wanted = fragments(options.searches)
        report("fragment_search_just_imported", [milliseconds(cut_page, each) for each in wanted], options)
        give_sounds()
        check(wanted[: options.checked])
        waits = [(milliseconds(cut_page, each), milliseconds(plain_page, each)) for each in wanted]
        report("fragment_search", [ours for ours, _ in waits], options, most=50)
        report("fragment_search_left_to_the_planner", [plain for _, plain in waits], options)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", default="", help="the socket folder of a throw-away PostgreSQL")
    parser.add_argument("--parties", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=2_000)
    parser.add_argument("--searches", type=int, default=60)
    parser.add_argument("--checked", type=int, default=12)
    return parser.parse_args()


def rows(first: int, count: int) -> Iterator[tuple[str, ...]]:
    """Generate sound rows: name, code, region, industry, address, day."""
    from qilian.engines.registry.parties.api import check_character

    chance = random.Random(first)
    for number in range(first, first + count):
        brand = "".join(chance.sample(SYLLABLES, chance.choice((2, 2, 3, 4))))
        name = f"{chance.choice(PLACES)}{brand}{chance.choice(TRADES)}{chance.choice(FORMS)}"
        region = chance.choice(REGIONS)
        code = f"91{region}MA{number:07d}"
        address = f"{chance.choice(PLACES)}路{number % 9973}号"
        yield name, code + check_character(code), region, chance.choice(INDUSTRIES), address, "2020-05-01"


def bulk(count: int) -> float:
    """Import a file of so many rows through the sheet's verb, from bytes to commit; return the seconds."""
    from qilian.core.house.principal import SYSTEM
    from qilian.core.papers.sheets.api import read_csv
    from qilian.core.values.text import Ref
    from qilian.engines.registry.importing.services import apply

    head = "名称,统一社会信用代码,行政区划,行业代码,住所,成立日期"
    content = "\n".join([head, *map(",".join, rows(1, count)), ""]).encode()
    began = time.perf_counter()
    assert apply(actor=SYSTEM, lines=read_csv(content), subject=Ref("core.import", "bench")) == count
    return time.perf_counter() - began


def peer(count: int, first: int) -> float:
    """Register as many rows from that one on, one by one through the verb; return the seconds."""
    from datetime import date

    from qilian.core.house.principal import SYSTEM
    from qilian.engines.registry.parties.api import Facts, register_party

    began = time.perf_counter()
    for name, code, region, industry, place, day in rows(first, count):
        established = date.fromisoformat(day)
        known = {"region": region, "industry": industry, "address": place, "established": established}
        register_party(actor=SYSTEM, facts=Facts("", name, code, **known))
    return time.perf_counter() - began


def copying() -> float:
    """The limit: the finished rows are written again by one COPY into a table with the same indexes; its seconds."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE, OWNER)) as owner:
        with owner.cursor().copy(b"COPY registry_party TO STDOUT") as copy:
            lines = b"".join(copy)
        began = time.perf_counter()
        with owner.cursor().copy(b"COPY bench_party FROM STDIN") as copy:
            copy.write(lines)
        owner.commit()
        took = time.perf_counter() - began
        owner.execute("TRUNCATE bench_party")
    return took


def by_the_verb(count: int) -> dict[str, dict[str, object]]:
    """What the verb leaves of the first rows, by code: registered one by one, read, and rolled back."""
    from django.db import transaction

    with transaction.atomic():
        peer(count, first=1)
        found = columns_of(count)
        transaction.set_rollback(True)
    return found


def columns_of(count: int) -> dict[str, dict[str, object]]:
    """Every column of the first rows as they stand, but keys, codes and moments that chance and the clock give."""
    from qilian.engines.registry.parties.models import Party

    given = ("id", "code", "origin", "registered_at", "pinyin", "initials")
    names = [field.attname for field in Party._meta.concrete_fields if field.attname not in given]
    wanted = [row[1] for row in rows(1, count)]
    return {found["uscc"]: found for found in Party.objects.filter(uscc__in=wanted).values(*names)}


def give_sounds(name: str = DATABASE) -> None:
    """Give every name of a database its sound as the worker would, character by character, and tidy the table up."""
    from pypinyin import lazy_pinyin

    letters = sorted(set("".join((*PLACES, *TRADES, *FORMS, SYLLABLES))))
    sounds = json.dumps({letter: lazy_pinyin(letter)[0] for letter in letters})
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], name, OWNER), autocommit=True) as owner:
        owner.execute(
            """UPDATE registry_party SET pinyin = (
                   SELECT string_agg(%s::jsonb ->> letter, '' ORDER BY place)
                   FROM regexp_split_to_table(name_key, '') WITH ORDINALITY AS one (letter, place))""",
            [sounds],
        )
        owner.execute("VACUUM FULL ANALYZE registry_party")


def fragments(count: int) -> list[str]:
    """Fragments of the first names."""
    chance = random.Random(7)
    names, found = [row[0] for row in rows(1, 500)], []
    for _ in range(count):
        name, length = chance.choice(names), chance.choice((2, 2, 3, 4))
        start = chance.randrange(len(name) - length)
        found.append(name[start : start + length])
    return found


def cut_page(fragment: str) -> tuple[list[Any], int]:
    """A page of fifty and the capped count, as the list of parties asks."""
    from qilian.core.house.tables import cut
    from qilian.engines.registry.parties.api import search_parties

    page, total = cut(search_parties(fragment).order_by("pinyin", "pk"), 0, 51)
    assert page and total >= len(page)
    return page, total


def plain_page(fragment: str) -> tuple[list[Any], int]:
    """The same as two queries that are left to the planner."""
    from qilian.engines.registry.parties.api import search_parties

    found = search_parties(fragment).order_by("pinyin", "pk")
    return list(found[:51]), found.order_by()[:501].count()


def milliseconds(search: Callable[[str], object], fragment: str) -> float:
    """Milliseconds of a search."""
    began = time.perf_counter()
    search(fragment)
    return 1000 * (time.perf_counter() - began)


def check(wanted: list[str]) -> None:
    """Compare pages and counts of some fragments with a scan of all names."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE)) as scan:
        for fragment in wanted:
            found = scan.execute(
                "SELECT id FROM registry_party WHERE strpos(names_key, %s) > 0 ORDER BY pinyin, id LIMIT 501",
                [fragment],
            ).fetchall()
            page, total = cut_page(fragment)
            assert [row.pk for row in page] == [key for (key,) in found[:51]], fragment
            assert total == len(found), fragment


def report(measure: str, waits: list[float], options: argparse.Namespace, most: float | None = None) -> None:
    """Print the median and the 95th percentile of some waits."""
    told = {"rows": options.parties, "users": 1, "searches": len(waits)}
    say(f"registry.{measure}_p50", "ms", [statistics.median(waits)], **told)
    say(f"registry.{measure}_p95", "ms", [sorted(waits)[int(len(waits) * 0.95)]], most=most, **told)


def load_divisions() -> None:
    """Load the divisions that rows name."""
    from qilian.core.house.principal import SYSTEM
    from qilian.core.who.regions.api import load_regions

    divisions = (ROOT / "plan/qinghai-2015/regions.csv").read_text(encoding="utf-8")
    load_regions(actor=SYSTEM, text=divisions, source="bench")


if __name__ == "__main__":
    main()
