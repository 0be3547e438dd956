"""Units (W3C ORG: Organization, ChangeEvent), their dated names, successions, memberships; last days included."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded

_IN_ORDER = Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Unit(Coded):
    """A public body 单位, or a collective of them 各市、州人民政府; `slug` is stable and appears in addresses.

    A collective's `resolver` says where its members come from: `listed` with the plan, by a recorded `decision`, or
    `open` (whoever fits at the date); `body` is the leading group whose member units it is.
    """

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)  # department, vertical, zone, enterprise, government, body, collective
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260
    order = models.PositiveIntegerField(default=0)  # official order; never left to collation
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    members_known = models.BooleanField(default=True)  # for a collective: whether the roster is known
    resolver = models.CharField(max_length=10, blank=True)
    body = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="collectives")

    class Meta:
        db_table = "core_unit"
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=_IN_ORDER, name="core_unit_term_in_order")]

    def __str__(self) -> str:
        return self.slug


class UnitName(models.Model):
    """One name of a unit for a time: full, short, or as a plan wrote it (alias)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10)  # full, short, alias
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=200, blank=True)
    pinyin = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=True)  # whether the source was read, not recalled

    class Meta:
        db_table = "core_unit_name"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "zh", "valid_from"], name="core_unit_name_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=_IN_ORDER, name="core_unit_name_term_in_order"),
        ]
        indexes = [models.Index(fields=["zh"])]


class UnitSuccession(models.Model):
    """On a day one unit's duties passed to another; `source` is the decision, `verified` whether it was read."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()
    precision = models.CharField(max_length=5, default="day")  # how much of the day is known: day, month, year
    scope = models.CharField(max_length=200, blank=True)  # which duties, when not all
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        db_table = "core_unit_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="core_unit_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="core_unit_succession_not_itself"),
        ]


class UnitMember(models.Model):
    """A unit belongs to a collective for a time."""

    collective = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "core_unit_member"
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "unit", "valid_from"], name="core_unit_member_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=_IN_ORDER, name="core_unit_member_term_in_order"),
        ]
