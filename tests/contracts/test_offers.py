"""The contract of every declared offer, whatever its kind: a whole life, a lawful refusal, and what its list costs.

The demonstration's people act. All tests of this module share one transaction with the province in it, which is rolled
back at the end; each test rolls its own part back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from random import Random
from types import ModuleType

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qilian.core.house.parts.api import parts
from qilian.core.house.principal import Principal
from qilian.core.log.events.api import types, written
from qilian.core.offers.packs.api import offers, packs
from qilian.core.offers.stories.api import Cast, Story, tell
from qilian.core.values.text import Refusal
from qilian.core.who.people.models import Person
from qilian.web import demo

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
TELLERS = {kind: module for part in parts() for kind, module in part.tellers.items()}
OFFERS = [(path, kind) for kind in TELLERS for path in offers(kind)]
each_offer = pytest.mark.parametrize(("path", "kind"), OFFERS, ids=[path for path, _ in OFFERS])


@dataclass(frozen=True)
class House:
    """The province with its people."""

    cast: Cast

    def client(self, login: str = "", language: str = "zh") -> Client:
        """A browser of one of the figures, or of a visitor."""
        browser = Client()
        browser.cookies["language"] = language
        if login:
            browser.force_login(Person.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend")
        return browser


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:
    """One province for all tests here: made once, never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load_province()
        yield House(demo.cast_from(START))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def apart(house: House) -> Iterator[None]:
    """Each test leaves the province as it found it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def teller(kind: str) -> ModuleType:
    return import_module(TELLERS[kind])


def month(path: str, kind: str, house: House) -> tuple[str, ...]:
    """Tell the month of an offer and return the refusals that were met."""
    return tell(partial(teller(kind).month, path), seed=7, start=START, cast=house.cast).refusals


def keeper(path: str) -> str:
    return path.partition("/")[0]


def test_offers_of_every_kind_with_an_engine_are_declared() -> None:
    assert OFFERS and {kind for _, kind in OFFERS} == set(TELLERS)
    taken = {part.prefix.strip("/") for part in parts()}
    assert not taken & {pack.slug for pack in packs()}, "a part's prefix would hide a pack's page"


@each_offer
def test_it_is_carried_through_a_whole_life_and_meets_a_lawful_refusal(path: str, kind: str, house: House) -> None:
    refusals = month(path, kind, house)
    proven = {type_.proves for type_ in types().values() for event in written().filter(offer=path, type=type_.name)}
    assert {"opened", "used"} <= proven
    assert "grants.denied" in refusals and set(refusals) != {"grants.denied"}
    clauses = {event.clause for event in written().filter(offer=path)}
    assert len(clauses) == 1 and "" not in clauses, "every fact of an offer names its clause"


@each_offer
def test_without_a_grant_nothing_happens(path: str, kind: str, house: House) -> None:
    before = written().count()

    def nobody(login: str) -> Principal:
        return Principal("person", code=login, name=login)

    with pytest.raises(Refusal) as refused:
        tell(partial(teller(kind).month, path), seed=7, start=START, cast=nobody)
    assert refused.value.code == "grants.denied" and written().count() == before


SHAPES = {(kind, getattr(offers(kind)[path], "of_parties", None)): (path, kind) for path, kind in reversed(OFFERS)}


@pytest.mark.parametrize(("path", "kind"), SHAPES.values(), ids=[path for path, _ in SHAPES.values()])
def test_a_list_costs_the_same_at_ten_and_a_hundred_rows(path: str, kind: str, house: House) -> None:
    """One offer of each kind and sort of subject: the pages are the same code for all."""
    month(path, kind, house)
    official = house.client(keeper(path))
    counted = []
    for rows in (10, 90):
        crowd(path, kind, rows, house)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert official.get(f"/{path}/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 40


def crowd(path: str, kind: str, rows: int, house: House) -> None:
    def many(_chance: Random) -> Story:
        return teller(kind).crowd(path, rows)

    tell(many, seed=1, start=START, cast=house.cast)
