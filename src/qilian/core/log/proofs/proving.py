"""Proofs over the sealed log: receipts of single events, exported ranges, and growth between checkpoints."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from qilian.core.log.events.api import (
    Checkpoint,
    Event,
    Json,
    Seal,
    SealBatch,
    SealNode,
    digest,
    document,
    fact_of_row,
    log_hash,
    moment_text,
    sealed,
    statement,
)
from qilian.core.values.merkle.api import (
    TILE,
    Frontier,
    Node,
    Span,
    consistency_spans,
    fold,
    inclusion_spans,
    node_hash,
    perfect_parts,
    surrounding_spans,
)
from qilian.core.values.text import Refusal, Text

RECEIPT, BARE, RANGE, GROWTH, CHECKPOINT = (
    "qilian-receipt-1",
    "qilian-digest-1",
    "qilian-log-2",
    "qilian-growth-1",
    "qilian-checkpoint-1",
)
_AT_ONCE = 2_000


def receipt(event: Event, *, content: bool = True) -> dict[str, Json]:
    """Return the JSON receipt of a sealed event: its document, leaf, path and the checkpoint that they lead to.

    Without `content` the document is left out: the receipt then proves that a digest stands in the log. Until the next
    checkpoint the receipt leads to the unsigned root of today. Refusal `events.unsealed` when the sealer has not come
    to the event yet (about a second); `events.changed` when the row is not what was sealed.
    """
    place = Seal.objects.filter(event=event).first()
    if place is None:
        raise Refusal(
            "events.unsealed",
            Text("该事实尚未封存。", "This event is not sealed yet."),
            remedy=_SOON,
        )
    fact = fact_of_row(event)
    if digest(fact, log_hash()) != bytes(event.digest):
        raise Refusal("events.changed", _CHANGED, where=str(place.sequence), remedy=_ASK)
    size, head = _head(place.sequence + 1)
    return {
        "format": RECEIPT if content else BARE,
        **head,
        **({"event": document(fact)} if content else {}),
        "digest": bytes(event.digest).hex(),
        "leaf": bytes(place.leaf).hex(),
        "index": place.sequence,
        "path": [part.hex() for part in inclusion_path(place.sequence, size)],
    }


def export_head(*, start: int, stop: int) -> dict[str, Json]:
    """Return everything of an exported range but its events: the subtrees beside it, the root, the signed checkpoint.

    `stop` is not included. Refusal `events.range` unless 0 ≤ start < stop ≤ size.
    """
    newest = _today()[0]
    if not 0 <= start < stop <= newest:
        raise _no_range(newest, f"{start}–{stop}")
    size, head = _head(stop)
    return {"format": RANGE, **head, "index": start, "path": _written(surrounding_spans(start, stop, size))}


def growth(*, since: int) -> dict[str, Json]:
    """Return the proof that the newest signed log begins with an older one of `since` events, and the older one's root.

    Refusal `events.range` unless there are signed logs of that size or more.
    """
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or not 0 < since <= newest.size:
        raise _no_range(newest.size if newest else 0, str(since))
    old: dict[str, Json] = {"size": since, "root": root_at(since).hex()}
    path: list[Json] = [part.hex() for part in consistency_path(since, newest.size)]
    return {"format": GROWTH, **_signed_head(newest), "old": old, "path": path}


def latest_checkpoint() -> dict[str, Json]:
    """Return the newest signed checkpoint as a proof of its own. Refusal `events.unsigned` while there is none."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        raise Refusal("events.unsigned", Text("日志还没有签名。", "The log is not signed yet."), remedy=_SOON)
    return checkpoint_proof(newest)


def checkpoint_proof(signed: Checkpoint) -> dict[str, Json]:
    """Return a signed checkpoint as a proof of its own: what a witness keeps."""
    return {"format": CHECKPOINT, **_signed_head(signed)}


def exported(*, start: int, stop: int) -> Iterator[dict[str, Json]]:
    """Yield the documents of the sealed events from `start` up to `stop` (not included), in their order."""
    while start < stop:
        page = list(sealed(after=start - 1)[: min(_AT_ONCE, stop - start)])
        yield from (document(fact_of_row(event)) for event in page)
        start += len(page)


