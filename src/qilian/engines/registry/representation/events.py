"""What happens between persons and parties, as facts; persons stand in them by their public codes."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.claim.started", title=Text("开始认领", "Claim started"))
@dataclass(frozen=True, slots=True)
class ClaimStarted:
    """A person began to claim that he acts for a party."""

    person: str


@event_type("registry.claim.submitted", title=Text("提交认领", "Claim submitted"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class ClaimSubmitted:
    """A claim waits for review, with so many files."""

    person: str
    role: str
    until: date | None
    files: int


@event_type("registry.claim.decided", title=Text("审核认领", "Claim decided"), dimensions=("outcome", "role"))
@dataclass(frozen=True, slots=True)
class ClaimDecided:
    """An official approved, returned or refused a claim."""

    person: str
    role: str
    outcome: str
    reason: str


@event_type("registry.claim.withdrawn", title=Text("撤回认领", "Claim withdrawn"))
@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """A person took his claim back."""

    person: str


@event_type("registry.mandate.given", title=Text("授权", "Mandate given"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class MandateGiven:
    """A person may act for a party for a term; `giver` is the person who delegated it, if one did."""

    person: str
    role: str
    valid_from: date
    valid_to: date | None
    giver: str


@event_type("registry.mandate.revoked", title=Text("撤销授权", "Mandate revoked"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class MandateRevoked:
    """A person no longer acts for a party."""

    person: str
    role: str
    reason: str


@event_type("registry.invitation.made", title=Text("邀请代办", "Invited to act"))
@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A party invited somebody to act for it; whom is not said here, for nobody is bound yet."""

    valid_from: date
    valid_to: date


@event_type("registry.invitation.settled", title=Text("邀请办结", "Invitation settled"), dimensions=("outcome",))
@dataclass(frozen=True, slots=True)
class InvitationSettled:
    """Whom it was for accepted or declined, or the party took it back."""

    outcome: str
