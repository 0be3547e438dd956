"""The contract of every declared offer on screen and for programs: pages, doors, JSON, in the told demonstration."""

import json
import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.contracts.test_offers import each_offer, keeper

from qilian.core.log.events.api import written
from qilian.core.offers.packs.api import packs
from qilian.core.who.people.models import Person

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
RECORDS = 2
ABSENT = 404
"""What a confidential record answers to whom the database does not show it: the words of one that is not there."""
LINK = re.compile(r'href="(/[^"#]*)"')
FORM = re.compile(r'<form[^>]*method="post"[^>]*>', re.IGNORECASE)
ACTION = re.compile(r'action="([^"]*)"')


def browser(login: str = "", language: str = "zh") -> Client:
    """A browser of one of the demonstration's people, or of a visitor."""
    client = Client()
    client.cookies["language"] = language
    if login:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(Person.objects.get(login=login), backend=backend)
    return client


def stranger(path: str) -> str:
    """The official of another section: he has the same rights, and not here."""
    return next(pack.slug for pack in packs() if pack.slug != keeper(path))


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    """What the interface says of itself; made once, for it is the same for all."""
    return dict(Client().get("/api/v1/openapi.json").json())


@each_offer
def test_its_pages_answer_and_let_no_stranger_act(path: str, kind: str) -> None:
    official, public = browser(keeper(path)), browser()
    seen = crawl(official, path)
    shown = crawl(browser("", "en"), path)
    assert f"/{path}/" in shown and len(shown) >= 3
    doors = {door for place in seen for door in forms(official, place)}
    english = browser(keeper(path), "en")
    assert all(english.get(door).status_code in (200, 405) for door in doors)
    assert doors, "an official finds something to do"
    before = written().count()
    other = browser(stranger(path))
    for door in sorted(doors):
        assert other.post(door).status_code in (403, ABSENT), f"a stranger got through {door}"
        assert public.post(door).status_code in (403, ABSENT), f"a visitor got through {door}"
    assert written().count() == before


@each_offer
def test_it_speaks_json_under_the_same_address(path: str, kind: str) -> None:
    public, official = browser(), browser(keeper(path))
    schema = described()
    operations = {place: methods for place, methods in schema["paths"].items() if f"{{{kind}}}" in place}
    assert any("get" in methods for methods in operations.values())
    assert any("post" in methods for methods in operations.values())
    before = written().count()
    other = browser(stranger(path))
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
    """The code or number of one record of the sort that an address is about, as the offer's pages link to it."""
    sort = address.partition("{")[0].rstrip("/").rpartition("/")[2]
    found: list[str] = []
    for place in (f"/{path}/", f"/{path}/{sort}/"):
        page = client.get(place).content.decode()
        found += re.findall(rf'href="/{path}/{sort}/([0-9a-z]+)/"', page)
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
