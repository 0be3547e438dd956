"""Twin of standards: random declarations, checks and abolitions in memory and through verbs on PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM
from qilian.core.offers.offers.api import open_offer
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import Facts, Party, check_character, register_party
from qilian.engines.registry.standards import api
from qilian.engines.registry.standards.kernel import life
from qilian.engines.registry.standards.offering import Fact
from qilian.engines.registry.standards.queries import in_status, standards_of, term_of

pytestmark = pytest.mark.django_db
PATH = "ecommerce/ecommerce-standards"


@dataclass
class Memory:
    """A standard's term, and its adoptions by the place of the party."""

    term: life.Term
    adoptions: list[tuple[int, life.State]] = field(default_factory=list)

    def declare(self, party: int) -> None:
        life.refuse_abolished(self.term, clock.today(), "")
        if any(who == party and state != "withdrawn" for who, state in self.adoptions):
            raise Refusal("registry.adoption.twice", Text("", ""))
        self.adoptions.append((party, "declared"))

    def check(self, place: int, *, conforming: bool) -> None:
        who, state = self.adoptions[place]
        self.adoptions[place] = (who, life.checked(state, conforming=conforming))

    def withdraw(self, place: int) -> None:
        who, state = self.adoptions[place]
        self.adoptions[place] = (who, life.withdrawn(state))

    def abolish(self, days: int) -> None:
        self.term = life.abolished(self.term, clock.today() + timedelta(days=days))


def told(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        return refusal.code
    return ""


def party(number: int) -> Party:
    body = f"91630100MA{number:07d}"
    return register_party(actor=SYSTEM, facts=Facts("", f"双生第{number}公司", body + check_character(body)))


def step(chance: Random, memory: Memory, standard: api.Standard, parties: list[Party]) -> tuple[str, str]:
    """One deed in both; what each answered."""
    rows = list(api.Adoption.objects.filter(standard=standard).order_by("pk"))
    deed, who = chance.choices(("declare", "check", "withdraw", "abolish"), (4, 3, 2, 0.4))[0], chance.randrange(3)
    if deed == "abolish":
        days = chance.choice((-400, 0, 30))
        on = clock.today() + timedelta(days=days)
        verb = lambda: api.abolish_standard(actor=SYSTEM, standard=standard, on=on)  # noqa: E731 — two of a kind
        return told(lambda: memory.abolish(days)), told(verb)
    if deed == "declare" or not rows:
        declare = lambda: api.declare_adoption(  # noqa: E731 — two of a kind
            actor=SYSTEM, standard=standard, party=parties[who], statement="x"
        )
        return told(lambda: memory.declare(who)), told(declare)
    place, conforming = chance.randrange(len(rows)), chance.random() < 0.6
    if deed == "check":
        check = lambda: api.check_adoption(  # noqa: E731 — two of a kind
            actor=SYSTEM, adoption=rows[place], conforming=conforming, finding="x"
        )
        return told(lambda: memory.check(place, conforming=conforming)), told(check)
    withdraw = lambda: api.withdraw_adoption(actor=SYSTEM, adoption=rows[place], reason="x")  # noqa: E731
    return told(lambda: memory.withdraw(place)), told(withdraw)


@pytest.mark.parametrize("seed", range(8))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, parties = Random(seed), [party(number) for number in range(3)]
    open_offer(actor=SYSTEM, path=PATH)
    now = clock.now()
    for number in range(3):
        effective = clock.today() - timedelta(days=chance.choice((300, 0, -30)))
        fact = Fact(f"GB/T {90000 + number}-2026", "双生", effective=effective)
        standard = api.register_standard(actor=SYSTEM, path=PATH, fact=fact)
        memory = Memory(life.Term(effective))
        for moves in range(14):
            with clock.allow_standing(), clock.standing_at(now + timedelta(days=moves * 5)):
                assert len(set(step(chance, memory, standard, parties))) == 1
                standard.refresh_from_db()
                rows = api.Adoption.objects.filter(standard=standard).order_by("pk")
                assert term_of(standard) == memory.term
                assert [(row.party, row.state) for row in rows] == [
                    (parties[who], state) for who, state in memory.adoptions
                ]
                status = memory.term.status(clock.today())
                assert standard in in_status(standards_of(PATH), status, clock.today())
