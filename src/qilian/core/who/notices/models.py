"""Notices, how each went out, and how people want to be told."""

from datetime import time

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.who.people.models import Person


class Notice(Coded):
    """Something that a person is told, in both languages; it stands in his list whatever other channel it took."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    body_zh = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    urgency = models.CharField(max_length=8, default="normal")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_notice"
        indexes = [
            models.Index(fields=["person", "-id"]),
            models.Index(fields=["person"], condition=Q(read_at=None), name="core_notice_unread"),
        ]


class Delivery(models.Model):
    """One notice through one channel: waiting, sent, or dead after the last attempt; the error is kept for people."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=8)  # mail, webhook
    state = models.CharField(max_length=8, default="waiting")  # waiting, sent, dead
    bundled = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "core_delivery"
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="core_delivery_once")]
        indexes = [models.Index(fields=["state", "-id"], condition=~Q(state="sent"), name="core_delivery_open")]


class Preference(models.Model):
    """How a person wants to be told; who has no row has the defaults. Times are Asia/Shanghai."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="notice_preference")
    mail = models.CharField(max_length=8, default="each")  # each, daily, none
    quiet_from = models.TimeField(default=time(21))
    quiet_to = models.TimeField(default=time(8))
    digest_at = models.TimeField(default=time(8, 30))

    class Meta:
        db_table = "core_notice_preference"


class Webhook(Coded):
    """An address of another system that is told what a person is told; each message is signed with the secret."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="webhook")
    url = models.CharField(max_length=300)
    secret = models.CharField(max_length=64)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "core_webhook"
