"""The documents that were issued."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded


class Document(Coded):
    """An issued document: its words as data, its number, and, once it is set, the digest of its PDF."""

    scope_columns = {"unit": "unit"}

    agency = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=160, blank=True)  # Ref of what it is about
    unit = models.CharField(max_length=40, blank=True)
    data = models.JSONField()
    public = models.BooleanField(default=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    file = models.CharField(max_length=64, blank=True)  # SHA-256 of the stored PDF; empty until it is set
    signed_by = models.CharField(max_length=200, blank=True)  # the name in the certificate, when the PDF is signed
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "core_document"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="core_document_number_once"),
            models.CheckConstraint(
                condition=Q(agency="", year__isnull=True, serial__isnull=True)
                | (~Q(agency="") & Q(year__isnull=False, serial__gte=1)),
                name="core_document_number_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_why=""), name="core_document_revoked_why"
            ),
        ]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["unit", "-issued_at"])]

    def __str__(self) -> str:
        return self.title
