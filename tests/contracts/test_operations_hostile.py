"""What no honest hand writes, in every field of every operation, with rows that are there: refused or done, no fault.

By an official with every right, so that the values reach the verbs; what happens is undone. Programs send JSON,
browsers a form in parts with files; the other fields hold what each of them takes, as far as that is known.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from qilian.core.door.tokens.api import make_token
from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.offers.packs.api import offers
from qilian.core.offers.resource.api import Operation, Resource, resources
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.ledger.book.api import accounts
from qilian.engines.registry.parties.api import Party

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
TEXTS = (
    "9" * 5_000,
    "²",
    "NaN",
    "1e999",
    "-0.00000001",
    "9" * 25,
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2999-12-31",
    "甲" * 300,
    "party:" + "x" * 115,
    "'\"<\\",
    "\u202e\ufeff",
    "=1+1",
)
OTHERS = ("\x00", 10**30, -(2**63), 0, 0.1, True, [], {}, [{}], None)
FILES = (b"", b"\xff\xfe\x00", b"PK\x03\x04", b"<!DOCTYPE a>", b"%PDF-1.4")


@pytest.fixture
def official() -> tuple[Client, Client]:
    """Somebody who may do everything: as a program, and with a browser."""
    with acting(SYSTEM):
        person = Person.objects.create(login="hostile", name="祁连", created_at=clock.now())
        person.grants.create(actions=["*"], valid_from=clock.today())
        until = clock.now() + timedelta(days=1)
        _, text = make_token(actor=principal_of(person), name="all", actions=["*"], writes=True, until=until)
    browser = Client(raise_request_exception=False)
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"}), browser


def test_nothing_hostile_in_a_field_breaks_an_operation(official: tuple[Client, Client]) -> None:
    assert broken(*official, each=1) == {}


@pytest.mark.long
def test_nothing_hostile_in_a_field_breaks_an_operation_whatever_it_is(official: tuple[Client, Client]) -> None:
    assert broken(*official, each=len(TEXTS) + len(OTHERS)) == {}


BODIES = (
    (b"--b\r\n\r\n", "multipart/form-data"),
    (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "multipart/form-data; boundary=b"),
    (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    (b'{"reason": "\xb2\xe2"}', "application/json; charset=gb18030"),
    (b"+AHsAfQ-", "application/json; charset=utf-7"),
    (b"\xff\xfe{\x00}\x00", "application/json; charset=utf-16"),
    (b"\xef\xbb\xbf{}", "application/json"),
    (b"{}", "application/json; charset=no-such-thing"),
    (b"a=b", "application/x-www-form-urlencoded; charset=no-such-thing"),
    (b'{"reason": NaN}', "application/json"),
    (b'{"reason": 1e999}', "application/json"),
    (b'{"reason": ' + b"9" * 5_000 + b"}", "application/json"),
    (b'{"a":' * 2_000 + b"1" + b"}" * 2_000, "application/json"),
    (b"{}", "\xff"),
)


def test_a_body_of_another_kind_breaks_no_operation(official: tuple[Client, Client]) -> None:
    assert misread(*official, each=2) == {}


@pytest.mark.long
def test_a_body_of_whatever_other_kind_breaks_no_operation(official: tuple[Client, Client]) -> None:
    assert misread(*official, each=len(BODIES)) == {}


def misread(program: Client, browser: Client, *, each: int) -> dict[str, int]:
    """The requests whose bodies are not answered in form: so many to each operation, each its own ones in turn."""
    bodies, wrong = cycle(BODIES), {}
    for thing, operation in every():
        page = address_of(thing, operation, next(rows_of(thing), None))
        for content, kind in islice(bodies, each):
            for client, address in ((program, f"/api/v1{page}".rstrip("/")), (browser, page)):
                with transaction.atomic():
                    answer = client.generic("POST", address, content, content_type=kind)
                    transaction.set_rollback(True)
                problem = "problem+json" in answer["Content-Type"] or client is browser
                if answer.status_code >= 500 or (answer.status_code >= 400 and not problem):
                    wrong[f"{address} {kind}"] = answer.status_code
    return wrong


def broken(program: Client, browser: Client, *, each: int) -> dict[str, int]:
    """The requests that are not answered in form: so many values in each field, each field its own ones in turn."""
    values, wrong = cycle((*TEXTS, *OTHERS)), {}
    for thing, operation in every():
        for row in [*islice(fitting(thing, operation), 1)] or [None]:
            form = asked(thing, operation, row)
            page = address_of(thing, operation, row)
            sound = {field.name: ordinary(field) for field in form.fields}
            for field in form.fields:
                for value in islice(values, each):
                    body = {**sound, field.name: value}
                    for client, address, sent in (
                        (program, f"/api/v1{page}".rstrip("/"), body),
                        (browser, page, parts(body)),
                    ):
                        status = answered(client, address, sent, as_json=client is program)
                        if status >= 500:
                            wrong[f"{address} {field.name} {str(value)[:40]!r}"] = status
    return wrong


def answered(client: Client, address: str, sent: Mapping[str, Any], *, as_json: bool) -> int:
    with transaction.atomic():
        if as_json:
            answer = client.post(address, json.dumps(sent), content_type="application/json")
        else:
            answer = client.post(address, sent)
        transaction.set_rollback(True)
    return answer.status_code


def every() -> Iterator[tuple[Resource[Any], Operation[Any]]]:
    for thing in resources():
        for operation in (*((thing.creation,) if thing.creation else ()), *thing.together, *thing.operations):
            yield thing, operation


def place_of(thing: Resource[Any]) -> str:
    return next(iter(offers(thing.kind)), "") if thing.kind else ""


def rows_of(thing: Resource[Any]) -> Iterator[Any]:
    with acting(SYSTEM):
        yield from list(thing.rows(SYSTEM, place_of(thing))[:50])


def fitting(thing: Resource[Any], operation: Operation[Any]) -> Iterator[Any]:
    """The rows with which an operation fits, else any."""
    if operation not in thing.operations:
        return
    found = list(rows_of(thing))
    with acting(SYSTEM):
        fit = [row for row in found if operation.when(row)]
    yield from fit or found


def asked(thing: Resource[Any], operation: Operation[Any], row: Any) -> Form:
    with acting(SYSTEM):
        if operation in thing.operations:
            return (
                operation.asked(row) if row is not None or not callable(operation.form) else Form("", thing.title, ())
            )
        return operation.asked(place_of(thing))


def address_of(thing: Resource[Any], operation: Operation[Any], row: Any) -> str:
    """The address of a form; a program's creation posts to the list instead, which the page's address is not."""
    home = thing.home(place_of(thing))
    if operation in thing.operations:
        return f"{thing.url(row) if row is not None else f'{home}{thing.trunk}none/'}{operation.noun}/"
    return f"{home}{operation.noun}/"


def ordinary(field: FieldSpec) -> Any:
    """What a field takes."""
    if field.row is not None:
        inside = {each.name: ordinary(each) for each in field.row.fields}
        return inside if field.kind == "group" else [inside]
    if field.finds is not None:
        return next((each for each in known() if names(field, each)), "nobody")
    if field.choices:
        return [field.choices[0][0]] if field.kind == "choices" else field.choices[0][0]
    plain = {"date": "2026-03-02", "moment": "2026-03-02 09:00", "boolean": True, "email": "a@example.cn"}
    number = field.low or "1"
    return {**plain, "integer": number, "decimal": number, "money": number}.get(field.kind, "甲")


def known() -> list[str]:
    account, party = accounts().first(), Party.objects.first()
    found = [account.code if account else "", party.code if party else "", "qh-czt", "cny", "party:x"]
    return [each for each in found if each]


def names(field: FieldSpec, text: str) -> bool:
    assert field.finds is not None
    try:
        field.finds(text)
    except Refusal:
        return False
    return True


def parts(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as the form of a page sends it: texts and files, what is inside behind its own name."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, dict):
            found |= {f"{name}-{inner}": each for inner, each in parts(value).items()}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found |= {f"{name}-1-{inner}": each for inner, each in parts(value[0]).items()}
        elif value is not None:
            found[name] = value if isinstance(value, list) else str(value)
    return found


def test_a_file_of_no_kind_breaks_no_form(official: tuple[Client, Client]) -> None:
    _, browser = official
    wrong = {}
    for thing, operation in every():
        row = next(fitting(thing, operation), None)
        form = asked(thing, operation, row)
        for field in [each for each in form.fields if each.kind == "file"]:
            for content in FILES:
                sound = parts({each.name: ordinary(each) for each in form.fields if each.kind != "file"})
                for name in ("a.csv", "a.docx", "a.xlsx", "a.pdf", "名" * 300, "a\x00.csv"):
                    sent = {**sound, field.name: SimpleUploadedFile("x", content)}
                    sent[field.name].name = name
                    if (status := answered(browser, address_of(thing, operation, row), sent, as_json=False)) >= 500:
                        wrong[f"{thing.plural}/{operation.noun} {name[:9]!r} {content!r}"] = status
    assert wrong == {}


def test_nothing_hostile_in_an_address_breaks_a_list(official: tuple[Client, Client]) -> None:
    """Filters, order, page and distance of every list, for programs and on pages."""
    values, wrong = cycle((*TEXTS, "\x00", "%", "-1", "1" * 19)), {}
    program, browser = official
    for thing in resources():
        home = thing.home(place_of(thing))
        names = ["page", "sort", "offset", *(each.name for each in thing.filters(place_of(thing)))]
        for name in names:
            for value in islice(values, 2):
                for client, address in (
                    (browser, home),
                    (browser, f"{home}{thing.trunk}"),
                    (program, f"/api/v1{home}{thing.trunk}".rstrip("/")),
                ):
                    with transaction.atomic():
                        status = client.get(address, {name: value}).status_code
                        transaction.set_rollback(True)
                    if status >= 500:
                        wrong[f"{address}?{name}={value[:40]!r}"] = status
    assert wrong == {}
