"""Proof that a transfer stands in the audit log: from its row to its batch's root, from there to the checkpoint."""

from collections.abc import Sequence

from qilian.core.log.events.api import Event, event_numbered
from qilian.core.log.proofs.api import receipt
from qilian.core.values.merkle.api import Span, inclusion_spans, leaf_hash, root_over
from qilian.core.values.text import Refusal, Text

from .kernel import Content, Kind, content_text, digest_of, leaf_text
from .kernel import Span as Numbers
from .models import Transfer
from .queries import batch_rows

FORMAT = "qilian-transfer-proof-2"


_KINDS: dict[str, Kind] = {"pending": "pending", "post": "post", "void": "void", "expire": "expire"}


def content_of(row: Transfer) -> Content:
    """What a row says, as its idempotency hash covers it."""
    kind = _KINDS.get(row.kind, "single")
    if row.pending is not None:
        return Content(kind, "", "", row.amount, row.pending.code, None, None, row.cause, row.words)
    numbers = Numbers(row.first_serial, row.last_serial) if row.first_serial and row.last_serial else None
    sides = (row.debit.code, row.credit.code)
    return Content(kind, *sides, row.amount, "", row.due, numbers, row.cause, row.words)


def text_of(row: Transfer) -> str:
    """The text of a row's leaf, from what stands in the row today."""
    after = (
        *(row.debit_debits, row.debit_credits, row.debit_debits_pending, row.debit_credits_pending),
        *(row.credit_debits, row.credit_credits, row.credit_debits_pending, row.credit_credits_pending),
    )
    digest = digest_of(content_of(row)).hex()
    return leaf_text(row.code, digest, row.at.isoformat(), row.actor, row.released, ",".join(map(str, after)))


def event_of(row: Transfer) -> Event:
    """The event that covers a row's batch."""
    return event_numbered(row.batch.event)


def proof(row: Transfer) -> dict[str, object]:
    """Return all that anybody needs to verify a row without us: its text, its path, and the receipt of its batch.

    Hash `text` as an RFC 6962 leaf, fold `path` to `root`; the receipt's event carries this root. The second field of
    `text` is the SHA-256 of `content`, which says kind, sides, amount, hold, due day, numbers, cause and words.
    Refusals: `events.unsealed` within the first second; `ledger.changed` when the batch is not what was sealed.
    """
    leaves, mine = leaves_of(row), leaf_hash(text_of(row).encode())
    if mine not in leaves or root_over(leaves) != bytes(row.batch.root):
        raise Refusal("ledger.changed", _CHANGED, where=row.code, remedy=_ASK)
    index = leaves.index(mine)
    return {
        "format": FORMAT,
        "transfer": row.code,
        "text": text_of(row),
        "content": content_text(content_of(row)),
        "index": index,
        "size": len(leaves),
        "path": [part.hex() for part in path(leaves, index)],
        "root": bytes(row.batch.root).hex(),
        "receipt": receipt(event_of(row)),
    }


def leaves_of(row: Transfer) -> list[bytes]:
    """The leaves of a row's whole batch, computed from the rows as they stand."""
    rows = batch_rows(row.batch).select_related("debit", "credit", "pending")
    return [leaf_hash(text_of(each).encode()) for each in rows]


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes beside a leaf on its way to the root, nearest first."""
    return [_root(leaves, span) for span in inclusion_spans(index, len(leaves))]


def _root(leaves: Sequence[bytes], span: Span) -> bytes:
    return root_over(leaves[span.start : span.end])


_CHANGED = Text("这一批记账在封存后被改动过。", "The transfers of this batch were changed after they were sealed.")
_ASK = Text("请告知审计管理员：运行 ./qilian audit verify。", "Tell the audit administrator: ./qilian audit verify.")
