"""Plans and their published versions, which nobody can change any more.

What is published lies in append-only tables: the database itself refuses UPDATE and DELETE to the application. Words
arrive in rows of their own, because a version may be published as facts before its source document is loaded.
"""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.values.text import Text
from qilian.core.who.units.models import Unit
from qilian.spine.language.api import ROLES

__all__ = [
    "Clause",
    "ClauseDeadline",
    "ClauseTarget",
    "ClauseWords",
    "Decision",
    "Duty",
    "NamedSystem",
    "Plan",
    "PlanVersion",
    "Section",
    "SourceText",
    "Unit",
]
ORIGINS = ("explicit", "positional", "default", "inherited", "reviewed", "decision")


class Plan(Coded):
    """A plan document 方案 over all its versions; one plan of the house is the main one, shown at /plan/."""

    slug = models.SlugField(max_length=24, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    document_no = models.CharField(max_length=80, blank=True)
    based_on = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260
    issued_on = models.DateField(null=True, blank=True)
    names_on = models.DateField()  # the day whose unit names the document uses
    main = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    scope_columns = {"region": "region"}

    class Meta:
        db_table = "spine_plan"
        ordering = ["-main", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["main"], condition=Q(main=True), name="spine_plan_one_main"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="spine_plan_titled"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> Text:
        """The title in both languages; the Chinese one stands in where no English one was given."""
        return Text(self.title_zh, self.title_en or self.title_zh)

    @property
    def url(self) -> str:
        """Where the plan's versions stand."""
        return f"/plans/{self.slug}/"


class PlanVersion(Coded):
    """A published version, never changed; the one with the highest number is in force, the others are superseded."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source_sha256 = models.CharField(max_length=64)
    facts_sha256 = models.CharField(max_length=64)  # of the facts below: the same facts are published once
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    publisher = models.CharField(max_length=80, blank=True)  # the name at that time

    class Meta:
        db_table = "spine_plan_version"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="spine_plan_version_numbered")]

    @property
    def url(self) -> str:
        """Where the version stands."""
        return f"/plans/{self.plan.slug}/versions/{self.number}/"


class SourceText(models.Model):
    """The whole text of a version's source document, once it is loaded and proved to be the one."""

    append_only = True

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="source_text")
    text = models.TextField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "spine_plan_source_text"


class Section(models.Model):
    """A domain or measure of a version, `2.7`; `aim` is our own sentence about it."""

    append_only = True

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sections")
    sid = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    aim_zh = models.CharField(max_length=400, blank=True)
    aim_en = models.CharField(max_length=600, blank=True)
    tier = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "spine_plan_section"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "sid"], name="spine_plan_section_once")]

    @property
    def title(self) -> Text:
        """The title in both languages."""
        return Text(self.title_zh, self.title_en or self.title_zh)

    @property
    def aim(self) -> Text:
        """Our sentence about the section; empty for uploaded plans."""
        return Text(self.aim_zh, self.aim_en or self.aim_zh)


class Clause(models.Model):
    """The smallest unit of duty 条, `2.7.2`, with the digest of its words and our summary of them."""

    append_only = True

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="clauses")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="clauses")
    cid = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    tier = models.CharField(max_length=40, blank=True)
    open_list = models.BooleanField(default=False)  # the words end a list of units with 等: others are meant too
    sha256 = models.CharField(max_length=64)
    summary_zh = models.CharField(max_length=400, blank=True)
    summary_en = models.CharField(max_length=600, blank=True)

    class Meta:
        db_table = "spine_plan_clause"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "cid"], name="spine_plan_clause_once")]

    @property
    def summary(self) -> Text:
        """Our summary; empty where only the words are known."""
        return Text(self.summary_zh, self.summary_en or self.summary_zh)


class ClauseWords(models.Model):
    """The words of a clause as the source has them, with the place of each fact in them.

    `marks` lists `{kind, key, span}`: kind is lead, support, responsible, deadline or target; spans count from the
    beginning of the source text.
    """

    append_only = True

    clause = models.OneToOneField(Clause, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    marks = models.JSONField(default=list)

    class Meta:
        db_table = "spine_plan_clause_words"
        constraints = [
            models.CheckConstraint(condition=Q(span_start__lt=F("span_end")), name="spine_plan_words_span"),
        ]


class Decision(Coded):
    """A decision of a meeting or leader 议定事项 that adds a duty to a clause."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8)  # meeting, leader
    title = models.CharField(max_length=200)
    document_no = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "spine_plan_decision"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("meeting", "leader")), name="spine_plan_decision_kind"),
            models.CheckConstraint(condition=~Q(title=""), name="spine_plan_decision_titled"),
        ]


class Duty(models.Model):
    """A unit's role on a clause 责任; `raw` is the name as the document writes it."""

    append_only = True

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=12)
    order = models.PositiveIntegerField()
    origin = models.CharField(max_length=12)
    raw = models.CharField(max_length=160)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")

    class Meta:
        db_table = "spine_plan_duty"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "unit", "role"], name="spine_plan_duty_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="spine_plan_duty_role"),
            models.CheckConstraint(condition=Q(origin__in=ORIGINS), name="spine_plan_duty_origin"),
            models.CheckConstraint(
                condition=Q(origin="decision", decision__isnull=False)
                | (~Q(origin="decision") & Q(decision__isnull=True)),
                name="spine_plan_duty_decided",
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"])]


class NamedSystem(models.Model):
    """A platform, market, project or mechanism that a clause names; `level` is named or generic."""

    append_only = True

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="systems")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, default="named")

    class Meta:
        db_table = "spine_plan_named_system"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["clause", "name"], name="spine_plan_system_once")]


class ClauseDeadline(models.Model):
    """A deadline as written, and the last day of its period where that is a date."""

    append_only = True

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="deadlines")
    order = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "spine_plan_deadline"
        ordering = ["order"]


class ClauseTarget(models.Model):
    """A quantified target: indicator, operator, one or two values with their unit, base and deadline as written."""

    append_only = True

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    indicator = models.CharField(max_length=200, blank=True)
    op = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    value_to = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    base = models.CharField(max_length=200, blank=True)
    deadline = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "spine_plan_target"
        ordering = ["order"]
