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

RECEIPT, RANGE = "qilian-receipt-1", "qilian-log-1"
_AT_ONCE = 2_000


def receipt(event: Event, *, content: bool = True) -> dict[str, Json]:
    """Return the JSON receipt of a sealed event: its document, leaf, path and the checkpoint that they lead to.

    Without `content` the document is left out: the receipt then proves that a digest stands in the log. Until the next
    checkpoint the receipt leads to the unsigned root of today. Refusal `events.unsealed` when the sealer has not come
    to the event yet (about a second).
    """
    place = Seal.objects.filter(event=event).first()
    if place is None:
        raise Refusal(
            "events.unsealed",
            Text("该事实尚未封存。", "This event is not sealed yet."),
            remedy=Text("请几秒后再试。", "Try again in a few seconds."),
        )
    size, head = _head(place.sequence + 1)
    return {
        "format": RECEIPT,
        **head,
        **({"event": document(fact_of_row(event))} if content else {}),
        "digest": bytes(event.digest).hex(),
        "leaf": bytes(place.leaf).hex(),
        "index": place.sequence,
        "path": [part.hex() for part in inclusion_path(place.sequence, size)],
    }


def export_head(*, start: int, stop: int, since: int = 0) -> dict[str, Json]:
    """Return everything of an exported range but its events: the subtrees around it, the root, the signed checkpoint.

    `stop` is not included. With `since`, the size of an older log that somebody kept, also its root as it is today and
    the proof that this log only grew. Refusal `events.range` unless 0 ≤ start < stop ≤ size and since ≤ size.
    """
    newest = _today()[0]
    if not 0 <= start < stop <= newest or not 0 <= since <= newest:
        message = Text(f"日志现有第 0 至 {newest - 1} 号。", f"The log holds the numbers 0 to {newest - 1}.")
        raise Refusal("events.range", message, where=f"{start}–{stop}")
    size, head = _head(max(stop, since))
    around = _written(surrounding_spans(start, stop, size))
    return {"format": RANGE, **head, **_growth(since, size), "start": start, "stop": stop, "around": around}


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
    size, root = (signed.size, bytes(signed.root)) if signed else _today()
    checkpoint = _signed(signed) if signed else None
    return size, {"hash": log_hash(), "size": size, "root": root.hex(), "checkpoint": checkpoint}


def _growth(since: int, size: int) -> dict[str, Json]:
    if not since:
        return {}
    old = [Span(part.place << part.level, (part.place + 1) << part.level) for part in perfect_parts(Span(0, since))]
    root = _folded([Span(0, since)])[0]
    parts = _written([*old, *surrounding_spans(0, since, size)])
    return {"since": {"size": since, "root": root.hex(), "parts": parts}}


def _written(spans: list[Span]) -> list[Json]:
    return [[span.start, span.end, value.hex()] for span, value in zip(spans, _folded(spans), strict=True)]


def _signed(signed: Checkpoint) -> dict[str, Json]:
    words = statement(size=signed.size, root=bytes(signed.root), at=signed.at, algorithm=signed.algorithm)
    return {
        "statement": words.decode(),
        "at": moment_text(signed.at),
        "key": signed.key,
        "signature": bytes(signed.signature).hex(),
    }
