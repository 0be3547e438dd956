"""The table of sessions."""

from django.db import models

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class Session(Coded):
    """A person signed in from a device; `code` stands in the browser's session, whose own key is kept nowhere here."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=16)
    device = models.CharField(max_length=60)
    network = models.CharField(max_length=50)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=16, blank=True)  # signed out, ended, idle, longest, clock, password

    class Meta:
        db_table = "core_session"
        indexes = [models.Index(fields=["person", "-seen_at"], name="core_session_of")]
