"""Reading budgets: every amount is a balance of the book, read for all lines of a programme at once."""

from collections.abc import Iterable, Mapping

from django.db.models import BigIntegerField, F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import visible
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.api import Account, accounts, totals_of

from .kernel import Condition, Position
from .kernel import Tranche as Asked
from .models import Commitment, Decision, FiscalYear, Line, Programme, Tranche
from .rights import VIEW

_KINDS: Mapping[type, str] = {
    Programme: "budget.programme",
    Line: "budget.line",
    Commitment: "budget.commitment",
    Tranche: "budget.tranche",
    Decision: "budget.decision",
}


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
    """The lines of a programme, the latest year first, with their years and all that their pots hold."""
    rows = with_pots(Line.objects.filter(year__programme=programme))
    rows = rows.filter(year__number=year) if year is not None else rows
    return rows.order_by("-year__number", "number")


def seen_lines(actor: Principal) -> QuerySet[Line]:
    """The lines of the programmes that somebody may see, the latest year first."""
    rows = with_pots(Line.objects.filter(year__programme__in=programmes(actor)))
    return rows.order_by("-year__number", "year__programme__number", "number")


def line_coded(code: str) -> Line:
    """A line by its public code; Refusal `budgets.line.unknown` (HTTP 404)."""
    row = with_pots(Line.objects.filter(code=code)).first()
    if row is None:
        raise Refusal("budgets.line.unknown", Text("没有这个科目。", "There is no such line."), where=code)
    return row


def commitment_coded(code: str) -> Commitment:
    """A commitment by its public code; Refusal `budgets.commitment.unknown` (HTTP 404)."""
    row = _commitments().filter(code=code).first()
    if row is None:
        raise Refusal("budgets.commitment.unknown", Text("没有这项承诺。", "There is no such commitment."), where=code)
    return row


def seen_commitments(actor: Principal) -> QuerySet[Commitment]:
    """The commitments of the programmes that somebody may see, the latest first, with their tranches."""
    return _commitments().filter(line__year__programme__in=programmes(actor)).order_by("-pk")


def commitments_of(line: Line) -> QuerySet[Commitment]:
    """The commitments of a line, the latest first."""
    return _commitments().filter(line=line).order_by("-pk")


def _commitments() -> QuerySet[Commitment]:
    tranches = Prefetch("tranches", Tranche.objects.select_related("confirmed_by", "paid_by"))
    rows = Commitment.objects.select_related("account", "line__year__programme", "made_by", "carried_from")
    return rows.prefetch_related(tranches)


def tranche_coded(code: str) -> Tranche:
    """A tranche by its public code; Refusal `budgets.tranche.unknown` (HTTP 404)."""
    row = _tranches().filter(code=code).first()
    if row is None:
        raise Refusal("budgets.tranche.unknown", Text("没有这一笔。", "There is no such tranche."), where=code)
    return row


def seen_tranches(actor: Principal) -> QuerySet[Tranche]:
    """The tranches of the programmes that somebody may see, the latest commitment first."""
    rows = _tranches().filter(commitment__line__year__programme__in=programmes(actor))
    return rows.order_by("-commitment_id", "number")


def _tranches() -> QuerySet[Tranche]:
    return Tranche.objects.select_related("commitment__line__year__programme", "confirmed_by", "paid_by")


def seen_decisions(actor: Principal) -> QuerySet[Decision]:
    """The adjustments and closes of the programmes that somebody may see, those that wait first."""
    rows = Decision.objects.select_related("programme", "proposed_by", "decided_by")
    return rows.filter(programme__in=programmes(actor)).order_by("-state", "-pk")


def decision_coded(code: str) -> Decision:
    """A decision by its public code; Refusal `budgets.decision.unknown` (HTTP 404)."""
    row = Decision.objects.select_related("programme", "proposed_by", "decided_by").filter(code=code).first()
    if row is None:
        raise Refusal("budgets.decision.unknown", Text("没有这项决定。", "There is no such decision."), where=code)
    return row


def with_pots(rows: QuerySet[Line]) -> QuerySet[Line]:
    """Lines with all that their pots hold, whatever their number: the accounts by join, what is promised as a sum."""
    balance = F("account__credits_posted") - F("account__debits_posted")
    promised = Commitment.objects.filter(line=OuterRef("pk")).order_by().values("line").annotate(fen=Sum(balance))
    rows = rows.select_related("year__programme", "following__year", "granted", "available", "paid", "lapsed")
    return rows.annotate(promised=Coalesce(Subquery(promised.values("fen")), 0, output_field=BigIntegerField()))


def held(line: Line) -> Position:
    """What the pots of a line held when it was read `with_pots`."""
    return Position(
        granted=-totals_of(line.granted).balance,
        available=totals_of(line.available).balance,
        committed=int(vars(line)["promised"]),
        paid=totals_of(line.paid).balance,
        lapsed=totals_of(line.lapsed).balance,
    )


def positions(lines: Iterable[Line]) -> Mapping[int, Position]:
    """What the pots of some lines hold now, by the line's key: one query for any number of lines."""
    rows = with_pots(Line.objects.filter(pk__in=[line.pk for line in lines]))
    return {row.pk: held(row) for row in rows}


def position_of(line: Line) -> Position:
    """What the pots of one line hold now."""
    return positions([line])[line.pk]


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


def year_to_close(programme: Programme) -> FiscalYear | None:
    """The earliest year of a programme that has begun and is not closed."""
    rows = FiscalYear.objects.filter(programme=programme, closed_by=None, number__lte=clock.today().year)
    return rows.order_by("number").first()


def asked(row: Tranche) -> Asked:
    """A tranche as the rules see it."""
    condition = Condition(row.condition, row.words, row.day)
    return Asked(row.number, row.fen, condition, row.state, row.confirmed_at is not None)


def ref(row: Programme | Line | Commitment | Tranche | Decision) -> Ref:
    """The reference of a record of budgets."""
    return Ref(_KINDS[type(row)], row.code)
