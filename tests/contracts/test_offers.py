"""The contract of every declared offer, whatever its kind: a whole life, a lawful refusal, pages, doors, JSON.

The demonstration's people act. All tests of this module share one transaction with the province in it, which is rolled
back at the end; each test rolls its own part back.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import unescape
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
RECORDS = 2
LINK = re.compile(r'href="(/[^"#]*)"')
FORM = re.compile(r'<form[^>]*method="post"[^>]*>', re.IGNORECASE)
ACTION = re.compile(r'action="([^"]*)"')


@dataclass(frozen=True)
class House:
    """The province with its people."""

    cast: Cast

    def client(self, login: str = "", language: str = "zh") -> Client:
        """A browser of one of the figures, or of a visitor."""
        browser = Client()
        browser.cookies["language"] = language
        if login:
            browser.force_login(
                Person.objects.get(login=login), backend="allauth.account.auth_backends.AuthenticationBackend"
            )
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


def stranger(path: str) -> str:
    """The official of another section: he has the same rights, and not here."""
    return next(pack.slug for pack in packs() if pack.slug != keeper(path))


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


@each_offer
def test_its_pages_answer_and_let_no_stranger_act(path: str, kind: str, house: House) -> None:
    month(path, kind, house)
    official, public = house.client(keeper(path)), house.client()
    seen = crawl(official, path)
    shown = crawl(house.client("", "en"), path)
    assert f"/{path}/" in shown and len(shown) >= 3
    doors = {door for place in seen for door in forms(official, place)}
    english = house.client(keeper(path), "en")
    assert all(english.get(door).status_code in (200, 405) for door in doors)
    assert doors, "an official finds something to do"
    before = written().count()
    other = house.client(stranger(path))
    for door in sorted(doors):
        assert other.post(door).status_code == 403, f"a stranger got through {door}"
        assert public.post(door).status_code == 403, f"a visitor got through {door}"
    assert written().count() == before


@each_offer
def test_it_speaks_json_under_the_same_address(path: str, kind: str, house: House) -> None:
    month(path, kind, house)
    public, official = house.client(), house.client(keeper(path))
    schema = public.get("/api/v1/openapi.json").json()
    operations = {place: methods for place, methods in schema["paths"].items() if f"{{{kind}}}" in place}
    assert any("get" in methods for methods in operations.values())
    assert any("post" in methods for methods in operations.values())
    before = written().count()
    other = house.client(stranger(path))
    for place, methods in operations.items():
        address = place.replace(f"{{{kind}}}", path)
        if "get" in methods and "{" not in address:
            assert public.get(address).status_code == 200, address
        if "post" in methods:
            body = sample(schema, methods["post"])
            for code in codes(official, path, address) if "{" in address else [""]:
                filled = re.sub(r"{\w+}", code, address)
                answer = other.post(filled, json.dumps(body), content_type="application/json")
                assert answer.status_code == 403, f"{filled} answered {answer.status_code} {answer.content[:200]!r}"
    assert written().count() == before


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


def crawl(client: Client, path: str) -> set[str]:
    """Follow the links below an offer; each page answers 200. Of records two of each sort are enough."""
    found: set[str] = set()
    waiting, met = [f"/{path}/"], Counter[str]()
    while waiting:
        place = waiting.pop()
        sort = re.sub(r"[0-9a-z]{26}", "*", place)
        if place in found or ("*" in sort and met[sort] >= RECORDS):
            continue
        met[sort] += 1
        found.add(place)
        answer = client.get(place)
        assert answer.status_code == 200, f"{place} answers {answer.status_code}"
        links = {unescape(link).partition("?")[0] for link in LINK.findall(answer.content.decode())}
        waiting += sorted(link for link in links if link.startswith(f"/{path}/"))
    return found


def forms(client: Client, place: str) -> set[str]:
    """The addresses that the forms of a page post to, those of the layout apart."""
    doors = set()
    for form in FORM.findall(client.get(place).content.decode()):
        action = ACTION.search(form)
        target = unescape(action.group(1)) if action and action.group(1) else place
        if target.startswith(f"/{'/'.join(place.split('/')[1:3])}/"):
            doors.add(target)
    return doors


def codes(client: Client, path: str, address: str) -> list[str]:
    """The public code of one record of the sort that an address is about, as the offer's pages link to it."""
    sort = address.partition("{")[0].rstrip("/").rpartition("/")[2]
    found: list[str] = []
    for place in (f"/{path}/", f"/{path}/{sort}/"):
        page = client.get(place).content.decode()
        found += re.findall(rf'href="/{path}/{sort}/([0-9a-z]{{26}})/"', page)
    assert found, f"no page of {path} leads to one of its {sort}"
    return found[:1]


def sample(schema: dict[str, dict[str, dict[str, dict[str, object]]]], operation: dict[str, object]) -> object:
    """A body that fits the declared schema: strings where strings are needed."""
    body = operation.get("requestBody")
    if not isinstance(body, dict):
        return {}
    shape = body["content"]["application/json"]["schema"]
    if "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    needed = shape.get("required", [])
    assert isinstance(needed, list)
    return {field: fitting(shape["properties"][field]) for field in needed}


def fitting(declared: dict[str, object]) -> object:
    """A value of the declared type."""
    if declared.get("format") == "date":
        return "2026-01-01"
    return {"object": {}, "boolean": True, "integer": 1}.get(str(declared.get("type")), "x")
