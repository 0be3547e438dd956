"""A page of a list is what slicing gives, whether its filter finds nothing, few rows or more than are counted."""

import pytest
from django.db.models import Count, F, Q, QuerySet

from qilian.core.house.tables import SAMPLE, taken
from qilian.core.values import clock
from qilian.core.who.people.api import Person

pytestmark = pytest.mark.django_db
MANY = SAMPLE + 40


@pytest.fixture
def people() -> QuerySet[Person]:
    Person.objects.bulk_create(
        Person(login=f"p{n}", name=f"人{n % 7}", language="en" if n % 90 == 0 else "zh", created_at=clock.now())
        for n in range(MANY)
    )
    return Person.objects.filter(login__startswith="p").order_by(F("name").desc(), "-pk")


CONDITIONS = [
    Q(),
    Q(language="en"),
    Q(language="en") | Q(name="人3"),
    Q(name="无"),
    Q(name="人1", language="en"),
    ~Q(name="人0"),
]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize(("start", "stop"), [(0, 51), (50, 101), (0, 3), (2_000, 2_051)])
def test_a_page_is_what_slicing_gives(people: QuerySet[Person], condition: Q, start: int, stop: int) -> None:
    rows = people.filter(condition)
    assert taken(rows, start, stop) == (list(rows[start:stop]), min(rows.count(), SAMPLE))


def test_rows_that_cannot_be_narrowed_are_sliced_as_they_are(people: QuerySet[Person]) -> None:
    one, other = people.filter(language="en"), people.filter(name="人3")
    united = one.order_by().union(other.order_by()).order_by("login")
    assert taken(united, 0, 5) == (list(united[:5]), united.count())
    counted = one.annotate(held=Count("posts")).distinct()
    assert taken(counted, 0, 5) == (list(counted[:5]), one.count())
    everybody = Person.objects.order_by("-pk")
    assert taken(everybody, 0, 5) == (list(everybody[:5]), min(everybody.count(), SAMPLE))


def test_a_page_of_few_hits_costs_two_queries_and_one_of_none_one(
    people: QuerySet[Person], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):
        assert taken(people.filter(language="en"), 0, 51)[1] == len(range(0, MANY, 90))
    with django_assert_num_queries(1):
        assert taken(people.filter(name="无"), 0, 51) == ([], 0)
