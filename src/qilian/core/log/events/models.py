"""The log: events are inserted without a lock; the sealer gives them sequence and leaf in rows of their own."""

from django.db import models
from django.db.models import Func


class CurrentTransaction(Func):
    """The writing transaction's 64-bit id: the sealer takes only rows below `pg_snapshot_xmin`, so none is skipped."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """A fact 事实. Personal values stand in `data` only as salted digests."""

    append_only = True

    type = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)  # Ref of the person, or "system:<job>"
    on_behalf = models.CharField(max_length=80, blank=True)  # whom a deputy or delegate acts for
    clause = models.CharField(max_length=40, blank=True)
    offer = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=160)  # Ref
    party = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=6, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    quantity_unit = models.CharField(max_length=20, blank=True)
    money = models.BigIntegerField(null=True, blank=True)  # fen
    currency = models.CharField(max_length=3, blank=True)
    data = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32)  # log_hash() of the canonical JSON of all fields above
    transaction = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        db_table = "core_event"
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["type", "id"]),
            models.Index(fields=["clause", "id"]),
            models.Index(fields=["unit", "id"]),
            models.Index(fields=["party", "id"], name="core_event_party", condition=~models.Q(party="")),
            models.Index(fields=["transaction", "id"], name="core_event_sealing"),
        ]


class Seal(models.Model):
    """The place of one event in the log: sequence (from 0, without gaps) and RFC 6962 leaf hash."""

    append_only = True

    sequence = models.BigIntegerField(primary_key=True)
    # No constraint (decision 9): the sealer has just read the event, and the log's rows cannot be deleted.
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal", db_constraint=False)
    leaf = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "core_seal"


class SealNode(models.Model):
    """The root of a perfect subtree at every eighth level of the tree: what proofs read instead of all leaves."""

    append_only = True

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "core_seal_node"
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="core_seal_node_once")]


class SealBatch(models.Model):
    """One run of the sealer: the tree after it, and how far it came among the rows that were written.

    The next run begins behind (`transaction`, `event`), so that finding what is new costs only what is new.
    """

    append_only = True

    size = models.BigIntegerField()
    frontier = models.BinaryField()  # the frontier's hashes, 32 bytes each, largest subtree first
    root = models.BinaryField(max_length=32)
    transaction = models.BigIntegerField()
    event = models.BigIntegerField()
    algorithm = models.CharField(max_length=8, default="sha256")
    at = models.DateTimeField()

    class Meta:
        db_table = "core_seal_batch"
        indexes = [models.Index(fields=["size"])]


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root at a moment (RFC 6962 signed tree head)."""

    append_only = True

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    algorithm = models.CharField(max_length=8, blank=True)  # as the statement says; empty in the first checkpoints
    key = models.CharField(max_length=64)  # id of the public key
    signature = models.BinaryField(max_length=128)

    class Meta:
        db_table = "core_checkpoint"
