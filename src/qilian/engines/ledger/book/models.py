"""Assets, accounts, transfers, holds, restraints and serial numbers; the constraints say the kernel's rules again."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from qilian.core.house.tables import Coded

KINDS = ("money", "goods", "allowance", "water", "share", "pallet", "budget", "hours")
RULES = ("debits_within_credits", "credits_within_debits", "free")
_TOTALS = ("debits_posted", "credits_posted", "debits_pending", "credits_pending", "restrained")


class Asset(models.Model):
    """Something that is counted: money in fen, pallets in pieces, water in cubic metres × 10^scale.

    `scale` is how many decimals people see; `serial` says that every piece has a number; `demonstration` that it is
    play money, which every page says.
    """

    slug = models.CharField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    unit_zh = models.CharField(max_length=20)
    unit_en = models.CharField(max_length=20)
    scale = models.PositiveSmallIntegerField(default=0)
    serial = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    class Meta:
        db_table = "ledger_asset"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="ledger_asset_kind"),
            models.CheckConstraint(condition=Q(scale__lte=9), name="ledger_asset_scale"),
            models.CheckConstraint(condition=Q(serial=False) | Q(scale=0), name="ledger_asset_serial_whole"),
        ]


class Account(Coded):
    """What an owner has of an asset, for a purpose; the totals are kept with every transfer.

    `owner` is a Ref as text (`party:…`, `unit:…`, `offer:…`, `world:…`), never a foreign key. `offer` and `unit` are
    what grants go by. `engine` is the part of the house whose rules alone move it. `no_pay` receives only (只收不付).
    """

    kept = True
    fillfactor = 50  # totals change with every batch: a new version lies on its page and no index is touched
    scope_columns = {"unit": "unit", "offer": "offer"}

    owner = models.CharField(max_length=120)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="accounts")
    purpose = models.CharField(max_length=60, default="main")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    rule = models.CharField(max_length=24, default="debits_within_credits")
    state = models.CharField(max_length=8, default="open")
    state_reason = models.CharField(max_length=300, blank=True)
    final = models.BooleanField(default=False)  # receives and never pays: retired, surrendered
    offer = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    engine = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # of the latest transfer: no row of an account is older than the one before
    debits_posted = models.BigIntegerField(default=0)
    credits_posted = models.BigIntegerField(default=0)
    debits_pending = models.BigIntegerField(default=0)
    credits_pending = models.BigIntegerField(default=0)
    restrained = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ledger_account"
        ordering = ["id"]
        indexes = [models.Index(fields=["offer", "id"]), models.Index(fields=["unit", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["owner", "asset", "purpose"], name="ledger_account_once"),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="ledger_account_rule"),
            models.CheckConstraint(condition=Q(state__in=("open", "no_pay", "closed")), name="ledger_account_state"),
            models.CheckConstraint(condition=~Q(owner=""), name="ledger_account_owned"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in _TOTALS}), name="ledger_account_no_negative"
            ),
            models.CheckConstraint(
                condition=~Q(rule="debits_within_credits")
                | Q(credits_posted__gte=F("debits_posted") + F("debits_pending") + F("restrained")),
                name="ledger_account_debits_within",
            ),
            models.CheckConstraint(
                condition=~Q(rule="credits_within_debits")
                | Q(debits_posted__gte=F("credits_posted") + F("credits_pending")),
                name="ledger_account_credits_within",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(
                    credits_posted=F("debits_posted"),
                    debits_pending=0,
                    credits_pending=0,
                    restrained=0,
                ),
                name="ledger_account_closed_is_empty",
            ),
        ]


class Batch(Coded):
    """What was written at once: its moment, how many rows, and the root of their tree, which the event carries."""

    append_only = True

    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    event = models.BigIntegerField()  # the event that carries the root; core_event.id

    class Meta:
        db_table = "ledger_batch"


class Transfer(models.Model):
    """A row of the book: one debit, one credit, one asset, one amount; never changed, never deleted.

    `code` is made from `key`, so one index serves both. `released` is what a resolution takes off the pending side.
    The eight totals are those of both accounts after the row: a balance at any moment is one look-up.

    The references to accounts are no constraints of the database, whose check by row and column costs as much as the
    writing (decision 9): a batch holds the lock of every account that it names, accounts are `kept`, and the replay
    counts rows without an account.
    """

    append_only = True

    code = models.CharField(max_length=26)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="transfers", db_index=False, db_constraint=False
    )
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount = models.BigIntegerField()
    released = models.BigIntegerField(default=0)
    pending = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions", db_index=False
    )
    due = models.DateTimeField(null=True, blank=True)
    chain = models.PositiveIntegerField(null=True, blank=True)  # rows of one batch with one number happened together
    first_serial = models.BigIntegerField(null=True, blank=True)
    last_serial = models.BigIntegerField(null=True, blank=True)
    cause = models.CharField(max_length=160, blank=True)  # Ref of what it is for
    words = models.CharField(max_length=300, blank=True)
    digest = models.BinaryField(max_length=32)
    debit_debits = models.BigIntegerField()
    debit_credits = models.BigIntegerField()
    debit_debits_pending = models.BigIntegerField()
    debit_credits_pending = models.BigIntegerField()
    credit_debits = models.BigIntegerField()
    credit_credits = models.BigIntegerField()
    credit_debits_pending = models.BigIntegerField()
    credit_credits_pending = models.BigIntegerField()

    class Meta:
        db_table = "ledger_transfer"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["debit", "at", "id"], name="ledger_transfer_debits"),
            models.Index(fields=["credit", "at", "id"], name="ledger_transfer_credits"),
            models.Index(fields=["cause", "id"], condition=~Q(cause=""), name="ledger_transfer_cause"),
            BrinIndex(fields=["batch"], name="ledger_transfer_batch", autosummarize=True, pages_per_range=16),
        ]
        constraints = [
            # Not unique=True on the field: Django would add a second index for LIKE, and every row would pay for it.
            models.UniqueConstraint(fields=["code"], name="ledger_transfer_code"),
            models.UniqueConstraint(
                fields=["pending"], condition=Q(pending__isnull=False), name="ledger_transfer_resolves_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("single", "pending"), amount__gt=0, pending__isnull=True, released=0)
                | Q(kind="post", amount__gt=0, pending__isnull=False, released__gte=F("amount"))
                | Q(kind__in=("void", "expire"), amount=0, pending__isnull=False, released__gt=0),
                name="ledger_transfer_shape",
            ),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_transfer_two_accounts"),
        ]


class Hold(models.Model):
    """A pending transfer until it is posted, voided or expired; `basis` is the law that sets its day.

    `failed_at` is when the sweep last could not give it back, and `failure` why: it is tried again.
    """

    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="hold", primary_key=True)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    due = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, default="open")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "ledger_hold"
        ordering = ["due", "transfer_id"]
        indexes = [models.Index(fields=["due"], condition=Q(state="open"), name="ledger_hold_due")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_hold_amount"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "posted", "voided", "expired")), name="ledger_hold_state"
            ),
        ]


class Restraint(Coded):
    """A freeze (冻结) or a pledge (质押) on a part of an account; it reduces what is available until it is released."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="restraints")
    kind = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    first_serial = models.BigIntegerField(null=True, blank=True)
    last_serial = models.BigIntegerField(null=True, blank=True)
    beneficiary = models.CharField(max_length=120, blank=True)  # Ref of the pledgee 质权人
    reason = models.CharField(max_length=300)
    document = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=80, blank=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "ledger_restraint"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("freeze", "pledge")), name="ledger_restraint_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_restraint_amount"),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_restraint_reason"),
            models.CheckConstraint(
                condition=Q(kind="freeze", beneficiary="") | Q(kind="pledge") & ~Q(beneficiary=""),
                name="ledger_restraint_beneficiary",
            ),
        ]


class Holding(models.Model):
    """Serial numbers of an asset in an account; no number lies in two rows (exclusion constraint).

    `reserved` is the key of the hold, or the code of the restraint, that binds them.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holdings")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    reserved = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "ledger_holding"
        ordering = ["asset", "first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first"), last__lt=10**12), name="ledger_holding_in_order"
            ),
            ExclusionConstraint(
                name="ledger_holding_once",
                expressions=[
                    (
                        # One line of numbers for all assets: 10^12 places each, so no extension is needed for "=".
                        Func(
                            F("asset") * Value(10**12) + F("first"),
                            F("asset") * Value(10**12) + F("last"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    )
                ],
            ),
        ]