def inclusion_path(index: int, size: int) -> list[bytes]:
    """Return the hashes that prove that leaf `index` is in the tree of the first `size` events, nearest first."""
    return _folded(inclusion_spans(index, size))


def consistency_path(old: int, new: int) -> list[bytes]:
    """Return the hashes that prove that the log of `old` events is the beginning of that of `new`."""
    return _folded(consistency_spans(old, new))


def root_at(size: int) -> bytes:
    """Return the root of the log when it had so many events (1 or more), from stored subtrees."""
    return _folded([Span(0, size)])[0]


def hashes_of(parts: Iterable[Node]) -> dict[Node, bytes]:
    """Return the hashes of perfect subtrees, read from the stored level below each: one query a level."""
    wanted = list(parts)
    found: dict[Node, bytes] = {}
    for stored in sorted({part.level // TILE * TILE for part in wanted}):
        group = [part for part in wanted if part.level // TILE * TILE == stored]
        below = _stored(stored, [_under(part, stored) for part in group])
        found |= {part: _root_of([below[place] for place in range(*_under(part, stored))]) for part in group}
    return found


def _folded(spans: list[Span]) -> list[bytes]:
    hashes = hashes_of(part for span in spans for part in perfect_parts(span))
    return [fold(span, hashes, log_hash()) for span in spans]


def _under(part: Node, stored: int) -> Span:
    height = part.level - stored
    return Span(part.place << height, (part.place + 1) << height)


def _stored(level: int, spans: list[Span]) -> Mapping[int, bytes]:
    column = "place" if level else "sequence"
    within = Q()
    for span in spans:
        within |= Q(**{f"{column}__gte": span.start, f"{column}__lt": span.end})
    if level:
        nodes = SealNode.objects.filter(within, level=level).values_list("place", "hash")
        return {place: bytes(value) for place, value in nodes}
    return {place: bytes(leaf) for place, leaf in Seal.objects.filter(within).values_list("sequence", "leaf")}


def _root_of(row: list[bytes]) -> bytes:
    while len(row) > 1:
        row = [node_hash(left, right, log_hash()) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def _today() -> tuple[int, bytes]:
    last = SealBatch.objects.order_by("-id").first()
    return (last.size, bytes(last.root)) if last else (0, Frontier(algorithm=log_hash()).root())


def _head(least: int) -> tuple[int, dict[str, Json]]:
    """Return the first signed size of at least so many events (else today's, unsigned), and what a proof says of it."""
    signed = Checkpoint.objects.filter(size__gte=least).order_by("size").first()
    if signed is not None:
        return signed.size, _signed_head(signed)
    size, root = _today()
    return size, {"hash": log_hash(), "size": size, "root": root.hex(), "checkpoint": None}


def _signed_head(signed: Checkpoint) -> dict[str, Json]:
    root = bytes(signed.root).hex()
    return {"hash": log_hash(), "size": signed.size, "root": root, "checkpoint": _signed(signed)}


def _written(spans: list[Span]) -> list[Json]:
    return [value.hex() for value in _folded(spans)]


def _no_range(size: int, where: str) -> Refusal:
    return Refusal("events.range", Text(f"日志现有 {size} 条。", f"The log holds {size} events."), where=where)


def _signed(signed: Checkpoint) -> dict[str, Json]:
    words = statement(size=signed.size, root=bytes(signed.root), at=signed.at, algorithm=signed.algorithm)
    return {
        "statement": words.decode(),
        "at": moment_text(signed.at),
        "key": signed.key,
        "signature": bytes(signed.signature).hex(),
    }


_CHANGED = Text("这条事实在封存后被改动过。", "This event was changed after it was sealed.")
_ASK = Text("请告知审计管理员：运行 ./qilian audit verify。", "Tell the audit administrator: ./qilian audit verify.")
_SOON = Text("请几秒后再试。", "Try again in a few seconds.")
