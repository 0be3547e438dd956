"""Published versions of items."""

from django.db import models

from qilian.core.work.approvals.models import Proposal, two_people


class ItemVersion(Proposal):
    """A version of an item: the text of its procedure, published by two people and never edited."""

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()

    scope_columns = {"offer": "offer", "clause": "clause"}

    class Meta:
        db_table = "casework_item_version"
        constraints = [
            models.UniqueConstraint(fields=["offer", "version"], name="casework_item_version_once"),
            *two_people("casework_item_version"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} v{self.version}"
