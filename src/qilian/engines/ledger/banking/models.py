"""Bank accounts, their statements line by line, matches, what two people resolve, and payment orders in batches."""

from django.db import models
from django.db.models import Q

from qilian.core.house.tables import Coded
from qilian.core.log.events.api import salted
from qilian.core.rights.privacy.api import SealedField, readable
from qilian.core.values.text import public_code
from qilian.core.who.people.models import Person
from qilian.core.work.approvals.models import Proposal, two_people
from qilian.engines.ledger.book.models import Account, Transfer

STATEMENT_STATES = ("queued", "refused", "checked", "booked")
RESOLUTIONS = ("match", "book", "correct", "reverse")
RULES = ("opening", "reference", "name", "sum", *RESOLUTIONS)


class BankAccount(Coded):
    """An account at a bank, and the account of the book that mirrors it.

    The mirror grows by debits: a receipt debits it and credits whoever may claim the money. `suspense` is credited with
    receipts that nobody knows yet, `outside` with what is the holder's own. `bank_fen` is the closing balance of the
    latest statement booked, which only statements move.
    """

    scope_columns = {"unit": "unit", "offer": "offer"}

    number = models.CharField(max_length=40, unique=True)
    bank = models.CharField(max_length=120)
    holder = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="CNY")
    channel = models.CharField(max_length=20, default="file")
    unit = models.CharField(max_length=40)
    offer = models.CharField(max_length=120, blank=True)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    suspense = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    outside = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    opening_fen = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    bank_fen = models.BigIntegerField(default=0)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "ledger_bank_account"
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="ledger_bank_account_numbered")]


class Statement(Coded):
    """A bank file that was brought: checked without a trace, then booked whole, once."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=64)  # SHA-256 of what was brought
    state = models.CharField(max_length=8, default="queued")
    lines_read = models.PositiveIntegerField(default=0)
    lines_passed = models.PositiveIntegerField(default=0)  # pending, or of zero
    lines_known = models.PositiveIntegerField(default=0)  # booked before
    inflow = models.BigIntegerField(default=0)
    outflow = models.BigIntegerField(default=0)
    opening = models.BigIntegerField(null=True, blank=True)
    closing = models.BigIntegerField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    problems = models.JSONField(default=list)  # the first thousand
    problem_count = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)  # what was left out by reason, what a reader must know (queries.Report)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ledger_bank_statement"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATEMENT_STATES), name="ledger_bank_statement_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "booked")) | Q(problem_count=0), name="ledger_bank_statement_clean"
            ),
            models.CheckConstraint(
                condition=Q(state="booked", booked_at__isnull=False) | (~Q(state="booked") & Q(booked_at__isnull=True)),
                name="ledger_bank_statement_booked_at",
            ),
            models.UniqueConstraint(
                fields=["bank_account", "file"], condition=Q(state="booked"), name="ledger_bank_statement_once"
            ),
        ]


class StatementLine(Coded):
    """One line of a bank statement: `fen` above zero came in. The other party is sealed; `mark` recognises the line."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    row = models.IntegerField()
    day = models.DateField()
    fen = models.BigIntegerField()
    balance = models.BigIntegerField(null=True, blank=True)
    name = SealedField(kind="name", blank=True)
    account = SealedField(kind="account", blank=True)
    shown_name = models.CharField(
        max_length=200, blank=True
    )  # the whole name of an organisation, the mask of a person's
    summary = models.CharField(max_length=400, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    mark = models.CharField(max_length=32)

    class Meta:
        db_table = "ledger_bank_line"
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["bank_account", "day", "id"], name="ledger_bank_line_day")]
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "mark"], name="ledger_bank_line_once"),
            models.CheckConstraint(condition=~Q(fen=0), name="ledger_bank_line_moves"),
        ]


