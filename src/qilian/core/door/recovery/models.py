"""What one administrator asks for somebody else's account, and another confirms."""

from django.db import models
from django.db.models import F, Q

from qilian.core.who.people.models import Person
from qilian.core.work.approvals.models import Proposal, two_people


class Recovery(Proposal):
    """A first password (`password`), a reset of second factors (`factors`), or a link to an `identity`, its `subject`.

    Of a password `issued_at` says when the one who confirmed saw it, once.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=255, blank=True)
    reason = models.CharField(max_length=200)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_recovery"
        constraints = [
            *two_people("core_recovery"),
            models.CheckConstraint(
                condition=~Q(person=F("proposed_by")) & (Q(decided_by=None) | ~Q(person=F("decided_by"))),
                name="core_recovery_not_oneself",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("password", "factors"), subject="") | (Q(kind="identity") & ~Q(subject="")),
                name="core_recovery_kind",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | Q(kind="password", state="approved"), name="core_recovery_issued"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="proposed"), name="core_recovery_one_open"
            ),
        ]
