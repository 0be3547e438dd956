"""Drafts of plans while people work on them, and what people must settle."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.who.units.models import Unit
from qilian.spine.plan.models import Plan, PlanVersion

__all__ = ["DRAFT_STATES", "OPEN_STATES", "Draft", "ReviewItem", "Unit"]
DRAFT_STATES = ("reading", "reviewing", "unreadable", "published", "discarded")
OPEN_STATES = ("reading", "reviewing", "unreadable")


class Draft(Coded):
    """A document being turned into a version: its text, what the compiler found, and what people decided since.

    `compiled` is the JSON of `plan compile`, changed by review; `spine.compiler.api.from_json` reads it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="reading")
    file = models.CharField(max_length=64, blank=True)  # SHA-256 of the uploaded document, in core.files
    file_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    compiled = models.JSONField(default=dict)
    failure = models.JSONField(null=True, blank=True)  # the refusal of the reader: code, zh, en
    note = models.CharField(max_length=300, blank=True)
    version = models.OneToOneField(PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="draft")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    creator = models.CharField(max_length=80, blank=True)  # the name at that time

    class Meta:
        db_table = "spine_plan_draft"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="spine_plan_draft_numbered"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=OPEN_STATES), name="spine_plan_one_open_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=DRAFT_STATES), name="spine_plan_draft_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("reviewing", "published")) | ~Q(text=""), name="spine_plan_draft_has_text"
            ),
            models.CheckConstraint(
                condition=Q(state="published", version__isnull=False)
                | (~Q(state="published") & Q(version__isnull=True)),
                name="spine_plan_draft_published_as_version",
            ),
        ]

    @property
    def url(self) -> str:
        """Where the draft is reviewed."""
        return f"/drafts/{self.code}/"

    @property
    def questions_url(self) -> str:
        """Where its open questions are settled, one beside its place in the source."""
        return f"{self.url}questions/"

    @property
    def is_open(self) -> bool:
        """Whether people still work on it."""
        return self.state in OPEN_STATES


class ReviewItem(Coded):
    """Something of a draft that a person must settle: a unit string nobody knows, or a doubt of the compiler."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)  # "unit", or the kind of a diagnostic
    key = models.CharField(max_length=160)  # the unit string, or kind and place of the diagnostic
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    message = models.CharField(max_length=400)
    state = models.CharField(max_length=8, default="open")
    verdict = models.CharField(max_length=12, blank=True)  # unit, word, edited, dismissed
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    word = models.CharField(max_length=16, blank=True)  # a column's title or a label of this house, and what it means
    means = models.CharField(max_length=12, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "spine_plan_review_item"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="spine_plan_item_once"),
            models.CheckConstraint(condition=Q(span_start__lte=F("span_end")), name="spine_plan_item_span"),
            models.CheckConstraint(
                condition=Q(state="open", verdict="", settled_at__isnull=True)
                | Q(state="settled", verdict__in=("unit", "word", "edited", "dismissed"), settled_at__isnull=False),
                name="spine_plan_item_settled_whole",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="unit") | Q(unit__isnull=False), name="spine_plan_item_unit_chosen"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="word") | ~(Q(word="") | Q(means="")), name="spine_plan_item_word_has_meaning"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="dismissed") | ~Q(reason=""), name="spine_plan_item_dismissed_for_a_reason"
            ),
        ]
