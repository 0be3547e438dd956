"""Parties, their names and figures over time."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.values.text import public_code

from .kernel.kinds import HOLDINGS, KINDS, OWNERSHIPS, SIZES, STATUSES


class Party(Coded):
    """A legal or natural person 主体. What stands here is public; personal data lie elsewhere, sealed and guarded.

    `names_key` holds the keys of all names of all times, one a line, and `grams` their bigrams: what search reads.
    Keys, codes and pinyin are in the order of code points, so that one index serves equality, beginnings and order.
    `size` is the class of the latest figures, by the thresholds of their day `size_on`. A natural person's `name` is
    masked.
    """

    code = models.CharField(max_length=26, default=public_code, editable=False)
    kind = models.CharField(max_length=12)
    uscc = models.CharField(max_length=18, db_collation="C", blank=True)
    old_code = models.CharField(max_length=40, db_collation="C", blank=True)  # from before 2015, or from abroad
    name = models.CharField(max_length=120)
    name_since = models.DateField(null=True, blank=True)  # unknown: since ever
    short = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, db_collation="C")
    names_key = models.TextField()
    grams = ArrayField(models.CharField(max_length=2))
    pinyin = models.CharField(max_length=240, db_collation="C", blank=True)  # written by the worker
    initials = models.CharField(max_length=120, db_collation="C", blank=True)
    address = models.CharField(max_length=200, blank=True)
    address_key = models.CharField(max_length=200, db_collation="C", blank=True)
    region = models.CharField(max_length=12, db_collation="C", blank=True)
    industry = models.CharField(max_length=4, blank=True)
    industry_edition = models.CharField(max_length=4, blank=True)
    section = models.CharField(max_length=1, blank=True)  # of the industry
    service = models.CharField(max_length=12, blank=True)  # class of producer services: edition/code
    ownership = models.CharField(max_length=10, blank=True)
    holding = models.CharField(max_length=10, blank=True)
    functions = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    website = models.CharField(max_length=200, blank=True)
    established = models.DateField(null=True, blank=True)
    size = models.CharField(max_length=6, blank=True)
    size_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, default="active")
    status_on = models.DateField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")
    registered_at = models.DateTimeField()
    origin = models.CharField(max_length=160, blank=True)  # Ref of the import that brought it

    scope_columns = {"region": "region"}

    class Meta:
        db_table = "registry_party"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="registry_party_one_code"),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="registry_party_one_uscc"),
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="registry_party_kind"),
            models.CheckConstraint(condition=Q(status__in=tuple(STATUSES)), name="registry_party_status"),
            models.CheckConstraint(condition=Q(size__in=("", *SIZES)), name="registry_party_size"),
            models.CheckConstraint(condition=Q(ownership__in=("", *OWNERSHIPS)), name="registry_party_ownership"),
            models.CheckConstraint(condition=Q(holding__in=("", *HOLDINGS)), name="registry_party_holding"),
            models.CheckConstraint(
                condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"),
                name="registry_party_uscc",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="registry_party_merged_somewhere",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="registry_party_not_into_itself"),
            models.CheckConstraint(condition=~Q(name=""), name="registry_party_named"),
        ]
        indexes = [
            GinIndex(fields=["grams"], name="registry_party_by_grams"),
            models.Index(fields=["initials"], name="registry_party_by_initials"),
            models.Index(fields=["name_key"], name="registry_party_by_name"),
            models.Index(fields=["region"], name="registry_party_by_region"),
            models.Index(fields=["pinyin", "id"], name="registry_party_by_order"),
            models.Index(fields=["old_code"], condition=~Q(old_code=""), name="registry_party_by_old_code"),
            models.Index(fields=["address_key"], condition=~Q(address_key=""), name="registry_party_by_address"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="registry_party_absorbed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """A name that a party had from a day to a day (`former`), or that of a record merged into it (`merged`)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, default="former")
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)  # unknown: since ever
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "registry_party_name"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("former", "merged")), name="registry_party_name_kind"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="registry_party_name_term",
            ),
        ]
        indexes = [models.Index(fields=["party", "id"], name="registry_party_name_of")]

    def __str__(self) -> str:
        return self.name


class PartyFigure(models.Model):
    """Employees, revenue and total assets (fen) of a party on a day; what its size class is computed from."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="figures")
    on = models.DateField()
    employees = models.PositiveIntegerField(null=True, blank=True)
    revenue = models.BigIntegerField(null=True, blank=True)
    assets = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=120)

    class Meta:
        db_table = "registry_party_figure"
        constraints = [
            models.UniqueConstraint(fields=["party", "on"], name="registry_party_figure_of_day"),
            models.CheckConstraint(
                condition=Q(employees__isnull=False) | Q(revenue__isnull=False) | Q(assets__isnull=False),
                name="registry_party_figure_says_something",
            ),
        ]
