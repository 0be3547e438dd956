"""Reading budgets: every amount is a balance of the book, read for all lines of a programme at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import visible
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.api import Account, accounts, totals_of

from .kernel import Condition, Standing
from .kernel import Tranche as Asked
from .models import Commitment, Decision, FiscalYear, Line, Programme, Tranche
from .rights import VIEW

_COMMITTED = "budget.commitment"


def programmes(actor: Principal) -> QuerySet[Programme]:
    """The programmes that somebody may see."""
    return visible(Programme.objects.all(), actor, VIEW)


def programme_numbered(number: str) -> Programme:
    """A programme by its number; Refusal `budgets.programme.unknown` (HTTP 404)."""
    row = Programme.objects.filter(number=number).first()
    if row is None:
        message = Text(f"没有资金项目 {number}。", f"There is no programme {number}.")
        raise Refusal("budgets.programme.unknown", message, where=number)
    return row


def lines_of(programme: Programme, year: int | None = None) -> QuerySet[Line]:
    """The lines of a programme, the latest year first, with their years."""
    rows = Line.objects.filter(year__programme=programme).select_related("year__programme", "following__year")
    rows = rows.filter(year__number=year) if year is not None else rows
    return rows.order_by("-year__number", "number")


def line_coded(code: str) -> Line:
    """A line by its public code; Refusal `budgets.line.unknown` (HTTP 404)."""
    row = Line.objects.select_related("year__programme", "following__year").filter(code=code).first()
    if row is None:
        raise Refusal("budgets.line.unknown", Text("没有这个科目。", "There is no such line."), where=code)
    return row


def commitment_coded(code: str) -> Commitment:
    """A commitment by its public code; Refusal `budgets.commitment.unknown` (HTTP 404)."""
    rows = Commitment.objects.select_related("line__year__programme", "made_by", "carried_from")
    row = rows.filter(code=code).first()
    if row is None:
        raise Refusal("budgets.commitment.unknown", Text("没有这项承诺。", "There is no such commitment."), where=code)
    return row


def decision_coded(code: str) -> Decision:
    """A decision by its public code; Refusal `budgets.decision.unknown` (HTTP 404)."""
    row = Decision.objects.select_related("programme", "proposed_by", "decided_by").filter(code=code).first()
    if row is None:
        raise Refusal("budgets.decision.unknown", Text("没有这项决定。", "There is no such decision."), where=code)
    return row


def standings(lines: Iterable[Line]) -> Mapping[int, Standing]:
    """What the pots of some lines hold now, by the line's key: two queries for any number of lines."""
    wanted = list(lines)
    pots = {number for line in wanted for number in (line.granted_id, line.available_id, line.paid_id, line.lapsed_id)}
    promised = Commitment.objects.filter(line__in=[line.pk for line in wanted]).values_list("line_id", "account_id")
    of_line: defaultdict[int, list[int]] = defaultdict(list)
    for line_id, account in promised:
        of_line[line_id].append(account)
        pots.add(account)
    held = balances(accounts().filter(pk__in=pots))
    return {
        line.pk: Standing(
            granted=-held[line.granted_id],
            available=held[line.available_id],
            committed=sum(held[account] for account in of_line[line.pk]),
            paid=held[line.paid_id],
            lapsed=held[line.lapsed_id],
        )
        for line in wanted
    }


def standing_of(line: Line) -> Standing:
    """What the pots of one line hold now."""
    return standings([line])[line.pk]


def balances(rows: Iterable[Account]) -> Mapping[int, int]:
    """The balance of each account now, in minimal units."""
    return {row.pk: totals_of(row).balance for row in rows}


def unpaid_of(commitments: Iterable[Commitment]) -> Mapping[int, int]:
    """What is not paid yet of each commitment, by its key: the balance of its account."""
    rows = {row.account_id: row.pk for row in commitments}
    return {rows[account]: fen for account, fen in balances(accounts().filter(pk__in=rows)).items()}


def years_of(programme: Programme) -> QuerySet[FiscalYear]:
    """The years of a programme, the latest first."""
    return FiscalYear.objects.filter(programme=programme).select_related("closed_by").order_by("-number")


def asked(row: Tranche) -> Asked:
    """A tranche as the rules see it."""
    condition = Condition(row.condition, row.words, row.day)
    return Asked(row.number, row.fen, condition, row.state, row.confirmed_at is not None)


def ref(row: Programme | Line | Commitment | Decision) -> Ref:
    """The reference of a record of budgets."""
    kinds = {Programme: "budget.programme", Line: "budget.line", Commitment: _COMMITTED, Decision: "budget.decision"}
    return Ref(kinds[type(row)], row.code)
