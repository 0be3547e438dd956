"""What was brought, what the dry run said, and whether it was applied."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person

STATES = ("queued", "checked", "refused", "applying", "applied")


class ImportRun(Coded):
    """One file brought for one sheet.

    `queued` waits for the worker; `checked` has no problem and can be applied; `refused` has problems; `applying` waits
    for the worker; `applied` is done, once. `values` holds the rows that can be applied until they are.
    """

    sheet = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=64)  # SHA-256 of what was brought
    state = models.CharField(max_length=10, default="queued")
    rows = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # the first thousand
    problem_count = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=list)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")  # empty: the system
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_import_run"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="core_import_run_state"),
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
                name="core_import_run_applied_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "applying", "applied")) | Q(problem_count=0),
                name="core_import_run_clean",
            ),
        ]
        indexes = [models.Index(fields=["sheet", "-at"])]

    def __str__(self) -> str:
        return self.name
