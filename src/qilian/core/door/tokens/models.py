"""The table of tokens."""

from django.db import models

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class ApiToken(Coded):
    """A program's key to the JSON interface in a person's name: actions, whether it may write, and a last moment."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=10, unique=True)
    digest = models.CharField(max_length=64)
    actions = models.JSONField()  # list of actions and patterns, each of which the owner could do when he made it
    writes = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_api_token"
        indexes = [models.Index(fields=["person", "-made_at"], name="core_api_token_of")]
