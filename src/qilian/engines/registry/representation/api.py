"""Public interface of representation."""

from .models import Claim, Invitation, Mandate
from .queries import (
    acted_for,
    claim_by_code,
    claim_ref,
    claims_waiting,
    invitation_ref,
    invitations_of,
    invitations_to,
    my_claims,
    my_mandates,
    represented_by,
    require_party,
    same_hands,
    self_of,
)
from .services.claims import (
    Answer,
    add_evidence,
    answer_claim,
    approve_claim,
    drop_evidence,
    refuse_claim,
    return_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from .services.invitations import accept, decline, invite, take_back
from .services.mandates import register_myself, revoke
from .services.telling import tell_party

__all__ = [
    "Answer",
    "Claim",
    "Invitation",
    "Mandate",
    "accept",
    "acted_for",
    "add_evidence",
    "answer_claim",
    "approve_claim",
    "claim_by_code",
    "claim_ref",
    "claims_waiting",
    "decline",
    "drop_evidence",
    "invitation_ref",
    "invitations_of",
    "invitations_to",
    "invite",
    "my_claims",
    "my_mandates",
    "refuse_claim",
    "register_myself",
    "represented_by",
    "require_party",
    "return_claim",
    "revoke",
    "same_hands",
    "self_of",
    "start_claim",
    "submit_claim",
    "take_back",
    "tell_party",
    "withdraw_claim",
]
