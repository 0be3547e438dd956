"""Claiming a party: begun by code, answered, shown by evidence, sent, decided by an official."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit
from qilian.core.papers.files.api import FileUse, Upload, attach, detach, files_of
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text, refuse_all, required_text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.notices.api import notify
from qilian.engines.registry.parties.api import Party, party_by_code, refuse_closed, registration_of, scope_of
from qilian.engines.registry.representation.events import ClaimDecided, ClaimStarted, ClaimSubmitted, ClaimWithdrawn
from qilian.engines.registry.representation.kernel.claims import OPEN, Asked, State, editable, missing, move
from qilian.engines.registry.representation.models import Claim, Mandate
from qilian.engines.registry.representation.queries import claim_ref

from .giving import give

REVIEW = "registry.review"
_REASON = Text("理由", "reason")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says in a claim: `legal` or `operator`, and the last day of an operator's term."""

    role: str
    until: date | None = None


@transaction.atomic
def start_claim(*, actor: Principal, party: Party) -> Claim:
    """Begin to claim a party; a claim that is open already is the answer.

    Refusals: `grants.denied` for nobody, `registry.party.closed` and so on, `registry.claim.holds` for who acts for it
    already, `registry.claim.citizen` for a natural person.
    """
    if actor.person is None:
        raise Refusal("grants.denied", Text("请先登录。", "Sign in first."))
    living = party_by_code(party.code)  # as it stands now, not when the caller read it
    refuse_closed(registration_of(living))
    if living.code in actor.parties:
        message = Text(f"您已经可以代表“{living.name}”。", f"You act for “{living.name}” already.")
        raise Refusal("registry.claim.holds", message, where="party")
    if living.kind == "citizen":
        message = Text("自然人不能由他人认领。", "Natural persons are claimed by nobody.")
        raise Refusal("registry.claim.citizen", message, where="party")
    with acting(SYSTEM):
        known = Claim.objects.filter(person=actor.person, party=living, state__in=OPEN).first()
        if known is not None:
            return known
        row = Claim(person_id=actor.person, party=living, started_at=clock.now(), addressee=f"person:{actor.person}")
        row.save(force_insert=True)
    _tell(ClaimStarted(actor.ref), actor, row)
    return row


@transaction.atomic
def answer_claim(*, actor: Principal, claim: Claim, answer: Answer) -> Claim:
    """Say in which role one acts, until when. Refusals: `grants.denied`, `registry.claim.state`, `.role`, `.until`."""
    row = _own(actor, claim)
    editable(row.state)
    wrong = missing(Asked(answer.role, answer.until, 1), clock.today())
    refuse_all(wrong)
    row.role, row.until = answer.role, answer.until if answer.role == "operator" else None
    return _keep(row, "role", "until")


@transaction.atomic
def add_evidence(*, actor: Principal, claim: Claim, upload: Upload) -> FileUse:
    """Attach a file to a claim. Refusals: `grants.denied`, `registry.claim.state`, and those of files."""
    row = _own(actor, claim)
    editable(row.state)
    scope = Scope(region=row.party.region[:6])
    return attach(actor=actor, upload=upload, subject=claim_ref(row), action=REVIEW, scope=scope)


@transaction.atomic
def drop_evidence(*, actor: Principal, claim: Claim, code: str) -> Claim:
    """Take a file back from a claim (its public code). Refusals: `grants.denied`, `registry.claim.state`."""
    row = _own(actor, claim)
    editable(row.state)
    for use in files_of(claim_ref(row)).filter(code=code):
        detach(actor=actor, use=use)
    return row


@transaction.atomic
def submit_claim(*, actor: Principal, claim: Claim) -> Claim:
    """Send a claim: it lies in the inbox of whoever reviews claims of that place.

    Refusals: `grants.denied`, `registry.claim.state`, `.role`, `.until`, `.evidence`, `registry.party.closed`.
    """
    row = _own(actor, claim)
    after = move(row.state, "submitted")
    refuse_closed(registration_of(row.party))
    files = files_of(claim_ref(row)).count()
    wrong = missing(Asked(row.role, row.until, files), clock.today())
    refuse_all(wrong)
    row.state, row.submitted_at = after, clock.now()
    _keep(row, "state", "submitted_at")
    _tell(ClaimSubmitted(actor.ref, row.role, row.until, files), actor, row)
    _lay_on_desk(actor, row)
    return row


@transaction.atomic
def withdraw_claim(*, actor: Principal, claim: Claim) -> Claim:
    """Take one's claim back. Refusals: `grants.denied`, `registry.claim.state`."""
    row = _own(actor, claim)
    row.state = move(row.state, "withdrawn")
    _keep(row, "state")
    _tell(ClaimWithdrawn(actor.ref), actor, row)
    done(actor=actor, key=_key(row))
    return row


