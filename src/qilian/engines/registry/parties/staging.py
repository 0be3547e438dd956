"""The temporary table through which a file of parties travels: filled by COPY, compared and applied set by set."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

COLUMNS = (
    "kind", "uscc", "old_code", "name", "short", "name_key", "names_key", "grams", "address", "address_key", "region",
    "industry", "industry_edition", "section", "service", "ownership", "holding", "functions", "website", "established",
)  # fmt: skip
_ARRAYS = ("grams", "functions")
_TYPES = dict.fromkeys(_ARRAYS, "varchar[]") | {"established": "date"}
_BEGIN = f"""
    CREATE TEMPORARY TABLE registry_staging (
        row integer, code text, party bigint, {", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in COLUMNS)}
    ) ON COMMIT DROP"""
_COPY = f"COPY registry_staging (row, code, {', '.join(COLUMNS)}) FROM STDIN"
_KNOWN = (
    """UPDATE registry_staging AS staged SET party = known.id FROM registry_party AS known
       WHERE staged.uscc <> '' AND known.uscc <> '' AND known.uscc = staged.uscc""",
    """UPDATE registry_staging AS staged SET party = known.id FROM registry_party AS known
       WHERE staged.party IS NULL AND staged.uscc = '' AND known.old_code <> '' AND known.old_code = staged.old_code
         AND known.uscc = '' AND known.merged_into_id IS NULL""",
)
_TWICE = """
    SELECT row, first, shown FROM (
        SELECT row, min(row) OVER (PARTITION BY uscc, CASE WHEN uscc = '' THEN old_code END) AS first,
               coalesce(nullif(uscc, ''), old_code) AS shown
        FROM registry_staging) AS numbered
    WHERE row <> first ORDER BY row LIMIT 1001"""
_CLASHES = """
    SELECT staged.row, known.status, known.name, known.status_on, survivor.name, staged.name
    FROM registry_staging AS staged
    JOIN registry_party AS known ON known.id = staged.party
    LEFT JOIN registry_party AS survivor ON survivor.id = known.merged_into_id
    WHERE known.status IN ('closed', 'merged') OR known.name <> staged.name
    ORDER BY staged.row LIMIT 1001"""
FACTS = (
    "kind", "uscc", "old_code", "short", "address", "region", "industry", "service", "ownership", "holding", "website",
)  # fmt: skip
_DIFFERS = " OR ".join(f"(staged.{name} <> '' AND staged.{name} <> known.{name})" for name in FACTS)
_CHANGED = f"""
    SELECT staged.party, {", ".join(f"staged.{name}" for name in FACTS)}, staged.functions, staged.established
    FROM registry_staging AS staged JOIN registry_party AS known ON known.id = staged.party
    WHERE {_DIFFERS} OR (staged.functions <> '{{}}' AND staged.functions <> known.functions)
       OR staged.established <> known.established OR (staged.established IS NOT NULL AND known.established IS NULL)
    ORDER BY staged.row"""
_INSERT = f"""
    INSERT INTO registry_party (
        code, {", ".join(COLUMNS)}, name_since, pinyin, initials, size, status, status_on, registered_at, origin)
    SELECT code, {", ".join(COLUMNS)}, established, '', '', '', 'active', coalesce(established, %s), %s, %s
    FROM registry_staging WHERE party IS NULL ORDER BY row
    ON CONFLICT DO NOTHING"""


class Clash(NamedTuple):
    """A row whose code is registered already under another name, or by a party that is closed or merged."""

    row: int
    status: str
    name: str
    since: date
    survivor: str | None
    written: str


@contextmanager
def filling() -> Iterator[Any]:
    """Make the table and fill it: yields a function that takes row number, code and the values of COLUMNS."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS registry_staging")
        cursor.execute(_BEGIN)
        with cursor.copy(_COPY) as copy:
            yield copy.write_row
        cursor.execute("ANALYZE registry_staging")
        for statement in _KNOWN:
            cursor.execute(statement)


def twice() -> list[tuple[int, int, str]]:
    """Rows whose code stands in an earlier row: row, first row, code."""
    return [(int(row), int(first), str(code)) for row, first, code in _all(_TWICE)]


def clashes() -> list[Clash]:
    """Rows that the register does not take."""
    return [Clash(*values) for values in _all(_CLASHES)]


def count_known() -> int:
    """How many rows are of parties that are registered already."""
    return int(_all("SELECT count(*) FROM registry_staging WHERE party IS NOT NULL")[0][0])


def changed() -> dict[int, dict[str, Any]]:
    """What the file says of known parties that differs from the register: by primary key, only what it says."""
    found: dict[int, dict[str, Any]] = {}
    for key, *values in _all(_CHANGED):
        said = dict(zip((*FACTS, "functions", "established"), values, strict=True))
        found[int(key)] = {name: value for name, value in said.items() if value}
    return found


def insert_new(*, origin: str, today: date, now: datetime) -> int:
    """Register all rows whose code nobody has; return how many there are now."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [today, now, origin])
        return int(cursor.rowcount)


def _all(statement: str) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
