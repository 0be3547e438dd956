"""Task tables asked for as files."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.who.units.models import Unit
from qilian.spine.plan.api import PlanVersion

__all__ = ["Export", "Unit"]


class Export(Coded):
    """A task table 任务分工表 asked for as a file, of a whole version or of one unit; equal requests share one row."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="exports")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)  # pdf, xlsx
    language = models.CharField(max_length=2)
    stamp = models.CharField(max_length=64, unique=True)  # of version, unit, format, language and content
    state = models.CharField(max_length=8, default="queued")
    file = models.CharField(max_length=64, blank=True)  # SHA-256 of the finished table, in core.files
    file_name = models.CharField(max_length=200, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "spine_plan_export"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("pdf", "xlsx")), name="spine_plan_export_kind"),
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="")) | Q(state__in=("queued", "running", "failed"), file=""),
                name="spine_plan_export_ready_with_file",
            ),
        ]
