"""Credit records and the repairs that were asked for."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import readable_by
from qilian.core.who.people.models import Person
from qilian.engines.registry.parties.models import Party

from .kernel.display import CLASSES, STATES


class CreditRecord(Coded):
    """One decision that bears on a party's credit; `last_day` is the end of its longest period."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="credit_records")
    severity = models.CharField(max_length=8)
    document = models.CharField(max_length=120)  # number of the deciding document
    authority = models.CharField(max_length=120)
    conduct = models.CharField(max_length=300)
    decided_on = models.DateField()
    last_day = models.DateField()
    needed = models.BooleanField(default=False)
    repairable = models.BooleanField(default=True)
    beyond = models.CharField(max_length=200, blank=True)  # rule by which uncorrected conduct stays on display
    corrected_on = models.DateField(null=True, blank=True)
    corrected_by = models.CharField(max_length=300, blank=True)  # evidence
    state = models.CharField(max_length=8, default="standing")
    region = models.CharField(max_length=6, blank=True)
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)  # of the annulment

    scope_columns = {"region": "region"}

    class Meta:
        db_table = "registry_credit_record"
        constraints = [
            models.CheckConstraint(condition=Q(severity__in=tuple(CLASSES)), name="registry_credit_record_class"),
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_credit_record_state"),
            models.CheckConstraint(condition=Q(last_day__gt=F("decided_on")), name="registry_credit_record_period"),
            models.CheckConstraint(condition=~Q(document=""), name="registry_credit_record_document"),
            models.UniqueConstraint(fields=["party", "document"], name="registry_credit_record_once"),
        ]
        indexes = [
            models.Index(fields=["state", "last_day"], name="registry_credit_due"),
            models.Index(fields=["party", "state"], name="registry_credit_of_party"),
        ]

    def __str__(self) -> str:
        return self.document


class CreditRepair(Coded):
    """A repair that a party asked for, decided by somebody else than who wrote it down."""

    row_policy = readable_by("credit.record", "credit.apply", "credit.decide")

    addressee = models.CharField(max_length=120)
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="repairs")
    pledge = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default="asked")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "registry_credit_repair"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("asked", "granted", "refused")), name="registry_credit_repair_state"
            ),
            models.UniqueConstraint(
                fields=["record"], condition=Q(state="asked"), name="registry_credit_repair_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="registry_credit_repair_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="registry_credit_repair_decided",
            ),
        ]
