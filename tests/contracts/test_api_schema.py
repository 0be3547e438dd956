"""The JSON interface keeps its own description: schemathesis on every operation, the same examples in every run.

Each operation is asked by nobody, by a plain person and by an official, over the demonstration's data, with sound and
with unsound values. Path parameters name things that exist three times of four. What a request changes is undone.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from ninja import Schema
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import CheckFunction, FailureGroup, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from qilian.core.door.tokens.api import make_token
from qilian.core.house.parts.api import parts
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.offers.packs.api import offers
from qilian.core.offers.resource.api import resources
from qilian.core.values import clock
from qilian.core.who.people.api import Person, principal_of
from qilian.engines.ledger.banking.models import BankAccount, Resolution, Statement, StatementLine
from qilian.engines.ledger.book.models import Account, Transfer
from qilian.engines.registry.contacts.models import Contact
from qilian.engines.registry.credit.models import CreditRecord
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.grades.models import Grading
from qilian.engines.registry.parties.models import Party
from qilian.engines.registry.representation.models import Claim, Invitation, Mandate
from qilian.engines.registry.standards.models import Adoption, Standard
from qilian.web.wsgi import application

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
KINDS = ("directory", "grade", "standard")
CODED: Mapping[str, Any] = {
    "accounts": Account,
    "adoptions": Adoption,
    "claims": Claim,
    "contacts": Contact,
    "credit-records": CreditRecord,
    "entries": DirectoryEntry,
    "invitations": Invitation,
    "items": Standard,
    "mandates": Mandate,
    "parties": Party,
    "resolutions": Resolution,
    "results": Grading,
    "statements": Statement,
    "transfers": Transfer,
}
BANKING: Mapping[str, Any] = {"accounts": BankAccount, "lines": StatementLine}
FEW = 3


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's transaction open across requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def apart(folder: Path, settings: Any) -> None:
    """Write mail and payments into a folder of one's own, with the keys of the log where any stand."""
    if (settings.VAR / "keys").is_dir():
        shutil.copytree(settings.VAR / "keys", folder / "keys")
    settings.VAR, settings.ALLOWED_HOSTS = folder, ["*"]


def test_every_operation_answers_as_it_says(tmp_path: Path, settings: Any) -> None:
    apart(tmp_path, settings)
    assert asked(examples=2) == {}


@pytest.mark.long
def test_every_operation_answers_as_it_says_to_many(tmp_path: Path, settings: Any) -> None:
    apart(tmp_path, settings)
    assert asked(examples=25) == {}


def test_one_name_is_one_schema() -> None:
    """The components of the document are named after classes: two of one name in two parts must say the same."""
    found: dict[str, dict[str, str]] = {}
    for part in parts():
        module = vars(import_module(part.api.rpartition(".")[0])) if part.api else {}
        for each in module.values():
            if isinstance(each, type) and issubclass(each, Schema) and each is not Schema:
                shape = json.dumps(each.model_json_schema(), sort_keys=True)
                found.setdefault(each.__name__, {}).setdefault(shape, each.__module__)
    assert {name: sorted(shapes.values()) for name, shapes in found.items() if len(shapes) > 1} == {}


def asked(*, examples: int) -> dict[str, str]:
    """What is wrong, by operation, kind and reader, after so many examples of each (half as many for strangers)."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    found: dict[str, str] = {}
    readers = headers_of_readers()
    for result in schema.get_all_operations():
        operation = result.ok()
        for reader, headers in readers.items():
            for mode in GenerationMode:
                wrong = tried(operation, mode, headers, examples if reader == "official" else examples // 2)
                if wrong:
                    found[f"{operation.label} {mode.value} {reader}"] = wrong
    return found


def tried(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, headers: dict[str, str], examples: int
) -> str:
    """What is wrong with the answers to one reader; what happens is undone."""
    pools, checks = pools_of(operation.path), list(CHECKS)
    others = {place.removeprefix("/api/v1/").partition("/")[0] for place in operation.schema.raw_schema["paths"]}
    if mode is GenerationMode.NEGATIVE:
        checks.append(negative_data_rejection)

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 1_000))
    def attempt(case: Case, pick: int) -> None:
        for name, pool in pools.items():
            written = case.path_parameters.get(name)
            elsewhere = operation.path.startswith(f"/api/v1/{{{name}}}") and written in others  # as "units" is
            if pool and (pick % 4 or elsewhere) and isinstance(written, str):
                case.path_parameters[name] = pool[pick % len(pool)]
        with transaction.atomic():
            case.call_and_validate(headers={**headers, "Accept-Encoding": "identity"}, checks=checks)
            transaction.set_rollback(True)

    try:
        attempt()
    except Unsatisfiable:
        return ""
    except (Exception, FailureGroup) as failure:
        return said(failure)
    return ""


def said(failure: BaseException) -> str:
    """A failure and those within it."""
    within = getattr(failure, "exceptions", ())
    return "\n".join(map(said, within)) if within else f"{type(failure).__name__}: {failure}"[:1_500]


def headers_of_readers() -> dict[str, dict[str, str]]:
    """What nobody, a plain person and an official with every right send along."""
    found: dict[str, dict[str, str]] = {"nobody": {}}
    with acting(SYSTEM):
        for login, actions in (("plain", []), ("official", ["*"])):
            person = Person.objects.create(login=f"schema-{login}", name="祁连", created_at=clock.now())
            person.grants.create(actions=actions or ["notices.read"], valid_from=clock.today())
            me = principal_of(person)
            held = actions or ["notices.read"]
            _, text = make_token(actor=me, name=login, actions=held, writes=True, until=clock.now() + timedelta(days=1))
            found[login] = {"Authorization": f"Bearer {text}"}
    return found


def pools_of(path: str) -> dict[str, list[str]]:
    """Things that exist, for each parameter of a path."""
    found: dict[str, list[str]] = {}
    before = ""
    for part in path.split("/"):
        if part.startswith("{"):
            found[part[1:-1]] = pool(part[1:-1], before, path)
        before = part
    return found


def keys_of(path: str) -> list[str]:
    """A few keys of the resource that an address speaks of."""
    thing = next((each for each in resources() if f"/{each.under}/{each.trunk}{{key}}" in path), None)
    if thing is None:
        return []
    with acting(SYSTEM):
        rows = thing.rows(SYSTEM, next(iter(offers(thing.kind)), "") if thing.kind else "")
        return [thing.key_of(row) for row in rows[:FEW]]


def pool(name: str, before: str, path: str) -> list[str]:
    """A few values of a parameter that stands behind a word in a path."""
    if name in (*KINDS, "offer"):
        return [at for kind in (KINDS if name == "offer" else (name,)) for at in offers(kind)][:FEW]
    if name == "key" and (found := keys_of(path)):
        return found
    fixed = {
        "cid": ["2.7.2", "2.1.1"],
        "key": ["d07"],
        "slug": ["qinghai-2015", "qh-swt"] if before != "units" else ["qh-swt"],
    }
    if name in fixed:
        return fixed[name]
    model = BANKING.get(before) if "/banking/" in path else None
    model = model or CODED.get(before)
    with acting(SYSTEM):
        return list(model.objects.values_list("code", flat=True)[:FEW]) if model else []
