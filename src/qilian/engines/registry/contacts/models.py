"""The persons of parties, sealed."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import readable_by
from qilian.core.rights.privacy.api import BlindIndexField, SealedField
from qilian.engines.registry.parties.models import Party

from .kernel import ROLES


class Contact(Coded):
    """A person of a party: the natural person himself (`self`), its legal representative, or whom to call; sealed.

    `addressee` is the party as mail is addressed to it. One that ended keeps its day.
    """

    row_policy = readable_by("registry.view", "registry.reveal")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    addressee = models.CharField(max_length=120)
    role = models.CharField(max_length=10)
    name = SealedField(kind="name")
    identity = SealedField(kind="id_number", blank=True)
    identity_index = BlindIndexField(of="identity")
    phone = SealedField(kind="phone", blank=True)
    phone_index = BlindIndexField(of="phone")
    email = SealedField(kind="email", blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "registry_contact"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=tuple(ROLES)), name="registry_contact_role"),
            models.UniqueConstraint(fields=["party"], condition=Q(role="self"), name="registry_contact_one_self"),
        ]
