"""The way of a fact to the signed root of the log, drawn from its receipt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qilian.core.papers.pictures.api import Step, climb, figure
from qilian.core.values.merkle.api import inclusion_spans
from qilian.core.values.text import Text

from .values import moment_words

_SHORT = 16
_TITLE = Text("从叶到签名", "From the leaf to the signature")
_NOTE = Text(
    "每上一步，把两个值合起来再取摘要；最后得到的根由本系统签名。任何一处改动都会使根不同。",
    "At each step two values are hashed together; what comes out last is the root, which the house signs. A change "
    "anywhere gives another root.",
)
_SIGNED = Text("{at} 由公钥 {key}… 签名（Ed25519）", "Signed {at} by the key {key}… (Ed25519)")
_UNSIGNED = Text("还没有签名：日志每分钟签名一次", "Not signed yet: the log is signed every minute")
_ROOT = Text("根 {hash}…（{size} 条）", "Root {hash}… (of {size})")
_LEAF = Text("叶 {hash}…（第 {index} 号）", "Leaf {hash}… (number {index})")


def proof_figure(proof: Mapping[str, Any]) -> Mapping[str, object]:
    """Draw a receipt (`core.log.proofs.receipt`): which neighbour stands on which side follows from number and size."""
    index, size, signed = int(proof["index"]), int(proof["size"]), proof["checkpoint"]
    spans = inclusion_spans(index, size)
    steps = [Step(value[:_SHORT], span.start < index) for value, span in zip(proof["path"], spans, strict=True)]
    ends = (
        str(_signature(signed) if signed else _UNSIGNED),
        str(_ROOT.filled(hash=proof["root"][:_SHORT], size=size)),
        str(_LEAF.filled(hash=proof["leaf"][:_SHORT], index=index)),
    )
    desc = Text("{leaf}，经过 {count} 步，到{root}；{signed}。", "{leaf}, {count} steps, {root}; {signed}.").filled(
        leaf=ends[2], count=len(steps), root=ends[1], signed=ends[0]
    )

    return figure(
        "proof",
        lambda width: climb(width, ends, steps, title=str(_TITLE), desc=str(desc), sure=bool(signed)),
        note=_NOTE,
    )


def _signature(signed: Mapping[str, str]) -> Text:
    at = datetime.fromisoformat(signed["at"])
    return _SIGNED.filled(at=moment_words(at), key=signed["key"][:_SHORT])
