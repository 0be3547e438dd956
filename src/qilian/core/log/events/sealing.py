"""The sealer: the only one who gives events their sequence and leaf, in order, without gaps, and signs the tree."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from qilian.core.house.tables import copied
from qilian.core.values import clock
from qilian.core.values.merkle.api import Algorithm, Frontier, Node, grow, leaf_hashes
from qilian.core.values.text import Refusal, Text

from .adapters.signing import SigningKey
from .hashing import log_hash
from .kernel.statement import statement
from .models import Checkpoint, SealBatch, SealNode

BATCH = 10_000
CHECKPOINT_EVERY = timedelta(minutes=1)
_LOCK = 0x7165_6C6F_67  # the advisory lock of the log's only sealer
_HASH = 32
_BEGINNING = SealBatch(size=0, frontier=b"", root=b"", transaction=0, event=0)

_WRITTEN = """
    SELECT written.id, written.transaction, written.digest FROM core_event AS written
    WHERE (written.transaction, written.id) > (%s, %s) AND written.transaction < %s
      AND (SELECT seal.sequence FROM core_seal AS seal WHERE seal.event_id = written.id) IS NULL
    ORDER BY written.transaction, written.id LIMIT %s"""
# The scalar subquery keeps to one index look-up for each new row; as NOT EXISTS it may become a scan of all seals.

_SEAL = ("sequence", "event_id", "leaf", "sealed_at")


class Written(NamedTuple):
    """An event that waits for its seal."""

    id: int
    transaction: int
    digest: bytes


@transaction.atomic
def seal(*, limit: int = BATCH) -> int:
    """Seal up to `limit` events and return how many; nothing waits when it returns 0.

    Takes only rows of transactions below `pg_snapshot_xmin`, in the order (transaction, id): whoever is still writing
    has a later transaction, so his rows come behind, never between. A second sealer waits for the first to commit.
    Refusal `events.restored` when the database was restored into a new cluster and `after_restore` did not run.
    """
    ended_below, begun_below = _alone()
    last = SealBatch.objects.order_by("-id").first() or _BEGINNING
    if last.transaction >= begun_below:
        raise Refusal(
            "events.restored",
            Text("事实日志来自另一个数据库集群。", "The log comes from another database cluster."),
            remedy=Text(
                "请用 ./qilian restore 恢复，它会完成封存。",
                "Restore with ./qilian restore, which finishes the sealing.",
            ),
        )
    fresh = _written(after=(last.transaction, last.event), below=ended_below, limit=limit)
    _append(last, fresh)
    return len(fresh)


@transaction.atomic
def after_restore() -> int:
    """Make the log of a restored database continue in this cluster, whose transaction numbers began anew.

    Run by the restore command as the tables' owner: it stops writers, seals what the old cluster had not sealed, and
    sets the sealer back to the first transaction. Returns how many were sealed; running it again changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE core_event IN SHARE MODE")
    _alone()
    sealed = 0
    while True:
        last = SealBatch.objects.order_by("-id").first() or _BEGINNING
        fresh = _written(after=(-1, -1), below=2**63 - 1, limit=BATCH)
        _append(last, fresh)
        sealed += len(fresh)
        if not fresh:
            break
    if last.size:
        SealBatch.objects.create(
            size=last.size,
            frontier=last.frontier,
            root=last.root,
            transaction=0,
            event=0,
            algorithm=last.algorithm,
            at=clock.now(),
        )
    return sealed


@transaction.atomic
def checkpoint() -> Checkpoint | None:
    """Sign the tree as it stands by the key in var/keys and return the statement; None when it has not grown since."""
    _alone()
    last = SealBatch.objects.order_by("-id").first()
    if last is None or Checkpoint.objects.filter(size=last.size).exists():
        return None
    at, key, root = clock.now(), SigningKey(key_path()), bytes(last.root)
    signature = key.sign(statement(size=last.size, root=root, at=at, algorithm=last.algorithm))
    return Checkpoint.objects.create(
        size=last.size, root=root, at=at, algorithm=last.algorithm, key=key.public, signature=signature
    )


def checkpoint_is_due() -> bool:
    """Whether the last checkpoint is older than a minute, or there is none."""
    last = Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
    return last is None or clock.now() - last >= CHECKPOINT_EVERY


def key_path() -> Path:
    """Return where the log's signing key lies: a demonstration has its own, so that its facts pass for nothing else."""
    return Path(settings.VAR) / "keys" / ("log-demo.key" if settings.MODE == "demo" else "log.key")


def _alone() -> tuple[int, int]:
    """Take the sealer's lock for this transaction; return below which number all transactions have ended and begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(
            "SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint"
            " FROM pg_current_snapshot() AS now"
        )
        ended, begun = cursor.fetchone()
    return int(ended), int(begun)


def _written(*, after: tuple[int, int], below: int, limit: int) -> list[Written]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [*after, below, limit])
        return [Written(id=row[0], transaction=row[1], digest=bytes(row[2])) for row in cursor.fetchall()]


def _append(last: SealBatch, fresh: Sequence[Written]) -> None:
    """Give fresh events the places behind the last batch: seals by COPY, completed subtrees, the batch."""
    if not fresh:
        return
    at, algorithm = clock.now(), log_hash()
    leaves, moment = leaf_hashes((row.digest for row in fresh), algorithm), at.isoformat()
    frontier, completed = grow(frontier_of(last, algorithm), leaves)
    placed = enumerate(zip(fresh, leaves, strict=True), last.size)
    copied("core_seal", _SEAL, ((str(place), str(row.id), leaf, moment) for place, (row, leaf) in placed))
    SealNode.objects.bulk_create(_node(part, value) for part, value in completed.items())
    SealBatch.objects.create(
        size=frontier.size,
        frontier=b"".join(frontier.hashes),
        root=frontier.root(),
        transaction=fresh[-1].transaction,
        event=fresh[-1].id,
        algorithm=algorithm,
        at=at,
    )


def frontier_of(batch: SealBatch, algorithm: Algorithm) -> Frontier:
    """Return the frontier that a batch left."""
    stored = bytes(batch.frontier)
    return Frontier(batch.size, tuple(stored[at : at + _HASH] for at in range(0, len(stored), _HASH)), algorithm)


def _node(part: Node, value: bytes) -> SealNode:
    return SealNode(level=part.level, place=part.place, hash=value)
