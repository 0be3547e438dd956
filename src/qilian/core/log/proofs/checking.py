"""The check of the log: every row, inner node and checkpoint recomputed; the first field that differs is named."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from qilian.core.log.events.api import (
    Checkpoint,
    Event,
    Seal,
    SealBatch,
    SealNode,
    digest,
    fact_of_row,
    log_hash,
    signed_by,
    statement,
)
from qilian.core.values.merkle.api import Frontier, Node, Span, frontier_at, grow, leaf_hash, perfect_parts
from qilian.core.values.text import Text

from .proving import hashes_of, root_at
from .tracing import content_change
from .trust import house_keys

_AT_ONCE = 2_000
_MISSING = Text("缺少这一行。", "This row is missing.")
_CUT = Text(
    "有一个已签名的检查点比日志更长：日志的末尾被删去了。",
    "A signed checkpoint is of a longer log than there is: the end of the log was cut off.",
)
_STRANGER = Text(
    "检查点由别的公钥签名，不是本系统的，也不在信任名单里。",
    "A checkpoint was signed by a key that is neither ours nor pinned.",
)
_NEVER = Text(
    "有一条事实没有封存，封存程序也不会再封存它：它的事务号被改动过，或者是后来塞进去的。",
    "An event is not sealed and never will be: its transaction was changed, or it was put in afterwards.",
)
_KEPT = Text("日志的开头与您保存的检查点不符。", "The log does not begin with the one whose checkpoint you kept.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found: how many rows agree, and the first that differs.

    `field` names the column that was changed (`data.count` within a body, `leaf`, `batch.root`, `checkpoint.signature`
    …); it is empty when a fact differs in a way that no single change explains, so that only the row can be named.
    """

    checked: int
    sequence: int | None = None
    field: str = ""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class _Heads:
    """What was said about the tree at some sizes: by batches of the sealer in their order, by signed checkpoints."""

    batches: Sequence[SealBatch]
    sizes: Sequence[int]
    checkpoints: Mapping[int, Checkpoint]
    keys: Collection[str]

    def over(self, sequence: int) -> SealBatch | None:
        """The batch that sealed a place: the first of a size beyond it."""
        place = bisect_right(self.sizes, sequence)
        return self.batches[place] if place < len(self.batches) else None

    def at(self, size: int) -> Sequence[SealBatch]:
        """The batches of a size: the one that sealed it, and those that a restore repeated."""
        place = bisect_right(self.sizes, size - 1)
        return self.batches[place : bisect_right(self.sizes, size)]


def verify(
    *,
    start: int = 0,
    stop: int | None = None,
    keys: Collection[str] | None = None,
    kept: Collection[tuple[int, str]] = (),
) -> Verdict:
    """Recompute digest, leaf, tree and signatures of the sequences from `start` up to `stop` (not included; all).

    Names the first row and field that differs: a changed fact, digest, leaf, inner node, root or signature, a gap, or a
    checkpoint of a longer log. A checkpoint holds by one of `keys` (public, in hexadecimal; those of the house). `kept`
    are sizes and roots (in hexadecimal) of checkpoints that somebody kept elsewhere.
    """
    size = _size()
    beyond = Checkpoint.objects.filter(size__gt=size).order_by("size").first()
    if beyond is not None:
        return Verdict(0, size, "checkpoint.size", _CUT)
    if (wrong := _unlike(kept, size)) is not None:
        return Verdict(0, wrong, "checkpoint.root", _KEPT)
    end = size if stop is None else stop
    heads = _heads(start, house_keys() if keys is None else keys)
    tree = frontier_at(start, hashes_of(perfect_parts(Span(0, start))), log_hash())
    last: Seal | None = None
    for seals in _in_turn(start, end):
        for before, seal in pairwise([last, *seals]):
            assert seal is not None
            field, problem = _problem(seal, before, heads, expected=tree.size)
            if problem:
                return Verdict(tree.size - start, tree.size, field, problem)
            tree, completed = grow(tree, [bytes(seal.leaf)])
            if field := _disagreement(tree, completed, heads):
                problem = _STRANGER if field == "checkpoint.key" else _tree(tree.size)
                return Verdict(tree.size - start - 1, seal.sequence, field, problem)
        last = seals[-1]
    if tree.size < end:
        return Verdict(tree.size - start, tree.size, "sequence", _MISSING)
    if (start, stop) == (0, None) and _passed_over():
        return Verdict(tree.size, tree.size, "transaction", _NEVER)
    return Verdict(tree.size - start)


