"""Who acts for whom, for programs under `/api/v1/representation`: claims, their review, mandates, delegations."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from qilian.core.papers.files.api import files_of
from qilian.core.rights.grants.api import allowed, possible, require, signed_in, visible
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import Party, party_by_code, scope_of, survivor_of

from .models import Claim, Mandate
from .queries import (
    as_rule,
    claim_by_code,
    claims_waiting,
    mandate_by_code,
    mandates_of,
    my_claims,
    my_mandates,
    require_party,
)
from .services.claims import (
    REVIEW,
    Answer,
    add_evidence,
    answer_claim,
    approve_claim,
    claim_ref,
    drop_evidence,
    person_named,
    refuse_claim,
    return_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from .services.mandates import delegate, revoke

router = Router()
PAGE = 200


class ClaimIn(Schema):
    """The unified or old code of the party that is claimed."""

    party: str


class RoleIn(Schema):
    """`legal` or `operator`, and the last day of an operator's term."""

    role: str
    until: date | None = None


class ReviewIn(Schema):
    """`approve`, `return` or `refuse`, with the reason of the latter two."""

    decision: str
    reason: str = ""


class DelegationIn(Schema):
    """Who may act, by the name he signs in with, from a day to a day (both included), and what for."""

    login: str
    valid_to: date
    valid_from: date | None = None
    note: str = ""


class ReasonIn(Schema):
    """Why."""

    reason: str


class EvidenceOut(Schema):
    """A file that a claim is shown by."""

    code: str
    name: str


class ClaimOut(Schema):
    """A claim: for its person and for reviewers."""

    code: str
    party: str
    name: str
    person: str
    role: str
    until: date | None
    state: str
    started_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    decision: str
    evidence: list[EvidenceOut]


class MandateOut(Schema):
    """A mandate, and whether it runs today."""

    code: str
    party: str
    name: str
    person: str
    role: str
    valid_from: date
    valid_to: date | None
    revoked_on: date | None
    runs: bool


@router.get("/mandates", response=list[MandateOut], summary="For whom I act")
def get_mine(request: HttpRequest) -> list[MandateOut]:
    """All mandates of who is signed in, the latest first."""
    return [_mandate(row) for row in my_mandates(signed_in().person or 0)[:PAGE]]


@router.get("/parties/{code}/mandates", response=list[MandateOut], summary="Who acts for a party")
def get_mandates(request: HttpRequest, code: str) -> list[MandateOut]:
    """All mandates for a party, for its own people and for reviewers."""
    party = party_by_code(code)
    _let_see(party)
    return [_mandate(row) for row in mandates_of(party).select_related("party__merged_into")[:PAGE]]


@router.post("/parties/{code}/mandates", response={201: MandateOut}, summary="Delegate")
def post_mandate(request: HttpRequest, code: str, given: DelegationIn) -> tuple[int, MandateOut]:
    """Let somebody act for a party for a term; its legal representative, or the natural person, may."""
    me, party = signed_in(), party_by_code(code)
    require_party(me, party)
    row = delegate(
        actor=me,
        party=party,
        person=person_named(given.login),
        valid_from=given.valid_from or clock.today(),
        valid_to=given.valid_to,
        note=given.note,
    )
    return 201, _mandate(row)


@router.post("/mandates/{code}/revocation", response=MandateOut, summary="Revoke a mandate")
def post_revocation(request: HttpRequest, code: str, why: ReasonIn) -> MandateOut:
    """Revoke a mandate from today on; what it had delegated ends with it."""
    return _mandate(revoke(actor=signed_in(), mandate=mandate_by_code(code), reason=why.reason))


@router.get("/claims", response=list[ClaimOut], summary="My claims")
def get_claims(request: HttpRequest) -> list[ClaimOut]:
    """The claims of who is signed in, the latest first."""
    return [_claim(row) for row in my_claims(signed_in().person or 0).select_related("person")[:PAGE]]


@router.post("/claims", response={201: ClaimOut}, summary="Claim a party")
def post_claim(request: HttpRequest, wanted: ClaimIn) -> tuple[int, ClaimOut]:
    """Begin to claim a party; a claim that is open already is the answer."""
    return 201, _claim(start_claim(actor=signed_in(), code=wanted.party))


@router.get("/claims/{code}", response=ClaimOut, summary="One claim")
def get_claim(request: HttpRequest, code: str) -> ClaimOut:
    """A claim, for its person and for reviewers of its place."""
    return _claim(_seen(code))


