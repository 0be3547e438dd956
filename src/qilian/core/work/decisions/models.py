"""Stored cases of a decision; the table's versions are values of its parameter."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person
from qilian.core.work.parameters.models import Parameter


class DecisionCase(Coded):
    """Inputs that every version of a decision is tried on: a real or invented case, and the result people expect.

    A case is never edited: it is taken out with its day, and another one is put in.
    """

    decision = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=120)
    inputs = models.JSONField(default=dict)  # input name → text as typed
    expected = models.CharField(max_length=300, blank=True)  # FEEL text of the result
    added_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_decision_case"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "title"], condition=Q(removed_at__isnull=True), name="core_decision_case_title"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="core_decision_case_has_title"),
        ]
