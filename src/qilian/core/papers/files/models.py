"""Stored contents, and who uses them for what."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded


class Stored(models.Model):
    """One content, kept once: its SHA-256 is its name on disk."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)  # as its bytes say, not as somebody declared
    stored_at = models.DateTimeField()
    quarantined_at = models.DateTimeField(null=True, blank=True)
    quarantine_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "core_stored_file"
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="core_stored_file_not_empty")]

    def __str__(self) -> str:
        return self.sha256


class FileUse(Coded):
    """A record uses a content under a name; everyone opens it when `public`, else whoever holds `action` here."""

    stored = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="uses")
    subject = models.CharField(max_length=160)  # Ref of the using record
    name = models.CharField(max_length=120)
    declared = models.CharField(max_length=100, blank=True)  # the media type that the sender claimed
    public = models.BooleanField(default=False)
    action = models.CharField(max_length=80)
    unit = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=6, blank=True)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    attached_by = models.CharField(max_length=80)  # as events name him
    attached_at = models.DateTimeField()
    detached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_file_use"
        indexes = [models.Index(fields=["subject", "id"])]

    def __str__(self) -> str:
        return self.name
