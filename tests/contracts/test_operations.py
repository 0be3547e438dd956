"""The contract of every operation that a resource declares: its form, its right, its schema, on pages and for programs.

Nothing is listed by hand: resources come from the parts, rows from the month of one offer of each kind.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.parts.api import parts
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.events.api import written
from qilian.core.log.outbox.api import run_due
from qilian.core.offers.offers.api import open_paths
from qilian.core.offers.packs.api import offers
from qilian.core.offers.resource.api import Operation, Resource, resources
from qilian.core.offers.stories.api import tell
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of
from qilian.web import demo

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
DENIED = (403, 404)
"""Who may not is told so; a row that a policy guards is not there for him at all."""
TELLERS = {kind: module for part in parts() for kind, module in part.tellers.items()}
RESOURCES = list(resources())
STORIES = [part.story for part in parts() if part.story]
CASES = [(thing, operation) for thing in RESOURCES for operation in thing.operations if operation.right]
PERSONAL = [(thing, each) for thing in RESOURCES for each in thing.operations if not each.right and each.own]
named = [f"{thing.plural}/{operation.noun}" for thing, operation in CASES]


@dataclass(frozen=True)
class Ground:
    """A place of each kind with rows, an official with every right and somebody with none, as programs and browsers."""

    places: dict[str, str]
    official: Client
    plain: Client
    programs: dict[str, Client]


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Ground]:
    """One month of one offer of each kind: told once, never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load_province()
        cast, places = demo.cast_from(START), {}
        for story in STORIES:
            tell(import_module(story).month, seed=7, start=START, cast=cast)
        run_due()
        for kind in {thing.kind for thing in RESOURCES if thing.kind}:
            places[kind] = path = next(iter(offers(kind)))
            tell(partial(import_module(TELLERS[kind]).month, path), seed=7, start=START, cast=cast)
        assert set(places.values()) <= open_paths()
        people = {login: somebody(login, actions) for login, actions in (("all", ["*"]), ("none", []))}
        yield Ground(places, *(browser(row) for row in people.values()), {k: program(v) for k, v in people.items()})
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def apart(ground: Ground) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def somebody(login: str, actions: list[str]) -> Person:
    row = Person.objects.create(login=f"contract-{login}", name="祁连", created_at=clock.now())
    row.grants.create(actions=actions or ["notices.read"], valid_from=clock.today())
    return row


def browser(row: Person) -> Client:
    found = Client()
    found.force_login(row, backend="django.contrib.auth.backends.ModelBackend")
    return found


def program(row: Person) -> Client:
    with acting(SYSTEM):
        until = clock.now() + timedelta(days=1)
        rights = ["*"] if row.login.endswith("all") else ["notices.read"]
        _, text = make_token(actor=principal_of(row), name="contract", actions=rights, writes=True, until=until)
    return Client(headers={"Authorization": f"Bearer {text}"})


def row_of(thing: Resource[Any], ground: Ground) -> Any:
    """A row of the list, else of somebody's own list, else one that came to its end and left it."""
    with acting(SYSTEM):
        place = ground.places.get(thing.kind, "")
        for me in (SYSTEM, *map(principal_of, Person.objects.all())):
            rows = thing.rows(me, place)
            if found := list(rows[:1]):
                return found[0]
        if isinstance(rows, list):
            pytest.skip(f"{thing.plural}: a list of what waits, and nothing does when the months are over")
        left = list(rows.model.objects.all()[:1])
    assert left, f"the months of {thing.kind or thing.under} leave no {thing.plural}"
    return left[0]


def page_of(thing: Resource[Any], operation: Operation[Any], ground: Ground) -> str:
    return f"{thing.url(row_of(thing, ground))}{operation.noun}/"


def send(client: Client, address: str, body: object) -> Any:
    return client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(("thing", "operation"), CASES, ids=named)
def test_its_form_is_drawn_for_who_may_and_for_nobody_else(
    thing: Resource[Any], operation: Operation[Any], ground: Ground
) -> None:
    address = page_of(thing, operation, ground)
    page = ground.official.get(address)
    assert page.status_code == 200 and str(operation.title.zh) in page.content.decode()
    ground.official.cookies["language"] = "en"
    assert str(operation.title.en) in ground.official.get(address).content.decode()
    ground.official.cookies["language"] = "zh"
    before = written().count()
    for client in (ground.plain, Client()):
        assert client.get(address).status_code in DENIED
        assert client.post(address, {}).status_code in DENIED
    assert written().count() == before


@pytest.mark.parametrize(("thing", "operation"), CASES, ids=named)
def test_programs_meet_the_same_rights_and_the_same_form(
    thing: Resource[Any], operation: Operation[Any], ground: Ground
) -> None:
    address = page_of(thing, operation, ground)[:-1]
    before = written().count()
    assert send(ground.programs["none"], address, {}).status_code in DENIED
    assert send(Client(), address, {}).status_code in DENIED
    wrong = send(ground.programs["all"], address, {"no such field": 1})
    assert wrong.status_code == 422 and wrong.json()["where"], wrong.json()
    said = [wrong.json(), *wrong.json().get("also", ())]
    assert "no such field" in {each["where"] for each in said}
    assert written().count() == before
    with acting(SYSTEM):
        fields = operation.asked(row_of(thing, ground)).fields
    needed = {each.name for each in fields if each.required and not each.when and each.kind != "boolean"}
    inside = {each.name for each in fields if each.kind in ("group", "rows")}
    assert needed <= {each["where"].partition("-")[0] for each in said} | inside


@pytest.mark.parametrize(("thing", "operation"), PERSONAL, ids=[f"{a.plural}/{b.noun}" for a, b in PERSONAL])
def test_what_is_somebodys_own_is_done_by_no_official(
    thing: Resource[Any], operation: Operation[Any], ground: Ground
) -> None:
    address, before = page_of(thing, operation, ground), written().count()
    for client in (ground.official, ground.plain, Client()):
        assert client.get(address).status_code in DENIED and client.post(address, {}).status_code in DENIED
    assert send(ground.programs["all"], address[:-1], {}).status_code in DENIED
    assert written().count() == before


@pytest.mark.parametrize("thing", RESOURCES, ids=[thing.plural for thing in RESOURCES])
def test_a_list_and_its_rows_read_alike(thing: Resource[Any], ground: Ground) -> None:
    rows = f"/api/v1{thing.home(ground.places.get(thing.kind, ''))}{thing.trunk}"[:-1]
    listed = ground.programs["all"].get(rows).json()
    assert all(set(each) == set(listed[0]) for each in listed)
    row = row_of(thing, ground)
    one = ground.programs["all"].get(f"/api/v1{thing.url(row)[:-1]}")
    assert one.status_code == 200 and (one.json() in listed or not listed)
    absent = ground.programs["all"].get(f"{rows}/nobody")
    assert absent.status_code == 404
