"""Public interface of approvals: a proposal's table, the verbs that a room calls, and its operations on pages."""

from .kernel import DECIDED
from .operations import REASON, STATES, decisions, traits
from .services import Approval, approve, other_person, person_of, propose, reject, require_apart, withdraw

__all__ = [
    "DECIDED",
    "REASON",
    "STATES",
    "Approval",
    "approve",
    "decisions",
    "other_person",
    "person_of",
    "propose",
    "reject",
    "require_apart",
    "traits",
    "withdraw",
]
