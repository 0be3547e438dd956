"""Taking the next number of a series."""

from django.db import transaction

from .models import Series


def next_number(name: str, year: int) -> int:
    """Take the next number of a series in a year, from 1 on; whoever else wants one waits until the transaction ends.

    A transaction that is rolled back gives its number back, so that none is missing (GB/T 9704-2012 7.2.5: numbers of
    documents run without gaps within a year). RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken within the transaction that uses it")
    Series.objects.get_or_create(name=name, year=year)
    row = Series.objects.select_for_update().get(name=name, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
