"""Budgets as JSON under /api/v1/budgets/: the same verbs and grants as the pages; amounts in fen."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.banking.api import shown_party

from . import services as verbs
from .kernel import Condition, Plan, Standing
from .models import Commitment, Line, Programme, Tranche
from .queries import commitment_coded, line_coded, lines_of, programme_numbered, programmes, standings, unpaid_of
from .rights import VIEW, scope_of

router = Router()


class ProgrammeOut(Schema):
    """A programme."""

    number: str
    title_zh: str
    title_en: str
    unit: str
    clause: str


class LineOut(Schema):
    """A line of a year with what its accounts hold, in fen."""

    code: str
    year: int
    number: str
    title_zh: str
    title_en: str
    closed: bool
    granted: int
    budget: int
    committed: int
    paid: int
    available: int
    lapsed: int
    carried: int


class TrancheOut(Schema):
    """A tranche: its condition and state."""

    code: str
    number: int
    fen: int
    condition: str
    words: str
    day: date | None
    state: str
    confirmed: bool


class CommitmentOut(Schema):
    """A commitment; the payee is masked."""

    code: str
    number: str
    purpose: str
    payee: str
    fen: int
    unpaid: int
    tranches: list[TrancheOut]


class TrancheIn(Schema):
    """A tranche that is asked for: its share in percent, its condition (start, day, evidence)."""

    share: Decimal
    condition: str = "start"
    words: str = ""
    day: date | None = None


class CommitmentIn(Schema):
    """A commitment that is asked for; `fen` counts fen."""

    number: str
    purpose: str
    payee: str
    party: str = ""
    fen: int
    tranches: list[TrancheIn]


class EvidenceIn(Schema):
    """What shows the result."""

    evidence: str


@router.get("/programmes", response=list[ProgrammeOut], summary="Programmes that you may see")
def get_programmes(request: HttpRequest) -> list[Programme]:
    """All programmes within your grants."""
    return list(programmes(current_principal()))


@router.get("/programmes/{number}/lines", response=list[LineOut], summary="Lines of a programme with their balances")
def get_lines(request: HttpRequest, number: str, year: int | None = None) -> list[LineOut]:
    """The lines, the latest year first; needs `budgets.view`."""
    programme = programme_numbered(number)
    require(current_principal(), VIEW, scope_of(programme))
    rows = list(lines_of(programme, year))
    held = standings(rows)
    return [_line(row, held[row.pk]) for row in rows]


@router.post("/lines/{code}/commitments", response={201: CommitmentOut}, summary="Commit money of a line")
def post_commitment(request: HttpRequest, code: str, asked: CommitmentIn) -> tuple[int, CommitmentOut]:
    """Set money apart in tranches; needs `budgets.commit`."""
    row = verbs.commit(
        actor=current_principal(),
        line=line_coded(code),
        number=asked.number,
        purpose=asked.purpose,
        payee=asked.payee,
        party=asked.party,
        amount=Money(asked.fen),
        tranches=[Plan(each.share, Condition(each.condition, each.words, each.day)) for each in asked.tranches],
    )
    return 201, _commitment(row)


@router.get("/commitments/{code}", response=CommitmentOut, summary="One commitment with its tranches")
def get_commitment(request: HttpRequest, code: str) -> CommitmentOut:
    """Needs `budgets.view`."""
    row = commitment_coded(code)
    require(current_principal(), VIEW, scope_of(row.line.year.programme))
    return _commitment(row)


@router.post("/tranches/{code}/confirmation", response=TrancheOut, summary="Confirm the result a tranche waits for")
def post_confirmation(request: HttpRequest, code: str, asked: EvidenceIn) -> TrancheOut:
    """Needs `budgets.confirm`."""
    return _tranche(verbs.confirm(actor=current_principal(), tranche=_found(code), evidence=asked.evidence))


@router.post("/tranches/{code}/payment", response=TrancheOut, summary="Pay a tranche")
def post_payment(request: HttpRequest, code: str) -> TrancheOut:
    """Needs `budgets.pay`; not by who confirmed."""
    return _tranche(verbs.pay(actor=current_principal(), tranche=_found(code)))


def _found(code: str) -> Tranche:
    row = Tranche.objects.select_related("commitment__line__year__programme").filter(code=code).first()
    if row is None:
        raise Refusal("budgets.tranche.unknown", Text("没有这一笔。", "There is no such tranche."), where=code)
    return row


def _line(row: Line, held: Standing) -> LineOut:
    return LineOut(
        code=row.code,
        year=row.year.number,
        number=row.number,
        title_zh=row.title_zh,
        title_en=row.title_en,
        closed=row.year.closed_by_id is not None,
        granted=held.granted,
        budget=held.budget,
        committed=held.committed,
        paid=held.paid,
        available=held.available,
        lapsed=held.lapsed,
        carried=row.carried_fen,
    )


def _commitment(row: Commitment) -> CommitmentOut:
    return CommitmentOut(
        code=row.code,
        number=row.number,
        purpose=row.purpose,
        payee=shown_party(row.payee),
        fen=row.fen,
        unpaid=unpaid_of([row])[row.pk],
        tranches=[_tranche(each) for each in row.tranches.all()],
    )


def _tranche(row: Tranche) -> TrancheOut:
    return TrancheOut(
        code=row.code,
        number=row.number,
        fen=row.fen,
        condition=row.condition,
        words=row.words,
        day=row.day,
        state=row.state,
        confirmed=row.confirmed_at is not None,
    )
