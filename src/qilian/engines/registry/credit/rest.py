"""Credit records for programs under `/api/v1/credit-records`: the same verbs, grants and law of display."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import possible, require, visible
from qilian.core.values import clock
from qilian.core.values.text import Refusal
from qilian.engines.registry.parties.api import Party, party_by_code, party_by_uscc

from .kernel.display import missing
from .models import CreditRecord
from .pages.reading import sees_all
from .queries import is_shown, law_of, record_by_code, records, repair_of, shown_records, unknown
from .services import RECORD, Decision, annul, ask_repair, correct, decide_repair, lapse, record_conduct

router = Router()
PAGE = 100


class CreditDecisionIn(Schema):
    """The deciding document: `severity` is minor, ordinary or serious; the flags as in the law of credit repair.

    `party` is a unified code, or the public code of a party. `needed` shows a minor one; `beyond` is the rule by which
    uncorrected conduct stays on display.
    """

    party: str
    document: str
    authority: str
    conduct: str
    decided_on: date
    severity: str
    needed: bool = False
    repairable: bool = True
    beyond: str = ""


class RepairIn(Schema):
    """The public pledge, and what proves that the conditions are met."""

    pledge: str
    evidence: str


class VerdictIn(Schema):
    """Whether a repair is granted, why, and whether the other conditions of the law are met."""

    granted: bool
    answer: str
    other: bool = True


class CreditEvidenceIn(Schema):
    """What proves the correction."""

    evidence: str


class GroundIn(Schema):
    """Why a record is taken back."""

    reason: str


class RepairOut(Schema):
    """A repair that was asked for: asked, granted or refused."""

    state: str
    pledge: str
    evidence: str
    asked_at: datetime
    decided_at: datetime | None
    answer: str


class RecordOut(Schema):
    """A credit record; what is missing for its repair, and the repair, only for its party and its officials."""

    code: str
    party: str
    name: str
    severity: str
    document: str
    authority: str
    conduct: str
    decided_on: date
    least_day: date
    last_day: date
    corrected_on: date | None
    state: str
    missing: list[str] = []
    repair: RepairOut | None = None


class CreditRecordPage(Schema):
    """Records, the latest decision first; ask again with `after` for what follows."""

    items: list[RecordOut]
    after: str


@router.get("", response=CreditRecordPage, summary="Credit records shown today")
def list_records(request: HttpRequest, party: str = "", after: str = "", every: bool = False) -> CreditRecordPage:
    """Up to a hundred records that the law shows today, of a party (its public code) when one is named.

    With `every` all records of one's divisions, those that are over too; that needs `credit.record`.
    """
    me, rows = current_principal(), shown_records(clock.today())
    if every:
        if not possible(me, [RECORD]):
            require(me, RECORD)
        rows = visible(records(), me, RECORD)
    if party:
        rows = rows.filter(party=party_by_code(party))
    if after:
        last = record_by_code(after)
        rows = rows.filter(decided_on__lte=last.decided_on).exclude(decided_on=last.decided_on, pk__gte=last.pk)
    found = list(rows[: PAGE + 1])
    return CreditRecordPage(
        items=[_out(row) for row in found[:PAGE]], after=found[PAGE - 1].code if len(found) > PAGE else ""
    )


@router.get("/{code}", response=RecordOut, summary="One credit record")
def get_record(request: HttpRequest, code: str) -> RecordOut:
    """One record; when the law no longer shows it, only its party and its officials find it."""
    row = record_by_code(code)
    if not (is_shown(row) or sees_all(current_principal(), row)):
        raise unknown(code)
    return _out(row)


@router.post("", response={201: RecordOut}, summary="Enter a credit record")
def post_record(request: HttpRequest, decision: CreditDecisionIn) -> tuple[int, RecordOut]:
    """Put a decision on record; needs `credit.record`."""
    said = decision.dict(exclude={"party"})
    row = record_conduct(actor=current_principal(), party=_party(decision.party), decision=Decision(**said))
    return 201, _out(row)


@router.post("/{code}/correction", response=RecordOut, summary="Note the correction")
def post_correction(request: HttpRequest, code: str, proof: CreditEvidenceIn) -> RecordOut:
    """Note that the conduct is corrected and the duties are met; needs `credit.record`."""
    return _out(correct(actor=current_principal(), record=record_by_code(code), evidence=proof.evidence))


@router.post("/{code}/repair", response=RecordOut, summary="Ask for repair")
def post_repair(request: HttpRequest, code: str, asked: RepairIn) -> RecordOut:
    """Ask for the repair of a record; for who acts for the party, or with `credit.apply`."""
    row = record_by_code(code)
    ask_repair(actor=current_principal(), record=row, pledge=asked.pledge, evidence=asked.evidence)
    return _out(row)


@router.post("/{code}/decision", response=RecordOut, summary="Decide on the repair")
def post_decision(request: HttpRequest, code: str, verdict: VerdictIn) -> RecordOut:
    """Grant or refuse a repair that somebody else wrote down; needs `credit.decide`."""
    return _out(decide_repair(actor=current_principal(), record=record_by_code(code), **verdict.dict()))


@router.post("/{code}/annulment", response=RecordOut, summary="Annul a record")
def post_annulment(request: HttpRequest, code: str, ground: GroundIn) -> RecordOut:
    """Take a record back whose decision was annulled or changed; needs `credit.record`."""
    return _out(annul(actor=current_principal(), record=record_by_code(code), reason=ground.reason))


@router.post("/{code}/lapse", response=RecordOut, summary="Let a record leave")
def post_lapse(request: HttpRequest, code: str) -> RecordOut:
    """Let a record leave whose longest period is over; needs `credit.record`. The worker does it every night."""
    return _out(lapse(actor=current_principal(), record=record_by_code(code)))


def _party(written: str) -> Party:
    """A party by its unified code, else by its public code."""
    try:
        return party_by_uscc(written)
    except Refusal:
        return party_by_code(written.strip())


def _out(row: CreditRecord) -> RecordOut:
    inside, law = sees_all(current_principal(), row), law_of(row)
    asked = repair_of(row) if inside else None
    plain = ("code", "severity", "document", "authority", "conduct", "decided_on", "last_day", "corrected_on", "state")
    repair = {name: getattr(asked, name) for name in RepairOut.model_fields} if asked else None
    lacking = missing(law, clock.today(), pledge=asked is not None, other=True) if inside else ()
    return RecordOut(
        **{name: getattr(row, name) for name in plain},
        party=row.party.code,
        name=row.party.name,
        least_day=law.least_day,
        missing=list(lacking),
        repair=RepairOut(**repair) if repair else None,
    )
