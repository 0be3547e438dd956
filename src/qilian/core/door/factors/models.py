"""What a person can show beside his password."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.rights.privacy.api import SealedField
from qilian.core.who.people.models import Person


class Factor(Coded):
    """An authenticator app (`totp`) or a passkey (`passkey`) of a person; `confirmed_at` is empty while it is set up.

    `secret` holds the app's secret in base32, or the passkey's public data in base64; `credential` is the passkey's
    own name; `counter` the last step used, or the passkey's count of signatures.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    secret = SealedField(kind="text")
    credential = models.CharField(max_length=1400, blank=True)
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_factor"
        constraints = [
            models.UniqueConstraint(fields=["credential"], condition=~Q(credential=""), name="core_factor_credential"),
            models.UniqueConstraint(fields=["person"], condition=Q(kind="totp"), name="core_factor_one_app"),
        ]


class RecoveryCode(models.Model):
    """A code that stands in for a lost factor, once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_recovery_code"
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="core_recovery_code_once")]
