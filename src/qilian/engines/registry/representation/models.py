"""Claims to act for a party, and the mandates that persons have."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import readable_by
from qilian.core.who.people.models import Person
from qilian.engines.registry.parties.models import Party

from .kernel import invitations
from .kernel.claims import OPEN, ROLES, STATES


class Claim(Coded):
    """A person's claim to act for a party, from its draft to the decision; its files are the evidence.

    Readable by the person (`addressee` is his own), by reviewers and by the system.
    """

    row_policy = readable_by("registry.review")
    scope_columns = {"region": "party__region"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    addressee = models.CharField(max_length=120)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="claims")
    role = models.CharField(max_length=10, blank=True)
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default="draft")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_claim"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_claim_state"),
            models.CheckConstraint(condition=Q(role__in=("", *ROLES)), name="registry_claim_role"),
            models.UniqueConstraint(
                fields=["person", "party"], condition=Q(state__in=OPEN), name="registry_claim_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "returned", "refused")) | Q(decided_at__isnull=False),
                name="registry_claim_decided",
            ),
        ]
        indexes = [models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="registry_claim_waiting")]


class Mandate(Coded):
    """A person may act for a party from a day to a day (both included), until it is revoked.

    `giver` is the mandate by which it was delegated; one that came of a claim has none. Closing the party or merging it
    needs no change here: whoever asks reads the party's state.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    giver = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="given")
    claim = models.OneToOneField(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="mandate")
    note = models.CharField(max_length=200, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_mandate"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=tuple(ROLES)), name="registry_mandate_role"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="registry_mandate_term"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_by="") | Q(revoked_on__isnull=False) & ~Q(revoked_by=""),
                name="registry_mandate_revoked_by",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_from"]), models.Index(fields=["party", "valid_from"])]


class Invitation(Coded):
    """A party asks whoever signs in as `login` to act for it, within the mandate of its giver; he accepts or declines.

    Whether anybody signs in so is not known here: the row is the same, and the person is found when he looks.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invitations")
    giver = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="invitations")
    login = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="open")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    mandate = models.OneToOneField(Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")

    class Meta:
        db_table = "registry_invitation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(invitations.STATES)), name="registry_invitation_state"),
            models.CheckConstraint(condition=~Q(login=""), name="registry_invitation_login"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="registry_invitation_term"),
            models.CheckConstraint(
                condition=Q(state="accepted", mandate__isnull=False) | ~Q(state="accepted") & Q(mandate__isnull=True),
                name="registry_invitation_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | ~Q(state="open") & Q(settled_at__isnull=False),
                name="registry_invitation_settled",
            ),
            models.UniqueConstraint(
                "party", Lower("login"), condition=Q(state="open"), name="registry_invitation_one_open"
            ),
        ]
        indexes = [models.Index(Lower("login"), name="registry_invitation_login_low")]
