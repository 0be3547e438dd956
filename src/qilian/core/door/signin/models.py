"""What is remembered of tries, and of passwords that were used before."""

from django.db import models

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class SignInTries(Coded):
    """Tries at a login or from a network at one door, shared by all web processes.

    `person` is whose login it is, if anybody's; `network` is empty where a login is counted.
    """

    key = models.CharField(max_length=80, unique=True)
    door = models.CharField(max_length=10)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    network = models.CharField(max_length=45, blank=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True, blank=True)
    locks = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_sign_in_tries"
        indexes = [models.Index(fields=["until"], name="core_sign_in_until")]


class PastPassword(models.Model):
    """The hash of a password that a person had, so that he does not take it again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        db_table = "core_past_password"
        indexes = [models.Index(fields=["person", "-at"], name="core_past_password_of")]
