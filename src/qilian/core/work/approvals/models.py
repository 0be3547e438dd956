"""What one person proposes and another decides: fields and constraints that every such table has."""

from django.db import models
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person

from .kernel import STATES


class Proposal(Coded):
    """A row that waits for another person: proposed, then approved or rejected by him, or withdrawn by its author.

    `due` is the moment by which it should be decided, `answer` says why it was rejected.
    """

    state = models.CharField(max_length=10, default="proposed")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def two_people(table: str) -> list[BaseConstraint]:
    """The constraints of a table of proposals: its states, two different people, and nothing half decided."""
    decided = Q(decided_by__isnull=False, decided_at__isnull=False)
    return [
        models.CheckConstraint(condition=Q(state__in=STATES), name=f"{table}_state"),
        models.CheckConstraint(
            condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name=f"{table}_two_people"
        ),
        models.CheckConstraint(
            condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
            | Q(state="withdrawn", decided_by__isnull=True, decided_at__isnull=False)
            | (Q(state__in=("approved", "rejected")) & decided),
            name=f"{table}_decided_whole",
        ),
        models.CheckConstraint(condition=~Q(state="rejected", answer=""), name=f"{table}_rejected_why"),
    ]
