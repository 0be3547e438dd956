"""Numbers run without gaps: also when a transaction is rolled back, and when many want one at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from qilian.core.papers.series.api import next_number


class GivenUpError(Exception):
    """Somebody changed his mind."""


def take(number: int) -> int:
    """Take one in a thread of its own; every third one is given up."""
    try:
        with transaction.atomic():
            found = next_number("many", 2026)
            if number % 3 == 0:
                raise GivenUpError
            return found
    except GivenUpError:
        return 0
    finally:
        connection.close()


@pytest.mark.django_db
def test_each_series_and_year_has_its_own() -> None:
    taken = [next_number("a", 2026), next_number("a", 2026), next_number("b", 2026), next_number("a", 2027)]
    assert taken == [1, 2, 1, 1]


@pytest.mark.usefixtures("committing")
def test_none_is_skipped_and_none_is_given_twice() -> None:
    with ThreadPoolExecutor(4) as pool:
        taken = sorted(number for number in pool.map(take, range(24)) if number)
    assert taken == list(range(1, 17))


@pytest.mark.usefixtures("committing")
def test_a_number_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="within the transaction"):
        next_number("a", 2026)
