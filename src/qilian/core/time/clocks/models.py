"""Clocks as rows, with their pauses and extensions; the constraints say what the kernel says."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded


class LegalClock(Coded):
    """A running, paused or stopped limit of a subject (Ref); `due_day` and `due_at` are kept for lists.

    `rule` names the limit (accept, handle, reply …), `basis` is the law or promise it comes from. `provisional` says
    that the last day lies in a year whose holidays are not announced yet.
    """

    scope_columns = {"unit": "unit", "region": "region", "offer": "offer", "clause": "clause"}

    subject = models.CharField(max_length=160)  # Ref
    rule = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)  # slug of the unit that has to act
    region = models.CharField(max_length=6, blank=True)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    value = models.PositiveIntegerField()
    measure = models.CharField(max_length=12)  # workday, natural_day, month, hour, minute
    longest_extension = models.PositiveIntegerField(null=True, blank=True)
    amber_at = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, default="running")
    due_day = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    calendar_version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "core_clock"
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=1), name="core_clock_value_positive"),
            models.CheckConstraint(
                condition=Q(measure__in=("workday", "natural_day", "month", "hour", "minute")),
                name="core_clock_measure",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("running", "paused"), stopped_at__isnull=True)
                | Q(state="stopped", stopped_at__isnull=False, stopped_at__gte=F("started_at")),
                name="core_clock_stopped_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", due_at__isnull=True, due_day__isnull=True)
                | Q(~Q(state="paused"), due_at__isnull=False, due_day__isnull=False),
                name="core_clock_due_unless_paused",
            ),
            models.UniqueConstraint(
                fields=["subject", "rule"], condition=~Q(state="stopped"), name="core_clock_one_open_by_rule"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at"], condition=Q(state="running"), name="core_clock_unit_due"),
            *(
                models.Index(fields=[name, "due_at"], condition=Q(state="running"), name=f"core_clock_{name}_due")
                for name in ("region", "offer", "clause")  # a reader's scopes: rare ones are found by these
            ),
            models.Index(fields=["due_at"], condition=Q(state="running"), name="core_clock_due"),
            models.Index(fields=["calendar_version"], condition=~Q(state="stopped"), name="core_clock_version"),
        ]


class ClockPause(models.Model):
    """Time of a clock that does not count; at most one is open."""

    clock = models.ForeignKey(LegalClock, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason_zh = models.CharField(max_length=120)
    reason_en = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=160, blank=True)  # Ref or number of the document that orders it

    class Meta:
        db_table = "core_clock_pause"
        ordering = ["started_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="core_clock_pause_in_order"
            ),
            models.CheckConstraint(condition=~Q(reason_zh=""), name="core_clock_pause_has_reason"),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(ended_at__isnull=True), name="core_clock_pause_one_open"
            ),
        ]


class ClockExtension(models.Model):
    """More time for a clock, approved by somebody else than who asked."""

    append_only = True

    clock = models.ForeignKey(LegalClock, on_delete=models.CASCADE, related_name="extensions")
    value = models.PositiveIntegerField()
    requester = models.CharField(max_length=80)  # Ref
    approver = models.CharField(max_length=80)  # Ref
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "core_clock_extension"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=1), name="core_clock_extension_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="core_clock_extension_has_reason"),
            models.CheckConstraint(condition=~Q(requester=F("approver")), name="core_clock_extension_two_people"),
        ]
