"""Programmes, fiscal years, lines, commitments, tranches, and the decisions that two people make."""

from django.db import models
from django.db.models import F, Q

from qilian.core.house.tables import Coded
from qilian.core.log.events.api import salted
from qilian.core.rights.privacy.api import SealedField, readable
from qilian.core.values.text import public_code
from qilian.core.who.people.models import Person
from qilian.core.work.approvals.models import Proposal, two_people
from qilian.engines.ledger.book.models import Account

CONDITIONS = ("start", "day", "evidence")
TRANCHE_STATES = ("due", "paid", "released", "carried")
DECISIONS = ("adjust", "close")


class Programme(Coded):
    """A budgeted programme of a unit, and the clause of the plan that it serves."""

    scope_columns = {"unit": "unit", "offer": "offer", "clause": "clause"}

    number = models.CharField(max_length=40, unique=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    offer = models.CharField(max_length=120, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_programme"
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="ledger_programme_numbered")]

    def __str__(self) -> str:
        return self.number


class Decision(Proposal):
    """Something of a programme that one person proposes and another decides: an adjustment, or the close of a year.

    `content` names lines by their code: `{"source", "target", "fen"}`, or `{"year", "choices": {line: choice}}`.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8)
    content = models.JSONField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "ledger_budget_decision"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DECISIONS), name="ledger_budget_decision_kind"),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_budget_decision_has_reason"),
            *two_people("ledger_budget_decision"),
        ]


class FiscalYear(models.Model):
    """One year of a programme, and the decision that closed it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="years")
    number = models.PositiveSmallIntegerField()
    closed_by = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="closes")

    class Meta:
        db_table = "ledger_budget_year"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="ledger_budget_year_once"),
            models.CheckConstraint(condition=Q(number__gte=1949, number__lte=2199), name="ledger_budget_year_number"),
        ]


class Line(Coded):
    """A budget line of a year. Its amounts are the balances of its four accounts: nothing is kept here.

    `following` is the line of the next year into which it was carried; `lapsed_fen` and `carried_fen` say what the
    close did, for reading.
    """

    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="lines")
    number = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    granted = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    available = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    paid = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    lapsed = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    following = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="former")
    carried_fen = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ledger_budget_line"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="ledger_budget_line_once"),
            models.CheckConstraint(condition=Q(carried_fen__gte=0), name="ledger_budget_line_carried"),
        ]


class Commitment(Coded):
    """Money of a line set apart for one payee; what is not paid yet is the balance of its account."""

    unsworn = ("payee",)  # sealed: its bytes change with the key

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="commitments")
    number = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    payee = SealedField(kind="name")
    party = models.CharField(max_length=80, blank=True)  # Ref of the payee, when it is in the register
    unregistered = models.CharField(max_length=200, blank=True)  # why somebody is paid who is not in the register
    fen = models.BigIntegerField()
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_into"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=26, default=public_code, editable=False)

    class Meta:
        db_table = "ledger_commitment"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="ledger_commitment_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="ledger_commitment_fen"),
            models.CheckConstraint(condition=~Q(party="", unregistered=""), name="ledger_commitment_payee_known"),
        ]

    def sworn_instead(self) -> dict[str, str]:
        """What the log holds of the sealed payee: a digest with the salt of the row, by which nobody is found."""
        return {"payee": salted(readable(self.payee), self.salt.encode())}


class Tranche(Coded):
    """One part of a commitment, paid once and whole when its condition is met."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    condition = models.CharField(max_length=8)
    words = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, default="due")
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    paid_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ledger_tranche"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="ledger_tranche_once"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="ledger_tranche_fen"),
            models.CheckConstraint(condition=Q(state__in=TRANCHE_STATES), name="ledger_tranche_state"),
            models.CheckConstraint(
                condition=Q(condition="start")
                | Q(condition="day", day__isnull=False)
                | Q(Q(condition="evidence"), ~Q(words="")),
                name="ledger_tranche_condition",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False), name="ledger_tranche_paid_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(paid_by__isnull=True) | ~Q(paid_by=F("confirmed_by")),
                name="ledger_tranche_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(condition="evidence", state="paid") | Q(confirmed_at__isnull=False),
                name="ledger_tranche_paid_after_result",
            ),
        ]