def _passed_over() -> bool:
    """Whether an event lies behind the sealer, who will never come to it: it was put in, or moved, afterwards."""
    last = SealBatch.objects.order_by("-id").first()
    if last is None:
        return False
    before = Q(transaction__lt=last.transaction) | Q(transaction=last.transaction, pk__lte=last.event)
    return Event.objects.filter(before, seal__isnull=True).exists()


def _size() -> int:
    """The size of the log: what the latest batch says, or what is sealed when that is more."""
    last = SealBatch.objects.order_by("-size").values_list("size", flat=True).first() or 0
    sealed = Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return max(last, 0 if sealed is None else sealed + 1)


def _unlike(kept: Collection[tuple[int, str]], size: int) -> int | None:
    """The size of the first kept checkpoint with which the log does not begin."""
    wrong = (old for old, root in sorted(kept) if old > size or (old and root_at(old).hex() != root))
    return next(wrong, None)


def _heads(start: int, keys: Collection[str]) -> _Heads:
    batches = list(SealBatch.objects.filter(size__gt=start).order_by("size", "id"))
    signed = {each.size: each for each in Checkpoint.objects.filter(size__gt=start)}
    return _Heads(batches, [batch.size for batch in batches], signed, keys)


def _in_turn(start: int, end: int) -> Iterator[list[Seal]]:
    while start < end:
        page = Seal.objects.filter(sequence__gte=start, sequence__lt=end).select_related("event").order_by("sequence")
        seals = list(page[:_AT_ONCE])
        if not seals:
            return
        yield seals
        start = seals[-1].sequence + 1


def _problem(seal: Seal, before: Seal | None, heads: _Heads, *, expected: int) -> tuple[str, Text | None]:
    """Compare one row; two of content, digest and leaf that agree tell which the third, changed one is."""
    if seal.sequence != expected:
        return "sequence", _MISSING
    stored, leaf, algorithm = bytes(seal.event.digest), bytes(seal.leaf), log_hash()
    computed = digest(fact_of_row(seal.event), algorithm)
    if computed == stored:
        if leaf_hash(stored, algorithm) != leaf:
            return "leaf", _changed("叶值", "leaf")
        return _order(seal, before, heads)
    if leaf_hash(computed, algorithm) == leaf:
        return "digest", _changed("摘要", "digest")
    return content_change(seal, stored)


def _order(seal: Seal, before: Seal | None, heads: _Heads) -> tuple[str, Text | None]:
    """Compare what stands beside a fact: the moment of its sealing, and the transaction that gave it its place."""
    batch = heads.over(seal.sequence)
    if batch is None:
        return "batch", _MISSING
    if seal.sealed_at != batch.at:
        return "sealed_at", _changed("封存时间", "moment of sealing")
    event, mine = seal.event, (seal.event.transaction, seal.event.pk)
    same = before is not None and heads.over(before.sequence) is batch
    if same and before is not None and mine <= (before.event.transaction, before.event.pk):
        return "transaction", _changed("事务号", "number of the transaction")
    if batch.size == seal.sequence + 1 and (batch.transaction, batch.event) != mine:
        return ("transaction" if batch.event == event.pk else "batch.event"), _changed("事务号", "transaction")
    return "", None


def _disagreement(tree: Frontier, completed: Mapping[Node, bytes], heads: _Heads) -> str:
    """Return which stored value about the tree differs from the computed one, or nothing."""
    for batch in heads.at(tree.size):
        if bytes(batch.root) != tree.root():
            return "batch.root"
        if bytes(batch.frontier) != b"".join(tree.hashes):
            return "batch.frontier"
        if batch.algorithm != log_hash():
            return "batch.algorithm"
    for part, value in completed.items():
        if not SealNode.objects.filter(level=part.level, place=part.place, hash=value).exists():
            return "node.hash"
    signed = heads.checkpoints.get(tree.size)
    return _wrong_in(signed, tree, heads.keys) if signed else ""


def _wrong_in(signed: Checkpoint, tree: Frontier, keys: Collection[str]) -> str:
    if bytes(signed.root) != tree.root():
        return "checkpoint.root"
    if signed.key not in keys:
        return "checkpoint.key"
    words = statement(size=signed.size, root=bytes(signed.root), at=signed.at, algorithm=signed.algorithm)
    return "" if signed_by(signed.key, bytes(signed.signature), words) else "checkpoint.signature"


def _changed(zh: str, en: str) -> Text:
    return Text(f"{zh}已被改动。", f"The {en} was changed.")


def _tree(size: int) -> Text:
    return Text(f"前 {size} 条的树与记录不符。", f"The tree of the first {size} events does not agree.")
