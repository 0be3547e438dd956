"""A fixture of volume: a log of many events, sealed, laid down by the owner with one statement each.

No verb is called and no digest is true: these rows are there to be listed, counted and searched, not to be verified.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

MILLION, SORTED_MAX = 1_000_000, 1_000
_EVENTS = """
    INSERT INTO core_event (type, version, at, actor, on_behalf, clause, offer, subject, party, unit, region,
                            quantity_unit, currency, data, digest)
    SELECT (ARRAY['spine.plan.registered', 'people.person.registered', 'inbox.item.put'])[1 + n %% 3], 1,
           timestamptz '2026-01-01' + n * interval '1 second', 'system:house', '', 'qinghai-2015/2.7.' || n %% 9, '',
           'test.load:' || n %% 50000, '', 'qh-' || (ARRAY['fgw', 'swt', 'gxt', 'czt'])[1 + n %% 4], '630000', '', '',
           '{}', sha256(n::text::bytea)
    FROM generate_series(1, %s) AS n"""
_SEALS = """
    INSERT INTO core_seal (sequence, event_id, leaf, sealed_at)
    SELECT (SELECT count(*) FROM core_seal) + row_number() OVER (ORDER BY id) - 1, id, digest, at
    FROM core_event WHERE NOT EXISTS (SELECT FROM core_seal WHERE event_id = core_event.id)"""


def lay(count: int) -> None:
    """Lay down events with their seals, as qilian_owner, and let the planner know."""
    place = connection.settings_dict
    with psycopg.connect(host=place["HOST"], user="qilian_owner", dbname=place["NAME"], autocommit=True) as owner:
        owner.execute(_EVENTS, [count])
        owner.execute(_SEALS)
        owner.execute("VACUUM (ANALYZE) core_event, core_seal")


@contextmanager
def listened() -> Iterator[list[str]]:
    """Collect the SELECT statements of a block."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield said
    said += [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]


def whole_reads(statement: str, tables: tuple[str, ...] = ("core_event", "core_seal")) -> list[str]:
    """Return the tables that the plan of a statement reads from end to end, or of which it sorts more than a page."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone()
    steps, found = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]], []
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        reads = step["Node Type"] == "Seq Scan" or (step["Node Type"] == "Sort" and step["Plan Rows"] > SORTED_MAX)
        if reads and _table(step) in tables:
            found.append(f"{step['Node Type']} of {_table(step)}")
    return found


def _table(step: dict[str, object]) -> object:
    """The table under a step; a sort bears that of the step below it."""
    below = step.get("Plans")
    if step["Node Type"] == "Sort" and isinstance(below, list):
        return below[0].get("Relation Name")
    return step.get("Relation Name")
