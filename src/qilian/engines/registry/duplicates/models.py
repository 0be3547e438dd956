"""Pairs of parties that may be one."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.engines.registry.parties.models import Party


class Duplicate(Coded):
    """Two parties that may be one, with a score and its reasons; a person merges them or says that they differ."""

    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField()  # [[name, points], …]
    state = models.CharField(max_length=10, default="open")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_duplicate"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="registry_duplicate_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="registry_duplicate_in_order"),
            models.CheckConstraint(condition=Q(score__lte=100), name="registry_duplicate_score"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=("merged", "different"), decided_at__isnull=False),
                name="registry_duplicate_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["-score", "id"], condition=Q(state="open"), name="registry_duplicate_open"),
            models.Index(fields=["second"]),
        ]
