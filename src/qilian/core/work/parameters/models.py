"""Parameters and their dated values, which two people publish."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.work.approvals.models import Proposal, two_people


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


class ParameterValue(Proposal):
    """A value from a day on: proposed, then published by the approval of somebody else, or rejected, or withdrawn.

    A published value is never edited: another one for the same day supersedes it and both stay readable.
    """

    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="values")
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.CharField(max_length=300)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_parameter_value"
        ordering = ["-valid_from", "-id"]
        constraints = [
            *two_people("core_parameter_value"),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(state="approved"), name="core_parameter_value_superseded"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="core_parameter_value_has_source"),
            models.UniqueConstraint(
                fields=["parameter", "valid_from"],
                condition=Q(state="approved", superseded_at__isnull=True),
                name="core_parameter_value_one_published",
            ),
        ]
