"""What the verbs share: locking a line, opening its pots, and turning moves of the rules into transfers of the book."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import SYSTEM
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import Account, Asset, AssetSpec, Entry, ensure_account, post, register_asset
from qilian.engines.ledger.budgets.kernel import COMMITTED, Move, Spot, Year
from qilian.engines.ledger.budgets.models import Commitment, FiscalYear, Line, Programme

BUDGET = AssetSpec(
    slug="budget-cny",
    title=Text("预算指标（人民币）", "Budget authority in Renminbi"),
    kind="budget",
    unit=Text("元", "yuan"),
    scale=2,
)
"""The right to spend, in fen; it is no cash: cash moves when a bank pays."""

ENGINE = "ledger.budgets"
"""Whose rules alone move the accounts of lines and commitments."""
Places = Mapping[Spot, Account]


def budget_asset() -> Asset:
    """The asset of budgets, registered by the house when the first programme is opened."""
    return register_asset(actor=SYSTEM, spec=BUDGET, demonstration=settings.MODE != "real")


def locked_line(line: Line) -> Line:
    """Lock a line, so that two steps on it follow each other, and read it with its year and programme."""
    Line.objects.select_for_update().get(pk=line.pk)
    return Line.objects.select_related("year__programme").get(pk=line.pk)


def year_of(row: FiscalYear) -> Year:
    """A fiscal year as the rules see it."""
    return Year(row.number, row.closed_by_id is not None)


def pot(
    actor: Principal, owner: Ref, programme: Programme, title: Text, purpose: str, rule: str = "debits_within_credits"
) -> Account:
    """Open one pot of a line or commitment."""
    return ensure_account(
        actor=actor,
        owner=owner,
        asset=budget_asset(),
        purpose=purpose,
        title=title,
        rule="credits_within_debits" if rule == "credits_within_debits" else "debits_within_credits",
        offer=programme.offer,
        unit=programme.unit,
        engine=ENGINE,
    )


def places_of(*rows: Line | Commitment) -> Places:
    """The accounts behind the pots of lines and commitments."""
    found: dict[Spot, Account] = {}
    for row in rows:
        if isinstance(row, Commitment):
            found[Spot(row.code, COMMITTED)] = row.account
        else:
            for name in ("granted", "available", "paid", "lapsed"):
                found[Spot(row.code, name)] = getattr(row, name)
    return found


def make(
    actor: Principal, moves: Sequence[Move], places: Places, *, programme: Programme, cause: Ref, key: str, words: str
) -> tuple[str, ...]:
    """Make moves as transfers of the book, all or none; return their codes. The same key moves nothing twice."""
    entries = [
        Entry(
            debit=places[move.out_of],
            credit=places[move.into],
            amount=move.fen,
            key=f"{key}:{place}",
            linked=place < len(moves),
            cause=cause,
            words=words,
        )
        for place, move in enumerate(moves, 1)
    ]
    if not entries:
        return ()
    booked = post(actor=actor, entries=entries, engine=ENGINE, clause=programme.clause, offer=programme.offer)
    return tuple(each.code for each in booked)