@router.put("/claims/{code}/role", response=ClaimOut, summary="Say in which role one acts")
def put_role(request: HttpRequest, code: str, said: RoleIn) -> ClaimOut:
    """Answer a claim that is not sent yet; its person does."""
    return _claim(answer_claim(actor=signed_in(), claim=_seen(code), answer=Answer(said.role, said.until)))


@router.post("/claims/{code}/evidence", response={201: ClaimOut}, summary="Attach evidence")
def post_evidence(request: HttpRequest, code: str, file: File[UploadedFile]) -> tuple[int, ClaimOut]:
    """Attach a file to a claim that is not sent yet; its person does."""
    row = _seen(code)
    add_evidence(actor=signed_in(), claim=row, upload=file)
    return 201, _claim(row)


@router.delete("/claims/{code}/evidence/{use}", response=ClaimOut, summary="Take evidence back")
def delete_evidence(request: HttpRequest, code: str, use: str) -> ClaimOut:
    """Take a file back from a claim that is not sent yet; its person does."""
    row = _seen(code)
    drop_evidence(actor=signed_in(), claim=row, code=use)
    return _claim(row)


@router.post("/claims/{code}/submission", response=ClaimOut, summary="Send a claim")
def post_submission(request: HttpRequest, code: str) -> ClaimOut:
    """Send a claim to be reviewed; its person does."""
    return _claim(submit_claim(actor=signed_in(), claim=_seen(code)))


@router.post("/claims/{code}/withdrawal", response=ClaimOut, summary="Take a claim back")
def post_withdrawal(request: HttpRequest, code: str) -> ClaimOut:
    """Take a claim back that is not decided; its person does."""
    return _claim(withdraw_claim(actor=signed_in(), claim=_seen(code)))


@router.get("/reviews", response=list[ClaimOut], summary="Claims that wait for review")
def get_reviews(request: HttpRequest) -> list[ClaimOut]:
    """The claims of one's divisions that wait, the oldest first; needs `registry.review`."""
    me = signed_in()
    if not possible(me, [REVIEW]):
        require(me, REVIEW)
    return [_claim(row) for row in visible(claims_waiting(), me, REVIEW)[:PAGE]]


@router.post("/reviews/{code}", response=ClaimOut, summary="Decide on a claim")
def post_review(request: HttpRequest, code: str, review: ReviewIn) -> ClaimOut:
    """Approve, return or refuse the claim of somebody else; needs `registry.review`."""
    me, row = signed_in(), _seen(code)
    if review.decision == "approve":
        approve_claim(actor=me, claim=row, note=review.reason)
    elif review.decision == "return":
        return_claim(actor=me, claim=row, reason=review.reason)
    elif review.decision == "refuse":
        refuse_claim(actor=me, claim=row, reason=review.reason)
    else:
        message = Text("请选择通过、退回或不予通过。", "Say approve, return or refuse.")
        raise Refusal("registry.claim.decision", message, where="decision")
    row.refresh_from_db()
    return _claim(row)


def _seen(code: str) -> Claim:
    """A claim of one's own, or one whose place one reviews; Refusal `registry.claim.unknown` to all others."""
    me, row = signed_in(), claim_by_code(code)
    if row.person_id != me.person and not allowed(me, REVIEW, scope_of(row.party.region)):
        raise Refusal("registry.claim.unknown", Text("没有这份认领申请。", "There is no such claim."), where=code)
    return row


def _let_see(party: Party) -> None:
    me = signed_in()
    if not allowed(me, REVIEW, scope_of(party.region)):
        require_party(me, party)


def _claim(row: Claim) -> ClaimOut:
    plain = ("code", "role", "until", "state", "started_at", "submitted_at", "decided_at", "decision")
    return ClaimOut(
        **{name: getattr(row, name) for name in plain},
        party=row.party.code,
        name=row.party.name,
        person=row.person.name,
        evidence=[EvidenceOut(code=use.code, name=use.name) for use in files_of(claim_ref(row))],
    )


def _mandate(row: Mandate) -> MandateOut:
    plain = ("code", "role", "valid_from", "valid_to", "revoked_on")
    party = survivor_of(row.party)
    return MandateOut(
        **{name: getattr(row, name) for name in plain},
        party=party.code,
        name=party.name,
        person=row.person.name,
        runs=as_rule(row).runs(clock.today()) and party.status != "closed",
    )
