"""What a line of the bank may be: the transfers and sums that a form offers, and the accounts it may be booked to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import Account, Transfer, accounts

from .models import BankAccount, StatementLine
from .queries import matching_of, signed, unmatched_lines, unmatched_transfers
from .words import shown_transfer

OFFERED = 60


@dataclass(frozen=True, slots=True)
class Offered:
    """What a line may be: one transfer, several, or one that it makes together with other lines."""

    key: str
    title: Text
    transfers: Sequence[Transfer]
    lines: Sequence[StatementLine] = ()


def single(line: StatementLine) -> list[Offered]:
    """Unmatched transfers of the same direction: the suggested first, then the latest."""
    row = line.bank_account
    hints = [hint.transfer for hint in matching_of(row, [line]).suggestions]
    every = [each for each in unmatched_transfers(row) if (signed(row, each) > 0) == (line.fen > 0)]
    first = sorted((each for each in every if each.pk in hints), key=lambda each: hints.index(each.pk))
    rest = [each for each in reversed(every) if each.pk not in hints]
    return [Offered(each.code, shown_transfer(row, each), [each]) for each in [*first, *rest][:OFFERED]]


def sums(line: StatementLine) -> Iterator[Offered]:
    """Several transfers that make the line, or other lines that make one transfer with it."""
    row = line.bank_account
    transfers: Mapping[int, Transfer] = {each.pk: each for each in unmatched_transfers(row)}
    for place, group in enumerate(each for each in matching_of(row).sums if line.pk in each.lines):
        booked = [transfers[key] for key in group.transfers]
        others = list(StatementLine.objects.filter(pk__in=group.lines).exclude(pk=line.pk).order_by("day", "pk"))
        shown = [shown_transfer(row, each) for each in booked]
        zh, en = "；".join(each.zh for each in shown), "; ".join(each.en for each in shown)
        if others:
            zh += f"（与另外 {len(others)} 行合计相等）"
            en += f" (the sum of this line and {len(others)} others)"
        else:
            zh, en = f"{len(booked)} 笔合计：{zh}", f"{len(booked)} together: {en}"
        yield Offered(f"sum-{place}", Text(zh, en), booked, others)


def other_lines(line: StatementLine) -> list[StatementLine]:
    """Other unmatched lines of the same direction, the latest first."""
    every = unmatched_lines(line.bank_account).exclude(pk=line.pk).order_by("-day", "-pk")
    return list((every.filter(fen__gt=0) if line.fen > 0 else every.filter(fen__lt=0))[:OFFERED])


def counters(row: BankAccount) -> list[Account]:
    """Suspense, the holder's own, and the accounts of the same unit in the same money that no engine keeps."""
    own = [row.suspense, row.outside]
    others = accounts().filter(unit=row.unit, asset=row.account.asset_id, engine="").exclude(state="closed")
    return [*own, *others[:OFFERED]]
