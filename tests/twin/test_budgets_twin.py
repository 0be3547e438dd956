"""Twin of budgets: one random year through the rules in memory and the verbs on PostgreSQL, equal at every step."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.models import Grant
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.models import Person
from qilian.engines.ledger.budgets import api as budgets
from qilian.engines.ledger.budgets import kernel
from qilian.engines.ledger.budgets.kernel import COMMITTED, Move, Position, Spot

pytestmark = pytest.mark.django_db
HALVES = (
    kernel.Plan(Decimal(40), kernel.Condition("start")),
    kernel.Plan(Decimal(60), kernel.Condition("evidence", "验收")),
)


@dataclass
class Memory:
    """The same lines, in memory."""

    pots: Counter[Spot] = field(default_factory=Counter)
    promised: dict[str, tuple[str, list[kernel.Tranche]]] = field(default_factory=dict)

    def make(self, move: Move) -> None:
        self.pots[move.out_of] -= move.fen
        self.pots[move.into] += move.fen

    def position(self, line: str) -> Position:
        committed = sum(self.pots[Spot(code, COMMITTED)] for code, (owner, _) in self.promised.items() if owner == line)
        pots = {pot: self.pots[Spot(line, pot)] for pot in kernel.POTS}
        return Position(-pots["granted"], pots["available"], committed, pots["paid"], pots["lapsed"])


def person(login: str) -> Principal:
    row = Person.objects.create(login=login, name=login, created_at=clock.now())
    Grant.objects.create(person=row, actions=["budgets.*"], valid_from=clock.today())
    return Principal("person", person=row.pk, code=row.code, name=login)


def code_of(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("seed", range(4))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, memory = Random(seed), Memory()
    clerk, head = person("clerk"), person("head")
    title = Text("双生", "Twin")
    fund = budgets.open_programme(actor=clerk, number="T", title=title, unit="qh-czt")
    year = clock.today().year
    lines = [budgets.open_line(actor=clerk, programme=fund, year=year, number=str(n), title=title) for n in range(3)]
    for _ in range(30):
        one_step(chance, memory, (clerk, head), lines)
        for each in lines:
            assert budgets.position_of(each) == memory.position(each.code)


def one_step(chance: Random, memory: Memory, people: tuple[Principal, Principal], lines: list[budgets.Line]) -> None:
    clerk, head = people
    line, other = chance.sample(lines, 2)
    fen = chance.randrange(0, 5_000)
    step = chance.choice(("appropriate", "adjust", "commit", "commit", "pay", "pay", "release"))
    rows = list(budgets.Commitment.objects.order_by("pk"))
    if step == "appropriate":
        same(
            lambda: memory.make(kernel.appropriate(line.code, fen)),
            lambda: budgets.appropriate(actor=clerk, line=line, amount=Money(fen), document="1号"),
        )
    elif step == "adjust":
        same(
            lambda: memory.make(kernel.adjust(line.code, other.code, memory.position(line.code), fen)),
            lambda: budgets.approve(
                actor=head,
                decision=budgets.adjust(actor=clerk, source=line, target=other, amount=Money(fen), reason="x"),
            ),
        )
    elif step == "commit":
        commit(memory, clerk, line, fen, f"C{len(rows)}")
    elif rows:
        settle(memory, people, chance.choice(rows), step, chance)


def same(remember: Callable[[], object], do: Callable[[], object]) -> str:
    """Both do it, or both refuse with one code."""
    expected = code_of(remember)
    assert code_of(do) == expected
    return expected


def commit(memory: Memory, clerk: Principal, line: budgets.Line, fen: int, number: str) -> None:
    def remember() -> None:
        tranches = kernel.split(fen, HALVES)
        kernel.commit(line.code, number, memory.position(line.code), tranches)

    def do() -> None:
        made = budgets.commit(
            actor=clerk,
            line=line,
            number=number,
            purpose="x",
            payee="某公司",
            unregistered="x",
            amount=Money(fen),
            tranches=HALVES,
        )
        tranches = kernel.split(fen, HALVES)
        memory.make(kernel.commit(line.code, made.code, memory.position(line.code), tranches))
        memory.promised[made.code] = (line.code, list(tranches))

    same(remember, do)


def settle(
    memory: Memory, people: tuple[Principal, Principal], row: budgets.Commitment, step: str, chance: Random
) -> None:
    clerk, head = people
    owner, tranches = memory.promised[row.code]
    if step == "release":

        def remember() -> None:
            memory.make(kernel.release(owner, row.code, tranches))
            tranches[:] = [replace(t, state="released") if t.state == "due" else t for t in tranches]

        same(remember, lambda: budgets.release(actor=clerk, commitment=row, reason="x"))
        return
    place = chance.randrange(2)
    tranche = row.tranches.get(number=place + 1)
    if place and chance.random() < 0.6:

        def confirm() -> None:
            kernel.confirmable(tranches[1])
            tranches[1] = replace(tranches[1], confirmed=True)

        same(confirm, lambda: budgets.confirm(actor=clerk, tranche=tranche, evidence="3号"))

    def pay() -> None:
        memory.make(kernel.pay(owner, row.code, tranches[place], clock.today()))
        tranches[place] = replace(tranches[place], state="paid")

    same(pay, lambda: budgets.pay(actor=head, tranche=tranche))
