"""Emergencies: rights that an official took for hours, and what the reviewer found."""

from django.db import models

from qilian.core.house.tables import Coded
from qilian.core.rights.grants.models import Grant
from qilian.core.who.people.models import Person


class Emergency(Coded):
    """A glass that was broken: whose, which right, why, until when, and the review of a security administrator."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "core_emergency"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="core_emergency_of")]
