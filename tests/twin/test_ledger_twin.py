"""Twin of the book: one random story through the kernel in memory and the verbs on PostgreSQL, equal at every step."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import body_of
from qilian.core.values import clock
from qilian.core.values.merkle.api import includes, leaf_hash
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book import kernel
from qilian.engines.ledger.book.api import (
    YUAN,
    Account,
    AssetSpec,
    Capture,
    Entry,
    Hold,
    Restraint,
    Span,
    Transfer,
    Void,
    balance,
    content_of,
    event_of,
    freeze,
    lift,
    open_account,
    register_asset,
    submit,
)
from qilian.engines.ledger.book.events import BatchPosted
from qilian.engines.ledger.book.models import Holding
from qilian.engines.ledger.book.proving import leaves_of, path
from qilian.engines.ledger.checking.api import reconcile

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
BOND = AssetSpec(slug="bond", title=Text("债券", "Bond"), kind="share", unit=Text("张", "pieces"), serial=True)
STEPS = 40


@dataclass
class Memory:
    """The same book in memory: state, open restraints, every row."""

    state: kernel.State
    bound: dict[str, tuple[int, int, Span | None]] = field(default_factory=dict)
    lines: list[kernel.Line] = field(default_factory=list)

    def submit(self, commands: Sequence[kernel.Command], at: datetime) -> tuple[str, ...]:
        outcome = kernel.apply(self.state, commands, at)
        self.state = outcome.state
        self.lines += [kernel.Line(r.command.kind, r.debit, r.credit, r.amount, r.released) for r in outcome.rows]
        return outcome.codes

    def restrain(self, number: int, amount: int, span: Span | None, name: str) -> None:
        account = self.state.accounts[number]
        totals = kernel.restraining.changed(account.totals, amount)
        pieces = dict(self.state.pieces)
        if span:
            pieces[account.asset] = kernel.serials.put(pieces[account.asset], span, number, name)
        accounts = {**self.state.accounts, number: replace(account, totals=totals)}
        self.state = replace(self.state, accounts=accounts, pieces=pieces)

    def wrong(self, number: int, amount: int, span: Span | None) -> str | None:
        account = self.state.accounts[number]
        return kernel.restraining.wrong(account, amount, span, self.state.pieces.get(account.asset, ()))


def people() -> list[Account]:
    cny, bond = register_asset(actor=SYSTEM, spec=YUAN), register_asset(actor=SYSTEM, spec=BOND)
    return [
        open_account(
            actor=SYSTEM,
            owner=Ref("world" if number == 0 else "party", str(number)),
            asset=asset,
            title=Text(f"户{number}", f"No. {number}"),
            rule="free" if number == 0 else "credits_within_debits" if number == 3 else "debits_within_credits",
            final=number == 4,
        )
        for asset in (cny, bond)
        for number in range(5)
        if not (asset == bond and number == 3)
    ]


def remembered(rows: Sequence[Account]) -> Memory:
    return Memory(
        kernel.State(
            {
                row.pk: kernel.Account(row.pk, row.asset_id, row.rule, "open", row.final, row.asset.serial)  # type: ignore[arg-type] # a rule
                for row in rows
            }
        )
    )


def wanted(chance: Random, rows: Sequence[Account], memory: Memory, now: datetime) -> Entry | Capture | Void:
    """Draw something to want; about one key in four is one that was used."""
    key = chance.choice(["", f"k{chance.randrange(10**9)}", f"k{chance.randrange(9)}"])
    linked = chance.random() < 0.2
    if memory.state.holds and chance.random() < 0.4:
        hold = chance.choice(sorted(memory.state.holds))
        key = key or f"end {hold} {chance.randrange(99)}"
        if chance.random() < 0.5:
            return Capture(hold=hold, amount=chance.choice((None, chance.randrange(0, 90))), key=key, linked=linked)
        return Void(hold=hold, key=key, linked=linked, expired=chance.random() < 0.4)
    key = key or f"x{chance.randrange(10**9)}"
    asset = chance.choice(sorted({row.asset_id for row in rows}))
    debit, credit = chance.sample([row for row in rows if row.asset_id == asset or chance.random() < 0.02], 2)
    pending, due = chance.random() < 0.35, chance.choice((None, now + timedelta(hours=4)))
    span, amount = None, chance.randrange(0, 90)
    if debit.asset.serial and chance.random() < 0.95:
        first = chance.randrange(1, 60)
        span = Span(first, first + chance.randrange(0, 9))
        amount = span.size
    return Entry(
        debit=debit, credit=credit, amount=amount, key=key, pending=pending, due=due, linked=linked, serials=span
    )


def command_of(each: Entry | Capture | Void, memory: Memory) -> kernel.Command:
    """What a caller wants as the kernel takes it, written independently of the part's own drafting."""
    code = kernel.code_of(each.key, each.debit.code if isinstance(each, Entry) else each.hold)
    if isinstance(each, Entry):
        kind, due = ("pending", each.due) if each.pending else ("single", None)
        content = kernel.Content(kind, each.debit.code, each.credit.code, each.amount, "", due, each.serials, "", "")  # type: ignore[arg-type] # a kind
        return kernel.Command(
            code, kernel.digest_of(content), each.debit.pk, each.credit.pk, each.amount, content.kind, "", due,
            each.linked, each.serials,
        )  # fmt: skip
    amount, kind = 0, "void"
    if isinstance(each, Capture):
        amount, kind = memory.state.holds[each.hold].amount if each.amount is None else each.amount, "post"
    elif each.expired:
        kind = "expire"
    content = kernel.Content(kind, "", "", amount, each.hold, None, None, "", "")  # type: ignore[arg-type] # a kind
    return kernel.Command(
        code, kernel.digest_of(content), amount=amount, kind=content.kind, pending=each.hold, linked=each.linked
    )


