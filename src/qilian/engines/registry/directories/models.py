"""Entries of directories, the terms they were given, and the series of their numbers."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.engines.registry.parties.models import Party

from .kernel.life import EXITS, STATES


class DirectoryEntry(Coded):
    """One party or thing in one directory: `offer` is the directory's path.

    `party` is the subject where `of_party`, else the holder of the thing, if any. `attributes` are texts by name, as
    the directory's form writes them. `number` is given with the first listing and never used twice.
    """

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    of_party = models.BooleanField()
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="directory_entries")
    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=6, blank=True)
    attributes = models.JSONField(default=dict)
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, default="admitted")
    grade = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    published = models.BooleanField(default=False)
    exit_kind = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # of the suspension or exit that stands
    admitted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    scope_columns = {"offer": "offer", "clause": "clause", "region": "region"}

    class Meta:
        db_table = "registry_directory_entry"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_directory_entry_state"),
            models.CheckConstraint(
                condition=Q(state="exited", exit_kind__in=tuple(EXITS)) | (~Q(state="exited") & Q(exit_kind="")),
                name="registry_directory_entry_exit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("admitted", "exited")) | (~Q(number="") & Q(valid_from__isnull=False)),
                name="registry_directory_entry_listed",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="registry_directory_entry_term",
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(published=False), name="registry_directory_entry_public"
            ),
            models.UniqueConstraint(
                fields=["offer", "number"], condition=~Q(number=""), name="registry_directory_entry_number"
            ),
            models.CheckConstraint(
                condition=Q(of_party=True, party__isnull=False) | (Q(of_party=False) & ~Q(identifier="")),
                name="registry_directory_entry_subject",
            ),
            models.UniqueConstraint(
                fields=["offer", "party"],
                condition=Q(of_party=True) & ~Q(state="exited"),
                name="registry_directory_entry_party_once",
            ),
            models.UniqueConstraint(
                fields=["offer", "identifier"],
                condition=Q(of_party=False) & ~Q(state="exited"),
                name="registry_directory_entry_thing_once",
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "published", "number"], name="registry_directory_public"),
            models.Index(fields=["offer", "state", "id"], name="registry_directory_state"),
            models.Index(fields=["party"], name="registry_directory_party"),
        ]

    def __str__(self) -> str:
        return self.name


class DirectoryTerm(models.Model):
    """An entry was admitted, listed or re-evaluated: on which evidence, with which grade, for which term."""

    append_only = True

    entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=16)
    grade = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    findings = models.JSONField(default=dict)  # by criterion: the evidence that it is met
    evidence = models.CharField(max_length=300, blank=True)  # number of the decision or notice
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "registry_directory_term"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("admission", "listing", "re-evaluation")), name="registry_directory_term_kind"
            )
        ]
        indexes = [models.Index(fields=["entry", "id"], name="registry_directory_term_of")]
