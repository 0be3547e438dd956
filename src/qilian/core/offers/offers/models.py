"""Which offers are open."""

from django.db import models
from django.db.models import F, Q


class OpenOffer(models.Model):
    """An offer that was opened to its users: since when, and until when where it is closed again."""

    path = models.CharField(max_length=120, unique=True)  # pack/offer, such as testing/instruments
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is closed

    class Meta:
        db_table = "core_offer"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="core_offer_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, reason="") | (Q(closed_at__isnull=False) & ~Q(reason="")),
                name="core_offer_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.path
