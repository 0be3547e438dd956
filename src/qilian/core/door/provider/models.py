"""Which identities of providers belong to which persons."""

from django.db import models

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class LinkedIdentity(Coded):
    """A subject of an issuer that signs in as a person; the issuer is part of its name (OWASP ASVS 5.0, 6.8.1)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_linked_identity"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="core_linked_identity_once"),
            models.UniqueConstraint(fields=["issuer", "person"], name="core_linked_identity_one"),
        ]
