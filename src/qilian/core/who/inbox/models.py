"""The items that wait for people, guarded row by row."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import addressed_or_entitled


class InboxItem(Coded):
    """Something that waits for an addressee (`person:12`, `pool:fgw/reviewer`, `right:plan.publish`) until it is done.

    `key` is the source's own name for the waiting, so that saying it twice changes nothing; `pool` remembers where a
    claimed item came from; `source` is the event that caused it. What waits for the holders of a right has the `rights`
    that a grant may name it by, lies in a scope, and is hidden from the one person who is `barred`, its author.
    """

    row_policy = addressed_or_entitled()  # by the system, those who speak for the addressee, holders of the right
    scope_columns = {"unit": "unit", "region": "region", "offer": "offer", "clause": "clause"}

    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=160)  # Ref
    kind = models.CharField(max_length=80)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)  # slug of the unit that it concerns
    region = models.CharField(max_length=6, blank=True)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    addressee = models.CharField(max_length=120)
    rights = models.JSONField(default=list)
    barred = models.BigIntegerField(null=True, blank=True)  # primary key of a person
    pool = models.CharField(max_length=120, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    light = models.CharField(max_length=8, blank=True)
    source = models.BigIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=80, blank=True)  # Ref of the principal

    class Meta:
        db_table = "core_inbox_item"
        indexes = [
            models.Index(
                "addressee", F("due").asc(nulls_last=True), condition=Q(done_at=None), name="core_inbox_waiting"
            ),
            models.Index(fields=["subject"], name="core_inbox_subject"),
            GinIndex(fields=["rights"], condition=Q(done_at=None), name="core_inbox_rights"),
        ]
