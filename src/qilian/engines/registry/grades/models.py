"""Published methods, gradings with their figures and cells, and appeals."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import readable_by
from qilian.core.who.people.models import Person
from qilian.core.work.approvals.models import Proposal, two_people
from qilian.engines.registry.parties.models import Party

from .kernel.life import STATES, VERDICTS


class GradeMethod(Proposal):
    """A version of an offer's method, published by two people; its text is never edited."""

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    valid_from = models.DateField()

    scope_columns = {"offer": "offer", "clause": "clause"}

    class Meta:
        db_table = "registry_grade_method"
        constraints = [
            models.UniqueConstraint(fields=["offer", "version"], name="registry_grade_method_version"),
            *two_people("registry_grade_method"),
            models.CheckConstraint(condition=~Q(source=""), name="registry_grade_method_source"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} v{self.version}"


class Grading(Coded):
    """One evaluation of one party: figures and result as exact JSON with their digests."""

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    method = models.ForeignKey(GradeMethod, on_delete=models.PROTECT, related_name="gradings")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="gradings")
    region = models.CharField(max_length=6, blank=True)
    as_of = models.DateField()
    figures = models.JSONField()
    figures_digest = models.CharField(max_length=64)
    result = models.JSONField()
    result_digest = models.CharField(max_length=64)
    score = models.DecimalField(max_digits=14, decimal_places=6)
    grade = models.CharField(max_length=20)
    evidence = models.CharField(max_length=300)  # number of the decision or report
    state = models.CharField(max_length=10, default="computed")
    computed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(max_length=300, blank=True)  # of the withdrawal

    scope_columns = {"offer": "offer", "clause": "clause", "region": "region"}

    class Meta:
        db_table = "registry_grading"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(STATES)), name="registry_grading_state"),
            models.CheckConstraint(
                condition=Q(state__in=("computed", "superseded", "withdrawn")) | Q(published_at__isnull=False),
                name="registry_grading_published",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="registry_grading_evidence"),
            models.UniqueConstraint(
                fields=["offer", "party"], condition=Q(state="published"), name="registry_grading_one_published"
            ),
            models.UniqueConstraint(
                fields=["offer", "party"], condition=Q(state="computed"), name="registry_grading_one_computed"
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "state", "-score"], name="registry_grading_list"),
            models.Index(fields=["party", "state"], name="registry_grading_of_party"),
            models.Index(fields=["valid_to"], condition=Q(state="published"), name="registry_grading_due"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.party_id}"


class GradeAppeal(Coded):
    """An objection of the party to a cell, or to the whole; answered by somebody else than who wrote it down.

    Readable by the party (`addressee`), by officials of grades and by the system.
    """

    row_policy = readable_by("grades.run", "grades.publish", "grades.appeal", "grades.decide")

    addressee = models.CharField(max_length=120)
    grading = models.ForeignKey(Grading, on_delete=models.PROTECT, related_name="appeals")
    indicator = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="filed")
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "registry_grade_appeal"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(VERDICTS)), name="registry_grade_appeal_state"),
            models.UniqueConstraint(fields=["grading"], name="registry_grade_appeal_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")),
                name="registry_grade_appeal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="filed", decided_at__isnull=True)
                | (~Q(state="filed") & Q(decided_at__isnull=False) & ~Q(answer="")),
                name="registry_grade_appeal_answered",
            ),
        ]
