"""Twin of directories: one random life of entries through the kernel in memory and through verbs on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM
from qilian.core.offers.offers.api import open_offer
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.engines.registry.directories import api
from qilian.engines.registry.directories.kernel import life
from qilian.engines.registry.directories.queries import status_of
from qilian.engines.registry.parties.api import Facts, check_character, register_party

pytestmark = pytest.mark.django_db
PATH = "ecommerce/service-firms"  # graded, with a term of 24 months
TERMS = life.Terms(("A", "B", "C"), 24)
Step = tuple[Callable[[life.EntryStatus], life.EntryStatus], Callable[[api.DirectoryEntry], api.DirectoryEntry]]


def steps(chance: Random, shape: api.Directory) -> list[Step]:
    grade, first = chance.choice(("A", "B", "Z")), clock.today() - timedelta(days=chance.randrange(1500))
    found = {each.slug: "x" for each in shape.criteria}
    return [
        (
            lambda s: life.listed(s, TERMS, grade=grade, first=first),
            lambda e: api.list_entry(actor=SYSTEM, entry=e, evidence="x", grade=grade, valid_from=first),
        ),
        (
            lambda s: life.re_evaluated(s, TERMS, grade=grade, first=first),
            lambda e: api.re_evaluate(
                actor=SYSTEM, entry=e, findings=found, evidence="x", grade=grade, valid_from=first
            ),
        ),
        (life.suspended, lambda e: api.suspend(actor=SYSTEM, entry=e, reason="x")),
        (lambda s: life.restored(s, clock.today()), lambda e: api.restore(actor=SYSTEM, entry=e, reason="x")),
        (life.published, lambda e: api.publish(actor=SYSTEM, entry=e)),
        (life.withdrawn, lambda e: api.withdraw(actor=SYSTEM, entry=e, reason="x")),
        (life.exited, lambda e: api.exit_entry(actor=SYSTEM, entry=e, exit="request", reason="x")),
    ]


def told(act: Callable[[], object]) -> tuple[object, str]:
    try:
        with transaction.atomic():
            return act(), ""
    except Refusal as refusal:
        return None, refusal.code


@pytest.mark.parametrize("seed", range(8))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, shape = Random(seed), api.directory_at(PATH)
    open_offer(actor=SYSTEM, path=PATH)
    entry, memory = _entry(shape), life.EntryStatus()
    for _ in range(40):
        in_memory, in_database = chance.choices(steps(chance, shape), (3, 2, 2, 2, 2, 1, 0.2))[0]
        kept, said = told(lambda: in_memory(memory))  # noqa: B023 — called at once
        row, answered = told(lambda: in_database(entry))  # noqa: B023 — called at once
        assert said == answered
        if not said:
            assert isinstance(kept, life.EntryStatus) and isinstance(row, api.DirectoryEntry)
            memory, entry = kept, row
        entry.refresh_from_db()
        assert status_of(entry) == memory


def _entry(shape: api.Directory) -> api.DirectoryEntry:
    from_sample = shape.samples[0]
    body = "916301000000000017"[:17]
    party = register_party(actor=SYSTEM, facts=Facts("", "双生服务有限公司", body + check_character(body)))
    return api.admit(
        actor=SYSTEM,
        path=PATH,
        subject=api.Subject(party),
        attributes=from_sample.values,
        findings={each.slug: "x" for each in shape.criteria},
    )
