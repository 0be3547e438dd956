"""The one table of grants."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded


class Grant(Coded):
    """A person or a post may do these actions within this scope for this term; empty scope fields do not limit.

    `until` is the moment at which a right lent in an emergency ends, within its last day; all others have none.
    """

    person = models.ForeignKey("core.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    post = models.ForeignKey("core.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    actions = models.JSONField()  # list of action names, such as "plan.publish"; "*" is all
    unit = models.CharField(max_length=40, blank=True)  # unit slug
    region = models.CharField(max_length=6, blank=True)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(
        "core.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="granted"
    )
    reason = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_grant"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, post__isnull=True) | Q(person__isnull=True, post__isnull=False),
                name="core_grant_one_principal",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="core_grant_term_in_order"
            ),
        ]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["post"])]
