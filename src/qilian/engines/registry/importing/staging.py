"""The temporary table through which a file of parties travels: filled by COPY, compared and applied set by set."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

COLUMNS = (
    "kind", "uscc", "old_code", "name", "short", "name_key", "names_key", "grams", "address", "address_key", "region",
    "industry", "industry_edition", "section", "service", "ownership", "holding", "functions", "website", "established",
)  # fmt: skip
_ARRAYS = ("grams", "functions")
_TYPES = dict.fromkeys(_ARRAYS, "varchar[]") | {"established": "date"}
_BEGIN = (
    "DROP TABLE IF EXISTS registry_staging",
    f"""CREATE TEMPORARY TABLE registry_staging (
        row integer, code text, party bigint, {", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in COLUMNS)}
    ) ON COMMIT DROP""",
    "CREATE INDEX ON registry_staging (row)",
    "SET LOCAL gin_pending_list_limit = '32MB'",  # the bigrams of many rows are folded into their index at once
    "SET LOCAL work_mem = '64MB'",
)
_COPY = f"COPY registry_staging (row, code, {', '.join(COLUMNS)}) FROM STDIN"
_STATISTICS = "ANALYZE registry_staging (uscc, old_code, party)"
_KNOWN = (
    """UPDATE registry_staging AS staged SET party = known.id FROM registry_party AS known
       WHERE staged.uscc <> '' AND known.uscc <> '' AND known.uscc = staged.uscc AND known.code <> staged.code""",
    """UPDATE registry_staging AS staged SET party = known.id FROM registry_party AS known
       WHERE staged.party IS NULL AND staged.uscc = '' AND known.old_code <> '' AND known.old_code = staged.old_code
         AND known.uscc = '' AND known.merged_into_id IS NULL AND known.code <> staged.code""",
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
    FROM registry_staging AS staged
    WHERE row BETWEEN %s AND %s AND (uscc <> '' OR NOT EXISTS (
        SELECT FROM registry_party AS known
        WHERE known.old_code <> '' AND known.old_code = staged.old_code AND known.uscc = ''
          AND known.merged_into_id IS NULL))
    ORDER BY row
    ON CONFLICT DO NOTHING"""
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Clash(NamedTuple):
    """A row whose code is registered already under another name, or by a party that is closed or merged."""

    row: int
    status: str
    name: str
    since: date
    survivor: str | None
    written: str


def copy_line(row: int, code: str, texts: Sequence[str], day: date | None) -> str:
    """A row as COPY reads it: its number, its code, the texts of COLUMNS (arrays by `copy_array`), and the last, a day.

    >>> copy_line(2, "k7", ["甲", "a\\tb"], None)
    '2\\tk7\\t甲\\ta\\\\tb\\t\\\\N\\n'
    """
    whole = "".join(texts)
    if "\\" in whole or not whole.isprintable():
        texts = [text.translate(_ESCAPES) for text in texts]
    return "\t".join((str(row), code, *texts, day.isoformat() if day else r"\N")) + "\n"


def copy_array(items: Sequence[str]) -> str:
    """A list as PostgreSQL writes arrays of text.

    >>> copy_array(["昆仑", 'a"b'])
    '{"昆仑","a\\\\"b"}'
    """
    if items and not "".join(items).isalnum():
        items = ['"' + item.replace("\\", r"\\").replace('"', r"\"") + '"' for item in items]
    return "{" + ",".join(items) + "}"


def begin() -> None:
    """Make the table, empty, until the transaction ends."""
    with connection.cursor() as cursor:
        for statement in _BEGIN:
            cursor.execute(statement)


def load(lines: Iterable[str]) -> None:
    """Put lines of `copy_line` into the table."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write("".join(lines))


def find_known() -> int:
    """Find the rows whose code somebody else has in the register; return how many."""
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        for statement in _KNOWN:
            cursor.execute(statement)
            count += cursor.rowcount
    return count


def twice() -> list[tuple[int, int, str]]:
    """Rows whose code stands in an earlier row: row, first row, code."""
    return [(int(row), int(first), str(code)) for row, first, code in _all(_TWICE)]


def clashes() -> list[Clash]:
    """Rows that the register does not take."""
    return [Clash(*values) for values in _all(_CLASHES)]


def changed() -> dict[int, dict[str, Any]]:
    """What the file says of known parties that differs from the register: by primary key, only what it says."""
    found: dict[int, dict[str, Any]] = {}
    for key, *values in _all(_CHANGED):
        said = dict(zip((*FACTS, "functions", "established"), values, strict=True))
        found[int(key)] = {name: value for name, value in said.items() if value}
    return found


def insert_new(first: int, last: int, *, origin: str, today: date, now: datetime) -> int:
    """Register the rows of these numbers, both included, whose code nobody has; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [today, now, origin, first, last])
        return int(cursor.rowcount)


def _all(statement: str) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
