"""What the tests of documents share: own folders, people with and without rights, browsers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.who.people.models import Person


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BASE_URL = "https://qilian.example"
    return tmp_path


@pytest.fixture
def somebody() -> Callable[..., Principal]:
    """Make a person with rights, everywhere or in a unit."""

    def make(login: str, *actions: str, unit: str = "") -> Principal:
        person = Person.objects.create(login=login, name=f"{login}某", created_at=clock.now())
        if actions:
            person.grants.create(actions=list(actions), unit=unit, valid_from=clock.today())
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
