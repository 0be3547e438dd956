"""Cases and their steps; the constraints say what the kernel says."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.rights.policies.api import readable_by
from qilian.core.who.people.models import Person
from qilian.core.work.approvals.models import Proposal, two_people
from qilian.engines.casework.items.models import ItemVersion
from qilian.engines.registry.parties.models import Party

from .kernel import CASE_STATES, STEP_STATES

_READERS = ("casework.handle", "casework.steer", "casework.view", "casework.accept")
_OVER = ("ended", "withdrawn", "terminated")


class Case(Coded):
    """A case of an item: who asks (`party`, nobody for an internal matter), what he wrote (`data`), and its state.

    `addressee` names the party to the row policy. `parent` is the case that called this one, from its step `called_by`.
    """

    row_policy = readable_by(*_READERS)

    offer = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    addressee = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=40)
    region = models.CharField(max_length=6, blank=True)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="open")
    end = models.CharField(max_length=120, blank=True)
    granted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="called")
    called_by = models.PositiveIntegerField(default=0)

    scope_columns = {"offer": "offer", "clause": "clause", "region": "region", "unit": "unit"}

    class Meta:
        db_table = "casework_case"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=tuple(CASE_STATES)), name="casework_case_state"),
            models.CheckConstraint(
                condition=Q(state__in=_OVER, closed_at__isnull=False)
                | (~Q(state__in=_OVER) & Q(closed_at__isnull=True)),
                name="casework_case_closed_has_moment",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(end=""), name="casework_case_ended_somewhere"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "suspended", "ended")) | ~Q(reason=""), name="casework_case_over_why"
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "state", "-id"], name="casework_case_list"),
            models.Index(fields=["party", "-id"], name="casework_case_of_party"),
            models.Index(fields=["unit", "state", "-id"], name="casework_case_of_unit"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseExtension(Proposal):
    """More time that somebody asked for, in the unit of the case's limit; another person grants it or refuses."""

    row_policy = readable_by(*_READERS)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    addressee = models.CharField(max_length=120, blank=True)
    value = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "casework_extension"
        constraints = [
            *two_people("casework_extension"),
            models.CheckConstraint(condition=Q(value__gte=1), name="casework_extension_value"),
            models.CheckConstraint(condition=~Q(reason=""), name="casework_extension_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="proposed"), name="casework_extension_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} +{self.value}"


class CaseStep(models.Model):
    """One step of a case as the kernel has it; open ones are the tokens of the flow."""

    row_policy = readable_by(*_READERS)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    addressee = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=60)
    kind = models.CharField(max_length=8)
    parent = models.PositiveIntegerField(default=0)
    source = models.PositiveIntegerField(default=0)
    performer = models.CharField(max_length=120, blank=True)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    outcome = models.CharField(max_length=60, blank=True)
    opinion = models.CharField(max_length=1000, blank=True)
    weight = models.PositiveIntegerField(default=1)
    place = models.PositiveIntegerField(default=0)
    lender = models.CharField(max_length=120, blank=True)
    holds = models.PositiveIntegerField(default=0)
    follows = models.PositiveIntegerField(default=0)
    straight = models.CharField(max_length=60, blank=True)
    turn = models.PositiveIntegerField(default=0)  # how often it was laid on a desk
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "casework_step"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="casework_step_once"),
            models.CheckConstraint(condition=Q(state__in=tuple(STEP_STATES)), name="casework_step_state"),
            models.CheckConstraint(
                condition=Q(kind__in=("task", "wait", "call", "fork", "sign")), name="casework_step_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "waiting"), done_at__isnull=True)
                | Q(state__in=("done", "cancelled"), done_at__isnull=False),
                name="casework_step_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "id"], condition=Q(state="open"), name="casework_step_of_person"),
            models.Index(fields=["performer", "id"], condition=Q(state="open"), name="casework_step_of_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.node}"
