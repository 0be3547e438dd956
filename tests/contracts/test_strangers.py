"""Who is not signed in: what pages.md does not open to everybody is closed to him; what others get is kept nowhere."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, resolve

from qilian.core.house.principal import Principal
from qilian.core.who.people.models import Person
from qilian.web.layout import middleware

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
LINK = re.compile(r'href="(/[^"#?]*)')
LEFT_OUT = ("/static/", "/language/", "/accounts/logout/", "/accounts/provider/")


def readers(root: Path) -> dict[str, str]:
    """Who may open each address, by its pattern."""
    text = (root / "docs/reference/pages.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(/[^`]*)` \| [^|]* \| ([^|]*) \|$", text, flags=re.MULTILINE))


def pattern_of(address: str) -> str:
    try:
        return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", resolve(address).route)
    except Resolver404:
        return ""


def walked(client: Client, start: list[str]) -> Iterator[tuple[str, str, str]]:
    """One page of each pattern that links reach: pattern, address, Cache-Control."""
    met, todo = set[str](), start
    while todo:
        address = todo.pop()
        pattern = "" if address.startswith(LEFT_OUT) else pattern_of(address)
        if not pattern or pattern in met:
            continue
        met.add(pattern)
        answer = client.get(address)
        if answer.status_code == 200:
            yield pattern, address, str(answer.get("Cache-Control"))
            if answer["Content-Type"].startswith("text/html"):
                todo += [unescape(link) for link in LINK.findall(answer.content.decode())]


def test_a_stranger_reads_only_what_is_everybodys_and_the_rest_is_not_cached(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, person = readers(root), Person.objects.filter(is_active=True).order_by("pk")[0]

    def almighty(_request: HttpRequest, reader: Person) -> Principal:
        return Principal("system", person=reader.pk, code=reader.code, name=reader.name)

    monkeypatch.setattr(middleware, "admit", almighty)
    insider, stranger = Client(), Client()
    insider.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    seen = list(walked(insider, [address for address in who if "<" not in address]))
    assert len(seen) > 100
    closed = [(pattern, address) for pattern, address, _ in seen if "everybody" not in who.get(pattern, "everybody")]
    assert len(closed) > 40
    kept = [pattern for pattern, _, said in seen if "no-store" not in said and "private" not in said]
    assert kept == ["/api/v1/openapi.json"], "all but what programs are told, which is the same for everybody"
    assert [pattern for pattern, address in closed if stranger.get(address).status_code == 200] == []
