"""What the tests of imports share: own folders, people with rights, browsers, workbooks."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import Workbook

from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.who.people.models import Person


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def somebody() -> Callable[..., Principal]:
    """Make a person with rights."""

    def make(login: str, *actions: str) -> Principal:
        person = Person.objects.create(login=login, name=f"{login}某", created_at=clock.now())
        if actions:
            person.grants.create(actions=list(actions), valid_from=clock.today())
        return Principal("person", person=person.pk, code=person.code, name=person.name)

    return make


@pytest.fixture
def browser() -> Callable[[Principal], Client]:
    """Sign a principal in."""

    def sign_in(actor: Principal) -> Client:
        client = Client()
        person = Person.objects.get(pk=actor.person)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Make an .xlsx file of rows; `merge` merges a range."""

    def make(rows: Sequence[Sequence[object]], *, merge: str = "") -> bytes:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        if merge:
            book.active.merge_cells(merge)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return make
