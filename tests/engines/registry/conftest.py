"""What the tests of the registry share: divisions, people with rights, browsers, sound codes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.values import clock
from qilian.core.who.people.api import Person, appoint, principal_of, register_person
from qilian.core.who.regions.api import load_regions
from qilian.core.who.units.models import Unit
from qilian.engines.registry.parties.api import Facts, Party, check_character, register_party


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture(autouse=True)
def divisions(request: pytest.FixtureRequest, root: Path) -> None:
    """The divisions of the province, for tests that have a database: those of kernels have none."""
    if "kernel" in request.path.parts:
        return
    request.getfixturevalue("db")
    load_regions(actor=SYSTEM, text=(root / "plan/qinghai-2015/regions.csv").read_text(), source="test")


@pytest.fixture
def uscc() -> Callable[..., str]:
    """Make a sound unified code of a number."""

    def make(number: int, head: str = "91", region: str = "630102") -> str:
        first = f"{head}{region}MA{number:07d}"
        return first + check_character(first)

    return make


@pytest.fixture
def firm(uscc: Callable[..., str]) -> Callable[..., Party]:
    """Register an enterprise of a number."""

    def make(number: int, name: str = "", **facts: object) -> Party:
        known = {"region": "630102", "industry": "7452", **facts}
        wanted = Facts("", name or f"青海第{number}检测有限公司", known.pop("uscc", uscc(number)), **known)
        return register_party(actor=SYSTEM, facts=wanted)

    return make


@pytest.fixture
def somebody() -> Callable[..., Principal]:
    """Make a person with rights, limited to a division when one is given."""

    def make(login: str, *actions: str, region: str = "") -> Principal:
        person = register_person(actor=SYSTEM, login=login, name=f"{login}某")
        if actions:
            grant(actor=SYSTEM, person=person.pk, actions=actions, scope=Scope(region=region))
        return principal_of(person)

    return make


@pytest.fixture
def official() -> Principal:
    """An official of the registry, with a post."""
    unit = Unit.objects.create(slug="scjgj", kind="department", region="630000")
    person = register_person(actor=SYSTEM, login="registrar", name="登记员")
    post = appoint(actor=SYSTEM, person=person, unit=unit, role="主体登记", valid_from=date(2020, 1, 1))
    grant(actor=SYSTEM, post=post.pk, actions=("registry.*",), valid_from=min(clock.today(), date(2026, 1, 1)))
    return principal_of(person)


@pytest.fixture
def browser() -> Callable[[Principal], Client]:
    """Sign a principal in."""

    def sign_in(actor: Principal) -> Client:
        client = Client()
        person = Person.objects.get(pk=actor.person)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
