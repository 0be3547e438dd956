"""The check of the log: every row, inner node and checkpoint recomputed; the first field that differs is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qilian.core.log.events.api import (
    Checkpoint,
    Seal,
    SealBatch,
    SealNode,
    digest,
    fact_of_row,
    log_hash,
    signed_by,
    single_change,
    statement,
)
from qilian.core.values.merkle.api import Frontier, Node, Span, frontier_at, grow, hashed, leaf_hash, perfect_parts
from qilian.core.values.text import Text

from .proving import hashes_of

_AT_ONCE = 2_000
_MISSING = Text("缺少这一行。", "This row is missing.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found: how many rows agree, and the first that differs.

    `field` names the column that was changed (`data.count` within a body, `leaf`, `batch.root`, `checkpoint.signature`
    …); it is empty when a fact differs in more than one byte, so that only the row can be named.
    """

    checked: int
    sequence: int | None = None
    field: str = ""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class _Heads:
    """What was said about the tree at some sizes: by batches of the sealer, and by signed checkpoints."""

    batches: Mapping[int, SealBatch]
    checkpoints: Mapping[int, Checkpoint]


def verify(*, start: int = 0, stop: int | None = None) -> Verdict:
    """Recompute digest, leaf, tree and signatures of the sequences from `start` up to `stop` (not included; all).

    Names the first row and field that differs: a changed fact, digest, leaf, inner node, root or signature, or a gap.
    """
    end = _size() if stop is None else stop
    tree = frontier_at(start, hashes_of(perfect_parts(Span(0, start))), log_hash())
    heads = _heads(start, end)
    for seals in _in_turn(start, end):
        for seal in seals:
            field, problem = _problem(seal, expected=tree.size)
            if problem:
                return Verdict(tree.size - start, tree.size, field, problem)
            tree, completed = grow(tree, [bytes(seal.leaf)])
            if field := _disagreement(tree, completed, heads):
                return Verdict(tree.size - start - 1, seal.sequence, field, _tree(tree.size))
    if tree.size < end:
        return Verdict(tree.size - start, tree.size, "sequence", _MISSING)
    return Verdict(tree.size - start)


def _size() -> int:
    last = SealBatch.objects.order_by("-id").first()
    return last.size if last else 0


def _heads(start: int, end: int) -> _Heads:
    within = {"size__gt": start, "size__lte": end}
    return _Heads(
        {batch.size: batch for batch in SealBatch.objects.filter(**within)},
        {signed.size: signed for signed in Checkpoint.objects.filter(**within)},
    )


def _in_turn(start: int, end: int) -> Iterator[list[Seal]]:
    while start < end:
        page = Seal.objects.filter(sequence__gte=start, sequence__lt=end).select_related("event").order_by("sequence")
        seals = list(page[:_AT_ONCE])
        if not seals:
            return
        yield seals
        start = seals[-1].sequence + 1


def _problem(seal: Seal, *, expected: int) -> tuple[str, Text | None]:
    """Compare one row; two of content, digest and leaf that agree tell which the third, changed one is."""
    if seal.sequence != expected:
        return "sequence", _MISSING
    stored, leaf, algorithm = bytes(seal.event.digest), bytes(seal.leaf), log_hash()
    computed = digest(fact_of_row(seal.event), algorithm)
    if computed == stored:
        return ("", None) if leaf_hash(stored, algorithm) == leaf else ("leaf", _changed("叶值", "leaf"))
    if leaf_hash(computed, algorithm) == leaf:
        return "digest", _changed("摘要", "digest")
    return _content(seal, stored)


def _content(seal: Seal, stored: bytes) -> tuple[str, Text]:
    algorithm = log_hash()
    found = single_change(fact_of_row(seal.event), lambda text: hashed(text, algorithm) == stored)
    if found is None:
        return "", Text(
            "事实的内容已被改动，不止一个字节。", "The content of the event was changed, in more than one byte."
        )
    return found.field, Text(
        f"事实的内容已被改动：{found.field} 中的“{found.now}”原为“{found.before}”。",
        f"The content of the event was changed: in {found.field}, “{found.now}” was “{found.before}”.",
    )


def _disagreement(tree: Frontier, completed: Mapping[Node, bytes], heads: _Heads) -> str:
    """Return which stored value about the tree differs from the computed one, or nothing."""
    batch, signed = heads.batches.get(tree.size), heads.checkpoints.get(tree.size)
    if batch and bytes(batch.root) != tree.root():
        return "batch.root"
    if batch and bytes(batch.frontier) != b"".join(tree.hashes):
        return "batch.frontier"
    for part, value in completed.items():
        if not SealNode.objects.filter(level=part.level, place=part.place, hash=value).exists():
            return "node.hash"
    if signed and bytes(signed.root) != tree.root():
        return "checkpoint.root"
    return "checkpoint.signature" if signed and not _is_signed(signed) else ""


def _is_signed(signed: Checkpoint) -> bool:
    words = statement(size=signed.size, root=bytes(signed.root), at=signed.at, algorithm=signed.algorithm)
    return signed_by(signed.key, bytes(signed.signature), words)


def _changed(zh: str, en: str) -> Text:
    return Text(f"{zh}已被改动。", f"The {en} was changed.")


def _tree(size: int) -> Text:
    return Text(f"前 {size} 条的树与记录不符。", f"The tree of the first {size} events does not agree.")
