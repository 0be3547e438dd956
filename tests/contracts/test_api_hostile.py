"""What no honest program sends, to every operation of the JSON interface: each is refused in the one form, none breaks.

Zero characters, numbers beyond every column, bytes that are no text, bodies that are no object: by an official with
every right, so that the values reach the verbs. What a request changes is undone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of
from qilian.web import demo

pytestmark = pytest.mark.django_db
Values = Sequence[Any]
TEXTS = ("\x00", "9" * 40, "\ud83d", "", "甲\x00乙", "-1", "𠮷" * 3_000, "../..", "%00", "' OR 1=1 --", "NaN", "1e999")
NUMBERS = (10**30, -(10**30), 2**63, 2**31, -1, 0, 1.5, True)
BODIES = (b"{", b"[]", b"\xff\xfe", b"", b"null", b'"text"', b'{"a": NaN}', b"[" * 3_000, b'{"a":1}' * 2)


@pytest.fixture
def official(settings: Any, tmp_path: Path) -> Client:
    """A program that may do everything."""
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    demo.load_province()
    with acting(SYSTEM):
        person = Person.objects.create(login="official", name="祁连", created_at=clock.now())
        person.grants.create(actions=["*"], valid_from=clock.today())
        until = clock.now() + timedelta(days=1)
        _, text = make_token(actor=principal_of(person), name="all", actions=["*"], writes=True, until=until)
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"})


def test_nothing_hostile_breaks_an_operation(official: Client) -> None:
    assert broken(official, TEXTS[:4], NUMBERS[:2], BODIES[:3]) == {}


@pytest.mark.long
def test_nothing_hostile_breaks_an_operation_whatever_it_is(official: Client) -> None:
    assert broken(official, TEXTS, NUMBERS, BODIES) == {}


def broken(official: Client, texts: Values, numbers: Values, bodies: Values) -> dict[str, int]:
    """The requests that are not answered in form, with the status of each."""
    document = official.get("/api/v1/openapi.json").json()
    wrong: dict[str, int] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for address, body, kind in requests(path, operation, document, (texts, numbers, bodies)):
                with transaction.atomic():
                    answer = official.generic(method.upper(), address, body, content_type=kind)
                    transaction.set_rollback(True)
                if not in_form(answer, operation):
                    wrong[f"{method} {address[:120]} {body[:120]!r}"] = answer.status_code
    return wrong


def in_form(answer: Any, operation: Mapping[str, Any]) -> bool:
    """A success that is declared, or a refusal with its four members."""
    if answer.status_code < 400:
        return str(answer.status_code) in map(str, operation["responses"])
    if answer.status_code >= 500 or not answer["Content-Type"].startswith("application/problem+json"):
        return False
    return set(answer.json()) - {"also"} == {"code", "message", "where", "remedy"} and bool(answer.json()["message"])


def requests(
    path: str, operation: Mapping[str, Any], document: Mapping[str, Any], values: tuple[Values, Values, Values]
) -> Iterator[tuple[str, bytes, str]]:
    """Address, body and content type of hostile requests to an operation."""
    texts, numbers, bodies = values
    named = operation.get("parameters", [])
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    plain = filled(path, named, "1")
    yield from ((plain, each, "application/json") for each in bodies)
    yield plain, b"a=b", "application/x-www-form-urlencoded"
    for text in texts:
        sound = json.dumps(made(body, "甲", 1, document)).encode() if body else b""
        yield filled(path, named, text), sound, "application/json"
        if body:
            yield plain, json.dumps(made(body, text, 1, document)).encode(), "application/json"
    for number in numbers if body else ():
        yield plain, json.dumps(made(body, "甲", number, document)).encode(), "application/json"


def filled(path: str, named: list[Any], value: str) -> str:
    """An address with every parameter set to a value."""
    raw = quote(value.encode("utf-8", "surrogatepass"), safe="")
    for each in (each for each in named if each["in"] == "path"):
        path = path.replace(f"{{{each['name']}}}", raw or "-")
    query = "&".join(f"{each['name']}={raw}" for each in named if each["in"] == "query")
    return f"{path}?{query}" if query else path


def made(schema: Mapping[str, Any], text: str, number: Any, document: Mapping[str, Any]) -> Any:
    """A value of a schema with this text for every text and this number for every number."""
    if "$ref" in schema:
        return made(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], text, number, document)
    options = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if options:
        return made(options[0], text, number, document)
    match schema.get("type"):
        case "object":
            known = schema.get("properties", {})
            return {name: made(each, text, number, document) for name, each in known.items()} or {text: text}
        case "array":
            return [made(schema.get("items", {}), text, number, document)]
        case "integer" | "number":
            return number
        case "boolean":
            return True
        case _:
            return schema.get("enum", ["2026-03-02"] if "format" in schema else [text])[0]
