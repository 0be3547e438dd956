"""Twin of credit: one random life of a record through the law in memory and through verbs on PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.rights.grants.api import grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import principal_of, register_person
from qilian.engines.registry.credit import api
from qilian.engines.registry.credit.kernel import display
from qilian.engines.registry.credit.queries import law_of
from qilian.engines.registry.parties.api import Facts, check_character, register_party

pytestmark = pytest.mark.django_db


@dataclass
class Memory:
    """The record and its repair as the law has them."""

    law: display.Record
    asked: bool = False

    def correct(self) -> None:
        display.only_standing(self.law)
        self.law = replace(self.law, corrected=True)

    def ask(self) -> None:
        display.may_repair(self.law, clock.today(), pledge=True, other=True)
        if self.asked:
            raise Refusal("registry.credit.asked", Text("", ""))
        self.asked = True

    def decide(self, *, granted: bool, other: bool) -> None:
        if not self.asked:
            raise Refusal("registry.credit.none_asked", Text("", ""))
        if granted:
            display.may_repair(self.law, clock.today(), pledge=True, other=other)
            self.law = replace(self.law, state="repaired")
        self.asked = False

    def annul(self) -> None:
        display.only_standing(self.law)
        self.law = replace(self.law, state="annulled")

    def lapse(self) -> None:
        if not display.over(self.law, clock.today()):
            raise Refusal("registry.credit.period", Text("", ""))
        self.law = replace(self.law, state="lapsed")


def told(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        return refusal.code
    return ""


def person(login: str) -> Principal:
    row = register_person(actor=SYSTEM, login=login, name=login)
    grant(actor=SYSTEM, person=row.pk, actions=("credit.*",))
    return principal_of(row)


def step(chance: Random, memory: Memory, row: api.CreditRecord, people: tuple[Principal, Principal]) -> tuple[str, str]:
    """One deed in both; what each answered."""
    clerk, judge = people
    granted, other = chance.random() < 0.7, chance.random() < 0.8
    in_memory, in_database = chance.choices(
        (
            (memory.correct, lambda: api.correct(actor=clerk, record=row, evidence="x")),
            (memory.ask, lambda: api.ask_repair(actor=clerk, record=row, pledge="x", evidence="x")),
            (
                lambda: memory.decide(granted=granted, other=other),
                lambda: api.decide_repair(actor=judge, record=row, granted=granted, answer="x", other=other),
            ),
            (memory.annul, lambda: api.annul(actor=clerk, record=row, reason="x")),
            (memory.lapse, lambda: api.lapse(actor=SYSTEM, record=row)),
        ),
        (3, 3, 3, 0.3, 1),
    )[0]
    return told(in_memory), told(in_database)


@pytest.mark.parametrize("seed", range(8))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance = Random(seed)
    body = "91630100MA7000099"
    party = register_party(actor=SYSTEM, facts=Facts("", "双生贸易有限公司", body + check_character(body)))
    people = person("clerk"), person("judge")
    for number in range(6):
        memory, row = record(chance, number, people[0], party)
        today, days = clock.now(), 0
        for _ in range(14):
            days += chance.choice((0, 0, 0, 20, 90))
            with clock.allow_standing(), clock.standing_at(today + timedelta(days=days)):
                assert len(set(step(chance, memory, row, people))) == 1
                row.refresh_from_db()
                with acting(SYSTEM):
                    asked = api.repair_of(row)
                assert law_of(row) == memory.law
                assert api.is_shown(row) == display.shown(memory.law, clock.today())
                assert (asked is not None and asked.state == "asked") == memory.asked


def record(chance: Random, number: int, clerk: Principal, party: object) -> tuple[Memory, api.CreditRecord]:
    severity, decided = chance.choice(tuple(api.CLASSES)), clock.today() - timedelta(days=chance.randrange(500))
    needed, repairable, beyond = chance.random() < 0.5, chance.random() < 0.8, chance.choice(("", "rule"))
    said = api.Decision(f"doc {number}", "a", "c", decided, severity, needed, repairable, beyond)
    row = api.record_conduct(actor=clerk, party=party, decision=said)  # type: ignore[arg-type] # a Party
    assert row.last_day == months_later(decided, {"minor": 3, "ordinary": 12, "serious": 36}[severity])
    law = display.Record(severity, decided, needed=needed, repairable=repairable, beyond=beyond != "")
    return Memory(law), row


def months_later(day: date, months: int) -> date:
    """Independent of the kernel: count to the month, then take its day, or its last."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)
