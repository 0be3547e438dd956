"""Twin of the registry: one random story of a party and its mandate, in memory and through verbs on PostgreSQL."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from qilian.core.house.principal import SYSTEM
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.engines.registry.duplicates.api import merge
from qilian.engines.registry.parties.api import (
    Facts,
    Party,
    check_character,
    close,
    party_by_code,
    register_party,
    reopen,
    suspend,
)
from qilian.engines.registry.parties.kernel.life import Registration, changed, check_merge
from qilian.engines.registry.relations.api import beneficial_owners_of, relate
from qilian.engines.registry.relations.kernel.holdings import Stake, beneficial_owners
from qilian.engines.registry.relations.kernel.relations import Relation, check_relation
from qilian.engines.registry.representation.kernel.mandates import Mandate as Rule
from qilian.engines.registry.representation.models import Mandate

pytestmark = pytest.mark.django_db
VERBS = {"suspended": suspend, "closed": close, "active": reopen}


@dataclass
class Memory:
    """The same parties in memory: registrations, survivors, relations, mandates of one person."""

    today: date
    registrations: dict[str, Registration] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    mandates: dict[str, Rule] = field(default_factory=dict)

    def last(self, code: str) -> str:
        while code in self.into:
            code = self.into[code]
        return code

    def acts_for(self) -> set[str]:
        found: set[str] = set()
        for code, mandate in self.mandates.items():
            living = self.last(code)
            if mandate.runs(self.today) and self.registrations[living].status in ("active", "suspended"):
                found |= {code, living}
        return found


def outcome(act: object) -> str:
    assert callable(act)
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def move(memory: Memory, code: str, status: str) -> str:
    def act() -> None:
        memory.registrations[code] = changed(memory.registrations[code], status, memory.today, memory.today)  # type: ignore[arg-type] # one of VERBS

    return outcome(act)


def absorb(memory: Memory, kept: str, gone: str) -> str:
    def act() -> None:
        check_merge(memory.registrations[kept], memory.registrations[gone], same=kept == gone)
        memory.registrations[gone] = Registration(
            "merged", memory.today, memory.registrations[gone].name, memory.registrations[kept].name
        )
        memory.into[gone] = kept
        moved = (replaced(each, gone, kept) for each in memory.relations)
        memory.relations = [each for each in moved if each.holder != each.held]

    return outcome(act)


def replaced(each: Relation, gone: str, kept: str) -> Relation:
    inside = {each.holder, each.held} == {gone, kept}
    holder = kept if each.holder == gone and not inside else each.holder
    held = kept if each.held == gone and not inside else each.held
    return Relation(holder, held, each.kind, each.valid_from, each.valid_to, each.share)


def hold(memory: Memory, new: Relation) -> str:
    def act() -> None:
        for code in (new.held, new.holder):
            if memory.registrations[code].status == "merged":
                raise Refusal("registry.party.merged", Text("", ""))
        check_relation(new, [each for each in memory.relations if each.held == new.held])
        memory.relations.append(new)

    return outcome(act)


@pytest.mark.parametrize("seed", range(4))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, memory, rows = Random(seed), Memory(clock.today()), {}
    person = register_person(actor=SYSTEM, login="twin", name="双生")
    for number in range(5):
        first = f"91630102MA{seed:03d}{number:04d}"
        facts = Facts("", f"双生第{number}公司", first + check_character(first))
        party = register_party(actor=SYSTEM, facts=facts)
        rows[party.code] = party
        memory.registrations[party.code] = Registration("active", party.status_on, party.name)
        term = (
            memory.today - timedelta(days=chance.randrange(5)),
            memory.today + timedelta(days=chance.randrange(-3, 5)),
        )
        if term[0] <= term[1]:
            Mandate.objects.create(person=person, party=party, role="operator", valid_from=term[0], valid_to=term[1])
            memory.mandates[party.code] = Rule("operator", *term)
    for _ in range(25):
        step(chance, memory, rows)
        compared(memory, rows, person)


def step(chance: Random, memory: Memory, rows: dict[str, Party]) -> None:
    one, other = chance.choice(sorted(rows)), chance.choice(sorted(rows))
    kind = chance.random()
    if kind < 0.4:
        status = chance.choice(sorted(VERBS))
        said = outcome(lambda: VERBS[status](actor=SYSTEM, party=rows[one], reason="试"))
        assert said == move(memory, one, status)
    elif kind < 0.55:
        said = outcome(lambda: merge(actor=SYSTEM, survivor=rows[one], other=rows[other], reason="试"))
        assert said == absorb(memory, one, other)
    else:
        share = Decimal(chance.randrange(1, 80)) / 100
        new = Relation(one, other, "share", memory.today, None, share)
        for code in (one, other):
            rows[code].refresh_from_db()
        known = {"kind": "share", "share": share, "valid_from": memory.today, "source": "试"}
        said = outcome(lambda: relate(actor=SYSTEM, holder=rows[one], held=rows[other], **known))
        assert said == hold(memory, new)


def compared(memory: Memory, rows: dict[str, Party], person: Person) -> None:
    stakes = [Stake(each.holder, each.held, each.share) for each in memory.relations if each.runs(memory.today)]
    for code, row in rows.items():
        row.refresh_from_db()
        assert (row.status, row.status_on) == (memory.registrations[code].status, memory.registrations[code].since)
        assert party_by_code(code).code == memory.last(code)
        if row.status != "merged":
            assert beneficial_owners_of(row, on=memory.today) == beneficial_owners(code, stakes)
    assert set(principal_of(person).parties) == memory.acts_for()
