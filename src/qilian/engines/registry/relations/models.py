"""Relations between parties over time."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.engines.registry.parties.models import Party

from .kernel.relations import RELATIONS


class PartyRelation(Coded):
    """A dated relation: `holder` holds a share (0 to 1) of `held`, controls it, has it as a branch, or is related."""

    holder = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="holdings")
    held = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="holders")
    kind = models.CharField(max_length=10)
    share = models.DecimalField(max_digits=9, decimal_places=8, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "registry_party_relation"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(RELATIONS)), name="registry_relation_kind"),
            models.CheckConstraint(condition=~Q(holder=F("held")), name="registry_relation_not_itself"),
            models.CheckConstraint(
                condition=Q(kind="share", share__gt=0, share__lte=1) | (~Q(kind="share") & Q(share__isnull=True)),
                name="registry_relation_share",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="registry_relation_term"
            ),
        ]
        indexes = [models.Index(fields=["held"]), models.Index(fields=["holder"])]
