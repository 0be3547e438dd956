"""Public interface of approvals: a proposal's table, the verbs that a room calls, and its operations on pages."""

from .kernel import STATES as PROPOSAL_STATES
from .operations import REASON, STATES, decidable, decisions, traits
from .services import Approval, approve, other_person, person_of, propose, reject, withdraw

__all__ = [
    "PROPOSAL_STATES",
    "REASON",
    "STATES",
    "Approval",
    "approve",
    "decidable",
    "decisions",
    "other_person",
    "person_of",
    "propose",
    "reject",
    "traits",
    "withdraw",
]
