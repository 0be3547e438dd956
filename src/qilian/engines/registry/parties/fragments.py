"""Fragments of names: by the index of bigrams where they are rare, along the order of the list where they are frequent.

The planner takes neighbouring bigrams for independent and thinks that a frequent fragment (租赁有) is rare: it would
read and sort tens of thousands of rows for a page of fifty. Here the frequencies that PostgreSQL keeps of single
bigrams decide, and where all of them are frequent a look at the first few hundred rows.
"""

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from .kernel.names import bigrams
from .models import Party

_FREQUENT = 0.007  # of all rows: there a page along the order costs what reading and sorting all matches does
_MANY = 501
_FREQUENCIES = """
    SELECT known.frequency
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known (pair, frequency)
    WHERE schemaname = current_schema() AND tablename = 'registry_party' AND attname = 'grams'
      AND known.pair = ANY (%s)"""


def named(key: str) -> Q:
    """The condition that a name of any time holds a key; of a single character, that the name begins with it."""
    if len(key) == 1:
        return Q(name_key__startswith=key)
    pairs = bigrams([key])
    along = Q(GreaterThan(StrIndex(F("names_key"), Value(key)), 0))  # the planner takes a third of all rows for found
    if not pairs:
        return along
    indexed = Q(grams__contains=pairs)
    if len(key) == 2:
        return indexed
    indexed &= Q(names_key__contains=key)
    return along if _frequent(pairs) and _many(indexed) else indexed


def _frequent(pairs: list[str]) -> bool:
    """Whether every one of the bigrams stands in very many names, by the statistics of the last ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES, [pairs])
        found = [frequency for (frequency,) in cursor.fetchall()]
    return len(found) == len(pairs) and min(found) > _FREQUENT


def _many(indexed: Q) -> bool:
    return Party.objects.filter(indexed).order_by()[:_MANY].count() == _MANY