@transaction.atomic
def approve_claim(*, actor: Principal, claim: Claim, note: str = "") -> Mandate:
    """Approve a claim: its person acts for the party from today.

    Refusals: `grants.denied`, `registry.claim.state`, `registry.claim.oneself`, `registry.party.closed`.
    """
    said = fitting_text(note, "note", Text("备注", "note"), most=200)
    row = _decided(actor, claim, "approved", said)
    refuse_closed(registration_of(row.party))
    today = clock.today()
    return give(
        actor=actor,
        mandate=Mandate(
            person=row.person,
            party=row.party,
            role=row.role,
            valid_from=today,
            valid_to=row.until,
            claim=row,
            note=said,
        ),
    )


@transaction.atomic
def return_claim(*, actor: Principal, claim: Claim, reason: str) -> Claim:
    """Give a claim back to be completed. Refusals: `grants.denied`, `registry.claim.state`, `.oneself`, `.reason`."""
    return _decided(actor, claim, "returned", required_text(reason, "reason", _REASON))


@transaction.atomic
def refuse_claim(*, actor: Principal, claim: Claim, reason: str) -> Claim:
    """Refuse a claim with a reason. Refusals: `grants.denied`, `registry.claim.state`, `.oneself`, `.reason`."""
    return _decided(actor, claim, "refused", required_text(reason, "reason", _REASON))


def _own(actor: Principal, claim: Claim) -> Claim:
    row = _locked(claim)
    if row.person_id != actor.person:
        message = Text("这份认领申请不是您的。", "This claim is not yours.")
        raise Refusal(
            "grants.denied", message, where=row.code, remedy=Text("请从“我代表的主体”进入。", "See “My parties”.")
        )
    return row


def _locked(claim: Claim) -> Claim:
    with acting(SYSTEM):
        rows = Claim.objects.select_for_update(of=("self",)).select_related("party", "person")
        return rows.get(pk=claim.pk)


def _keep(row: Claim, *fields: str) -> Claim:
    with acting(SYSTEM):
        row.save(update_fields=fields)
    return row


def _decided(actor: Principal, claim: Claim, outcome: State, reason: str) -> Claim:
    row = _locked(claim)
    require(actor, REVIEW, scope_of(row.party.region))
    if row.person_id == actor.person:
        message = Text("不能审核自己的认领申请。", "Nobody reviews his own claim.")
        remedy = Text("请由另一位审核人办理。", "Let another reviewer do it.")
        raise Refusal("registry.claim.oneself", message, where=row.code, remedy=remedy)
    row.state = move(row.state, outcome)
    row.decided_at, row.decided_by, row.decision = clock.now(), actor.ref, reason
    _keep(row, "state", "decided_at", "decided_by", "decision")
    _tell(ClaimDecided(f"core.person:{row.person.code}", row.role, outcome, row.decision), actor, row)
    done(actor=actor, key=_key(row))
    _tell_person(actor, row, outcome)
    return row


def _tell_person(actor: Principal, row: Claim, outcome: State) -> None:
    name = row.party.name
    title, said = {
        "approved": (
            Text(f"认领已通过：{name}", f"Claim approved: {name}"),
            Text("您现在可以代表该主体办理。", "You act for the party now."),
        ),
        "returned": (
            Text(f"认领被退回，请补正：{name}", f"Claim returned, to be completed: {name}"),
            Text("请补正后再提交。", "Complete it and send it again."),
        ),
        "refused": (
            Text(f"认领未通过：{name}", f"Claim refused: {name}"),
            Text("没有通过审核。", "It was refused."),
        ),
    }[outcome]
    why = Text(f"{said.zh}{row.decision}", f"{said.en} {row.decision}".strip())
    notify(actor=actor, to=[row.person], title=title, body=why, url=f"/representation/claims/{row.code}/")


def _lay_on_desk(actor: Principal, row: Claim) -> None:
    put(
        actor=actor,
        key=_key(row),
        subject=claim_ref(row),
        kind="registry.claim",
        title=Text(f"审核认领：{row.party.name}", f"Review a claim of {row.party.name}"),
        url=f"/representation/claims/{row.code}/",
        addressee=Addressee.right(REVIEW),
        scope=scope_of(row.party.region),
        barred=row.person_id,
    )


def _key(row: Claim) -> str:
    return f"registry.claim:{row.code}"


def _tell(body: object, actor: Principal, row: Claim) -> None:
    party = row.party
    emit(body, actor=actor, subject=claim_ref(row), party=party.code, region=party.region[:6])
