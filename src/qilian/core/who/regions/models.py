"""Divisions as rows."""

from django.db import models
from django.db.models import F, Q


class Region(models.Model):
    """A division of GB/T 2260 (six digits; townships nine, villages twelve) with its names and the days it exists."""

    code = models.CharField(max_length=12, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    level = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    short = models.CharField(max_length=30)
    en = models.CharField(max_length=120, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    order = models.PositiveIntegerField(default=0)  # place in the official list
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # last day included
    tile = models.CharField(max_length=5, blank=True)  # column-row in a sketch of neighbours

    class Meta:
        db_table = "core_region"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=("province", "prefecture", "county", "township", "village")),
                name="core_region_level",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9][0-9]{5}([0-9]{3}([0-9]{3})?)?$"), name="core_region_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="core_region_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
