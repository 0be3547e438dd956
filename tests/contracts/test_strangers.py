"""Who opens which page: what pages.md does not open to somebody is closed to him; what others get is kept nowhere.

The addresses are those that links reach for one who sees everything; they are then asked for as nobody and as the
people of the demonstration: a person without a right, people of a firm, officials, the three administrators.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, resolve

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import possible
from qilian.core.who.people.api import Person, principal_of
from qilian.web.demo import FIGURES
from qilian.web.layout import middleware

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
LINK = re.compile(r'href="(/[^"#?]*)')
LEFT_OUT = ("/static/", "/language/", "/accounts/logout/", "/accounts/provider/")
RIGHT = re.compile(r"`([a-z_]+\.[a-z_]+)`")
SOME = ("reader", "operator", "budgeter", "auditor", "sysadmin")
"""A person without a right, the operator of a firm, an official, an auditor, the system administrator."""


def readers(root: Path) -> dict[str, str]:
    """Who may open each address, by its pattern."""
    text = (root / "docs/reference/pages.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(/[^`]*)` \| [^|]* \| ([^|]*) \|$", text, flags=re.MULTILINE))


def pattern_of(address: str) -> str:
    try:
        return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", resolve(address).route)
    except Resolver404:
        return ""


def walked(client: Client, start: list[str], most: int = 1) -> Iterator[tuple[str, str, str]]:
    """So many pages of each pattern that links reach: pattern, address, Cache-Control."""
    met, todo, asked = Counter[str](), start, set[str]()
    while todo:
        address = todo.pop()
        pattern = "" if address.startswith(LEFT_OUT) else pattern_of(address)
        if not pattern or met[pattern] >= most or address in asked:
            continue
        met[pattern] += 1
        asked.add(address)
        answer = client.get(address)
        if answer.status_code == 200:
            yield pattern, address, str(answer.get("Cache-Control"))
            if answer["Content-Type"].startswith("text/html"):
                todo += [unescape(link) for link in LINK.findall(answer.content.decode())]


@contextmanager
def almighty() -> Iterator[Client]:
    """Somebody whom no page is closed to."""
    person = Person.objects.filter(is_active=True).order_by("pk")[0]

    def admitted(_request: HttpRequest, reader: Person) -> Principal:
        return Principal("system", person=reader.pk, code=reader.code, name=reader.name)

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(middleware, "admit", admitted)
        yield client


def test_a_stranger_reads_only_what_is_everybodys_and_the_rest_is_not_cached(root: Path) -> None:
    who, stranger = readers(root), Client()
    with almighty() as insider:
        seen = list(walked(insider, [address for address in who if "<" not in address]))
    assert len(seen) > 100
    closed = [(pattern, address) for pattern, address, _ in seen if "everybody" not in who.get(pattern, "everybody")]
    assert len(closed) > 40
    kept = [pattern for pattern, _, said in seen if "no-store" not in said and "private" not in said]
    assert kept == ["/api/v1/openapi.json"], "all but what programs are told, which is the same for everybody"
    assert [pattern for pattern, address in closed if stranger.get(address).status_code == 200] == []


def test_a_page_opens_to_those_whom_it_names(root: Path) -> None:
    assert strayed(root, SOME, most=1) == {}


@pytest.mark.long
def test_a_page_opens_to_those_whom_it_names_whoever_they_are(root: Path) -> None:
    assert strayed(root, tuple(each.login for each in FIGURES), most=4) == {}


def strayed(root: Path, logins: Sequence[str], *, most: int) -> dict[str, int]:
    """The answers that pages.md does not foresee, by reader and address; so many addresses of each pattern are tried.

    What is everybody's is refused to nobody; what names rights alone opens to none without one of them; nothing breaks.
    """
    who, wrong = readers(root), dict[str, int]()
    with almighty() as insider:
        start = [address for address in who if "<" not in address]
        pages = [(who.get(pattern, ""), address) for pattern, address, _ in walked(insider, start, most)]
    assert len(pages) > 100
    for person in (None, *Person.objects.filter(login__in=logins)):
        client, me = Client(raise_request_exception=False), principal_of(person) if person else None
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for said, address in pages:
            status = client.get(address).status_code
            if status not in (200, 302, 403, 404) or strays(status, said, me):
                wrong[f"{person and person.login} {address}"] = status
    return wrong


def strays(status: int, said: str, me: Principal | None) -> bool:
    """Whether an answer is not what pages.md says of its address: closed to everybody, or open without the right."""
    rights = RIGHT.findall(said)
    alone = bool(rights) and not RIGHT.sub("", said).strip(" ,")
    without = me is None or not possible(me, rights)
    return (said == "everybody" and status == 403) or (status == 200 and alone and without)
