"""Standards of a set, and who has adopted them."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.engines.registry.parties.models import Party

from .kernel.life import STATES


class Standard(Coded):
    """One standard or rule in one set: `offer` is the set's path. Its state follows from its dates."""

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    number = models.CharField(max_length=80)  # GB/T 27922-2011, 主席令第四十五号
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=240, blank=True)
    issued = models.DateField(null=True, blank=True)
    effective = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)  # the first day on which it holds no more
    replaces = models.CharField(max_length=200, blank=True)
    replaced_by = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    checked = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    scope_columns = {"offer": "offer", "clause": "clause"}

    class Meta:
        db_table = "registry_standard"
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="registry_standard_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="registry_standard_named"),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(effective__isnull=True) | Q(ended__gte=F("effective")),
                name="registry_standard_term",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Adoption(Coded):
    """A party declares that it follows a standard; an official checks it."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="adoptions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField(max_length=10, default="declared")
    statement = models.CharField(max_length=300)
    finding = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was withdrawn
    declared_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.CharField(max_length=80)  # who declared: a Ref

    class Meta:
        db_table = "registry_adoption"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_adoption_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("conforming", "failing")) | Q(checked_at__isnull=False),
                name="registry_adoption_checked",
            ),
            models.UniqueConstraint(
                fields=["standard", "party"], condition=~Q(state="withdrawn"), name="registry_adoption_once"
            ),
        ]
        indexes = [models.Index(fields=["party"], name="registry_adoption_party")]