def compared(memory: Memory, rows: Sequence[Account]) -> None:
    assert {row.pk: balance(row) for row in rows} == {n: each.totals for n, each in memory.state.accounts.items()}
    holds = Hold.objects.values_list("transfer__code", "state", "due", "amount")
    assert set(holds) == {(code, each.state, each.due, each.amount) for code, each in memory.state.holds.items()}
    pieces = Holding.objects.values_list("asset_id", "first", "last", "account_id", "reserved")
    assert set(pieces) == {(asset, *piece) for asset, each in memory.state.pieces.items() for piece in each}
    assert set(Transfer.objects.values_list("code", flat=True)) == set(memory.state.known)


def restrain(chance: Random, memory: Memory, rows: Sequence[Account]) -> None:
    """Freeze something in both, or lift something in both."""
    if memory.bound and chance.random() < 0.5:
        name = chance.choice(sorted(memory.bound))
        number, amount, span = memory.bound.pop(name)
        lift(actor=SYSTEM, restraint=Restraint.objects.get(code=name), reason="解除")
        memory.restrain(number, -amount, span, "")
        return
    row = chance.choice(rows)
    first = chance.randrange(1, 60)
    span = Span(first, first + chance.randrange(0, 4)) if row.asset.serial else None
    amount = span.size if span else chance.randrange(0, 60)
    expected = memory.wrong(row.pk, amount, span)
    try:
        with transaction.atomic():
            made = freeze(actor=SYSTEM, account=row, amount=amount, reason="冻结", numbers=span)
    except Refusal as refusal:
        assert refusal.code == f"ledger.{expected}"
        return
    assert expected is None
    memory.restrain(row.pk, amount, span, made.code)
    memory.bound[made.code] = (row.pk, amount, span)


@pytest.mark.parametrize("seed", range(6))
def test_memory_and_database_agree_at_every_step(seed: int) -> None:
    chance, now = Random(seed), START
    with clock.allow_standing(), clock.standing_at(now):
        rows = people()
    memory = remembered(rows)
    for _ in range(STEPS):
        now += timedelta(hours=chance.randrange(0, 3))
        with clock.allow_standing(), clock.standing_at(now):
            if chance.random() < 0.2:
                restrain(chance, memory, rows)
            else:
                batch = [wanted(chance, rows, memory, now) for _ in range(chance.randrange(1, 6))]
                expected = memory.submit([command_of(each, memory) for each in batch], now)
                assert tuple(answer.result for answer in submit(actor=SYSTEM, entries=batch)) == expected
        compared(memory, rows)
    assert kernel.replay(memory.lines).items() <= {row.pk: balance(row)._replace(restrained=0) for row in rows}.items()
    assert reconcile(actor=SYSTEM).sound
    _assert_covered_by_the_log()


def _assert_covered_by_the_log() -> None:
    """Every row hashes to what it said, and lies in the tree whose root its batch's event carries."""
    rows = list(Transfer.objects.select_related("batch", "debit", "credit", "pending"))
    assert rows
    for row in rows:
        assert kernel.digest_of(content_of(row)) == bytes(row.digest)
        leaves, body = leaves_of(row), body_of(event_of(row))
        assert isinstance(body, BatchPosted) and len(leaves) == body.rows
        index = list(row.batch.transfers.order_by("id").values_list("pk", flat=True)).index(row.pk)
        assert includes(body.root, leaf=leaves[index], index=index, size=len(leaves), path=path(leaves, index))
        assert not includes(body.root, leaf=leaf_hash(b"x"), index=index, size=len(leaves), path=path(leaves, index))
