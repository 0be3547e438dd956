"""Parameters and their dated values; the constraints say that two people publish."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class Parameter(Coded):
    """A figure, date, text or table that rules use; `key` is stable (`fiscal.interest_subsidy.rate`)."""

    key = models.CharField(max_length=120, unique=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    unit = models.CharField(max_length=20, blank=True)  # of the figure: %, 日, 吨 …
    clause = models.CharField(max_length=40, blank=True)  # clause of the plan that it serves

    class Meta:
        db_table = "core_parameter"
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("integer", "decimal", "money", "text", "date", "table", "decision")),
                name="core_parameter_kind",
            ),
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9_]+([.-][a-z0-9_]+)*$"), name="core_parameter_key"),
        ]

    def __str__(self) -> str:
        return self.key


class ParameterValue(Coded):
    """A value from a day on: proposed, then published by somebody else, or rejected, or withdrawn.

    A published value is never edited: another one for the same day supersedes it and both stay readable.
    """

    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="values")
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="proposed")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, blank=True)  # why it was rejected

    class Meta:
        db_table = "core_parameter_value"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "published", "superseded", "rejected", "withdrawn")),
                name="core_parameter_value_state",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="core_parameter_value_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("published", "superseded"), approved_by__isnull=False)
                | Q(~Q(state__in=("published", "superseded")), approved_by__isnull=True),
                name="core_parameter_value_published_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | Q(~Q(state="proposed"), decided_at__isnull=False),
                name="core_parameter_value_decided_has_moment",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="core_parameter_value_has_source"),
            models.UniqueConstraint(
                fields=["parameter", "valid_from"],
                condition=Q(state="published"),
                name="core_parameter_value_one_published",
            ),
        ]
