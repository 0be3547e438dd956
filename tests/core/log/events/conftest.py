"""What the tests of the log share: an event type, an actor, and a sealer that waits for strangers' transactions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import event_type, seal
from qilian.core.values.text import Text


@event_type("test.thing.done", title=Text("办了一件事", "A thing was done"), measures=("count",))
@dataclass(frozen=True)
class Done:
    """A body with a few types."""

    count: int
    share: Decimal = Decimal("0.5")


@pytest.fixture
def done() -> type[Done]:
    return Done


@pytest.fixture
def actor() -> Principal:
    return Principal("person", person=1, code="abc", name="张三", acting_for="xyz")


@pytest.fixture
def own_keys(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def seal_all() -> Callable[..., int]:
    """Seal until nothing is left. On a shared server another database's transaction may hold the sealer back."""

    def run(limit: int = 10_000, seconds: float = 60) -> int:
        end, sealed = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            sealed += seal(limit=limit)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM core_event e LEFT JOIN core_seal s ON s.event_id = e.id WHERE s IS NULL"
                )
                if cursor.fetchone()[0] == 0:
                    return sealed
            time.sleep(0.02)
        raise AssertionError("events stayed unsealed")

    return run
