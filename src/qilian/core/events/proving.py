"""Proofs over the sealed log: receipts of single events, growth between checkpoints, and the check of every row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from qilian.core.merkle.api import (
    EMPTY_ROOT,
    TILE,
    Frontier,
    Node,
    Span,
    consistency_spans,
    fold,
    frontier_at,
    grow,
    inclusion_spans,
    leaf_hash,
    node_hash,
    perfect_parts,
)
from qilian.core.text import Refusal, Text

from .kernel.canonical import Json, digest, document, moment_text
from .kernel.statement import statement
from .models import Checkpoint, Event, Seal, SealBatch, SealNode
from .rows import fact_of_row

FORMAT = "qilian-receipt-1"
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found: how many rows agree, and the first that differs with what is wrong there."""

    checked: int
    sequence: int | None = None
    problem: Text | None = None


def receipt(event: Event) -> dict[str, Json]:
    """Return the JSON receipt of a sealed event: its document, leaf, path and the checkpoint that they lead to.

    Until the next checkpoint the receipt leads to the unsigned root of today. Refusal `events.unsealed` when the
    sealer has not come to the event yet (about a second).
    """
    place = Seal.objects.filter(event=event).first()
    if place is None:
        raise Refusal(
            "events.unsealed",
            Text("该事实尚未封存。", "This event is not sealed yet."),
            remedy=Text("请几秒后再试。", "Try again in a few seconds."),
        )
    signed = Checkpoint.objects.filter(size__gt=place.sequence).order_by("size").first()
    size, root = (signed.size, bytes(signed.root)) if signed else _today()
    return {
        "format": FORMAT,
        "event": document(fact_of_row(event)),
        "digest": bytes(event.digest).hex(),
        "leaf": bytes(place.leaf).hex(),
        "index": place.sequence,
        "size": size,
        "root": root.hex(),
        "path": [part.hex() for part in inclusion_path(place.sequence, size)],
        "checkpoint": _signed(signed) if signed else None,
    }


def inclusion_path(index: int, size: int) -> list[bytes]:
    """Return the hashes that prove that leaf `index` is in the tree of the first `size` events, nearest first."""
    return _folded(inclusion_spans(index, size))


def consistency_path(old: int, new: int) -> list[bytes]:
    """Return the hashes that prove that the log of `old` events is the beginning of that of `new`."""
    return _folded(consistency_spans(old, new))


def verify(*, start: int = 0, stop: int | None = None) -> Verdict:
    """Recompute digest, leaf and tree of the sequences from `start` up to `stop` (not included; default: all).

    Names the first row that differs: a changed fact, a changed leaf, a gap, or a tree that does not agree.
    """
    end = _today()[0] if stop is None else stop
    tree = frontier_at(start, hashes_of(perfect_parts(Span(0, start))))
    roots = {batch.size: bytes(batch.root) for batch in SealBatch.objects.filter(size__gt=start, size__lte=end)}
    for seals in _in_turn(start, end):
        for seal in seals:
            if problem := _problem(seal, expected=tree.size):
                return Verdict(tree.size - start, tree.size, problem)
            tree, completed = grow(tree, [bytes(seal.leaf)])
            if not _agrees(tree, completed, roots):
                return Verdict(tree.size - start - 1, seal.sequence, Text("树与记录不符。", "The tree does not agree."))
    if tree.size < end:
        return Verdict(tree.size - start, tree.size, Text("缺少这一行。", "This row is missing."))
    return Verdict(tree.size - start)


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
    return [fold(span, hashes) for span in spans]


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
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def _today() -> tuple[int, bytes]:
    last = SealBatch.objects.order_by("-id").first()
    return (last.size, bytes(last.root)) if last else (0, EMPTY_ROOT)


def _signed(signed: Checkpoint) -> dict[str, Json]:
    words = statement(size=signed.size, root=bytes(signed.root), at=signed.at)
    return {
        "statement": words.decode(),
        "at": moment_text(signed.at),
        "key": signed.key,
        "signature": bytes(signed.signature).hex(),
    }


def _in_turn(start: int, end: int) -> Iterator[list[Seal]]:
    while start < end:
        page = Seal.objects.filter(sequence__gte=start, sequence__lt=end).select_related("event").order_by("sequence")
        seals = list(page[:_AT_ONCE])
        if not seals:
            return
        yield seals
        start = seals[-1].sequence + 1


def _problem(seal: Seal, *, expected: int) -> Text | None:
    if seal.sequence != expected:
        return Text("缺少这一行。", "This row is missing.")
    if digest(fact_of_row(seal.event)) != bytes(seal.event.digest):
        return Text("事实的内容已被改动。", "The content of the event was changed.")
    if leaf_hash(bytes(seal.event.digest)) != bytes(seal.leaf):
        return Text("摘要或叶值已被改动。", "The digest or the leaf was changed.")
    return None


def _agrees(tree: Frontier, completed: Mapping[Node, bytes], roots: Mapping[int, bytes]) -> bool:
    if tree.size in roots and roots[tree.size] != tree.root():
        return False
    return all(
        SealNode.objects.filter(level=part.level, place=part.place, hash=value).exists()
        for part, value in completed.items()
    )