class Resolution(Proposal):
    """What one person proposes to do with something unmatched, and another decides.

    `match` line and transfer are the same; `book` the line as a transfer with `counter`; `correct` the transfer to the
    line's amount; `reverse` the transfer, which never reached the bank.
    """

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="resolutions")
    kind = models.CharField(max_length=8)
    line = models.ForeignKey(StatementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions")
    transfer = models.ForeignKey(Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    counter = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    more = models.JSONField(default=dict)  # codes of further lines and transfers that `match` takes together
    reason = models.CharField(max_length=300)
    salt = models.CharField(max_length=26, default=public_code, editable=False)

    class Meta:
        db_table = "ledger_bank_resolution"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("match", "correct"), line__isnull=False, transfer__isnull=False)
                | Q(kind="book", line__isnull=False, transfer__isnull=True, counter__isnull=False)
                | Q(kind="reverse", line__isnull=True, transfer__isnull=False),
                name="ledger_bank_resolution_shape",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_bank_resolution_reason"),
            *two_people("ledger_bank_resolution"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state="proposed"), name="ledger_bank_resolution_one_open_line"
            ),
            models.UniqueConstraint(
                fields=["bank_account", "transfer"],
                condition=Q(state="proposed"),
                name="ledger_bank_resolution_one_open_transfer",
            ),
        ]


class Match(models.Model):
    """A transfer that is explained: by a line of the bank, or by the other rows of the same `pair`.

    One `pair` binds a transfer and the one that undoes it, or the lines and transfers that make one sum together. By
    constraint a line stands in one match at most, and so does a transfer of a bank account.
    """

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="matches")
    transfer = models.ForeignKey(Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    line = models.OneToOneField(StatementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="match")
    pair = models.CharField(max_length=26, blank=True)
    rule = models.CharField(max_length=10)
    resolution = models.ForeignKey(Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="matches")
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_bank_match"
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "transfer"], name="ledger_bank_match_once"),
            models.CheckConstraint(
                condition=Q(line__isnull=False, transfer__isnull=False, pair="")
                | (~Q(pair="") & (Q(line__isnull=False) | Q(transfer__isnull=False))),
                name="ledger_bank_match_shape",
            ),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="ledger_bank_match_rule"),
        ]


class PaymentBatch(Coded):
    """Payment orders released together: a file in the spool folder, which a person carries to the bank."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(max_length=40, unique=True)
    orders_count = models.PositiveIntegerField()
    fen = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ledger_payment_batch"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0, orders_count__gt=0), name="ledger_payment_batch_fen")
        ]


class PaymentOrder(Coded):
    """One payment to be made; the transfer is booked when somebody else releases it in a batch."""

    unsworn = ("name", "account")  # sealed: their bytes change with the key

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="orders")
    reference = models.CharField(max_length=40, unique=True)
    name = SealedField(kind="name")
    account = SealedField(kind="account")
    shown_name = models.CharField(max_length=200)
    bank = models.CharField(max_length=120, blank=True)
    fen = models.BigIntegerField()
    purpose = models.CharField(max_length=120)
    salt = models.CharField(max_length=26, default=public_code, editable=False)
    cause = models.CharField(max_length=160, blank=True)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(PaymentBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")
    transfer = models.OneToOneField(Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "ledger_payment_order"
        ordering = ["-id"]
        indexes = [models.Index(fields=["cause"], condition=~Q(cause=""), name="ledger_payment_order_cause")]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="ledger_payment_order_fen"),
            models.CheckConstraint(
                condition=Q(batch__isnull=True, transfer__isnull=True)
                | Q(batch__isnull=False, transfer__isnull=False, cancelled_at__isnull=True),
                name="ledger_payment_order_whole",
            ),
        ]

    def sworn_instead(self) -> dict[str, str]:
        """What the log holds of the sealed columns: digests with the salt of the row, by which nobody is found."""
        return {name: salted(readable(getattr(self, name)), self.salt.encode()) for name in self.unsworn}
