"""Importing and searching parties beside a peer in the same run: rows with all checks against one INSERT a row.

    python -P bench/registry.py [--parties 1000000] [--peer 2000] [--searches 60] [--checked 12]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a throw-away PostgreSQL of its own; --socket names the folder of another one. Prints one JSON line for each
measure. The peer registers rows one by one through the verb `register_party`; before the file is imported, the verb
registers its first rows and rolls them back: both must leave every column alike.

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
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
DATABASE = f"bench_registry_{os.getpid()}"
OWNER, APP = "qilian_owner", "qilian_app"
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
    with server(options.socket) as socket, fresh_database(socket):
        sample = min(options.parties, SAMPLE)
        verb = by_the_verb(sample)
        seconds = {"bulk": bulk(options.parties), "peer": peer(options.peer, first=5_000_000)}
        assert len(verb) == sample and columns_of(sample) == verb, "the two ways leave different facts"
        say("import_with_all_checks", options.parties / seconds["bulk"], "rows/s", target=20_000)
        say("peer_verb_a_row", options.peer / seconds["peer"], "rows/s")
        say("ratio", options.parties / seconds["bulk"] / (options.peer / seconds["peer"]), "times")
        say("peak_memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")
        wanted = fragments(options.searches)
        report("fragment_search_just_imported", [timed(cut_page, each) for each in wanted])
        give_sounds()
        check(wanted[: options.checked])
        waits = [(timed(cut_page, each), timed(plain_page, each)) for each in wanted]
        report("fragment_search", [ours for ours, _ in waits], target=50)
        report("fragment_search_left_to_the_planner", [plain for _, plain in waits])


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", default="", help="the socket folder of a throw-away PostgreSQL")
    parser.add_argument("--parties", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=2_000)
    parser.add_argument("--searches", type=int, default=60)
    parser.add_argument("--checked", type=int, default=12)
    return parser.parse_args()


@contextmanager
def server(socket: str) -> Iterator[str]:
    """Have the named server, or one of our own for the block; give its socket's folder."""
    sys.path.insert(0, str(ROOT / "src"))
    from qilian.core.machine.postgres.api import leased, throw_away

    if socket:
        yield socket
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with leased(throw_away(Path(folder) / "var"), lambda *_words: None) as running:
            yield str(running.place.socket)


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
    from qilian.engines.registry.parties.services.importing import apply

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


def give_sounds() -> None:
    """Give every name its sound as the worker would, character by character, and tidy the table up."""
    from pypinyin import lazy_pinyin

    letters = sorted(set("".join((*PLACES, *TRADES, *FORMS, SYLLABLES))))
    sounds = json.dumps({letter: lazy_pinyin(letter)[0] for letter in letters})
    with psycopg.connect(**address(OWNER), autocommit=True) as owner:
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


def timed(search: Callable[[str], object], fragment: str) -> float:
    """Milliseconds of a search."""
    began = time.perf_counter()
    search(fragment)
    return 1000 * (time.perf_counter() - began)


def check(wanted: list[str]) -> None:
    """Compare pages and counts of some fragments with a scan of all names."""
    with psycopg.connect(**address(APP)) as scan:
        for fragment in wanted:
            found = scan.execute(
                "SELECT id FROM registry_party WHERE strpos(names_key, %s) > 0 ORDER BY pinyin, id LIMIT 501",
                [fragment],
            ).fetchall()
            page, total = cut_page(fragment)
            assert [row.pk for row in page] == [key for (key,) in found[:51]], fragment
            assert total == len(found), fragment


def report(measure: str, waits: list[float], target: float | None = None) -> None:
    """Print the median and the 95th percentile of some waits."""
    say(f"{measure}_p50", statistics.median(waits), "ms")
    say(f"{measure}_p95", sorted(waits)[int(len(waits) * 0.95)], "ms", target=target)


def say(measure: str, value: float, unit: str, target: float | None = None) -> None:
    """Print one line."""
    print(json.dumps({"measure": measure, "value": round(value, 1), "unit": unit, "target": target}), flush=True)


def address(role: str) -> dict[str, str]:
    """Where the database is."""
    return {"host": os.environ["QILIAN_TEST_SOCKET"], "dbname": DATABASE, "user": role}


@contextmanager
def fresh_database(socket: str) -> Iterator[None]:
    """Make the database, lay its tables, load the divisions; drop it in the end."""
    os.environ |= {"QILIAN_TEST_SOCKET": socket, "QILIAN_MODE": "test", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
    sys.path.insert(0, str(ROOT / "src"))
    import django

    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        for role in (OWNER, APP):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                admin.execute(f"CREATE ROLE {role} LOGIN")
        admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            django.setup()
            lay_tables(socket)
            yield
        finally:
            from django.db import connection

            connection.close()
            admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def lay_tables(socket: str) -> None:
    """Migrate as the owner, then go on as the application."""
    from django.core.management import call_command
    from django.db import connection

    from qilian.core.house.principal import SYSTEM
    from qilian.core.machine.postgres.protect import protect
    from qilian.core.who.regions.api import load_regions

    settings = {"HOST": socket, "NAME": DATABASE, "PASSWORD": "", "PORT": ""}
    connection.settings_dict.update(settings, USER=OWNER)
    call_command("migrate", run_syncdb=True, verbosity=0)
    protect(connection)
    connection.close()
    connection.settings_dict.update(settings, USER=APP)
    divisions = (ROOT / "plan/qinghai-2015/regions.csv").read_text(encoding="utf-8")
    load_regions(actor=SYSTEM, text=divisions, source="bench")


if __name__ == "__main__":
    main()
