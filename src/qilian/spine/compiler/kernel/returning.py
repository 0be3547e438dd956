"""The way back: a draft of the flow of a document becomes a draft of its source, place by place."""

from dataclasses import replace

from qilian.spine.annotation.api import Diagnostic
from qilian.spine.layout.api import Flow

from .draft import Assignment, Clause, Draft, Node

_SAID = {
    "page": "页码、页眉不属于正文，已略过",
    "contents": "目录不属于正文，已略过",
    "note": "注释不作为任务，已略过，请核对",
    "attachments": "附件名称不作为任务，已略过",
    "imprint": "抄送、印发信息不属于正文，已略过",
}


def returned(draft: Draft, flowed: Flow) -> Draft:
    """Return the draft with every span in the source, and with what the flow left out: as nodes, and reported."""
    source = flowed.source
    doubts = [replace(doubt, span=flowed.back(doubt.span)) for doubt in draft.diagnostics]
    seen: set[str] = set()
    for kind, span in flowed.taken:
        if kind == "note" or kind not in seen:
            doubts.append(Diagnostic(span, f"left_out_{kind}", _SAID[kind]))
        seen.add(kind)
    nodes = [replace(node, span=flowed.back(node.span)) for node in draft.nodes]
    nodes += [Node(kind, span) for kind, span in flowed.taken]
    clauses = tuple(_clause(clause, flowed, source) for clause in draft.clauses)
    return Draft(clauses, draft.units, tuple(sorted(doubts, key=lambda doubt: doubt.span)), tuple(nodes))


def _clause(clause: Clause, flowed: Flow, source: str) -> Clause:
    span = flowed.back(clause.span)
    return replace(
        clause,
        text=source[slice(*span)],
        span=span,
        assignments=tuple(_assignment(own, flowed) for own in clause.assignments),
        deadlines=tuple(replace(own, span=flowed.back(own.span)) for own in clause.deadlines),
        targets=tuple(replace(own, span=flowed.back(own.span)) for own in clause.targets),
    )


def _assignment(own: Assignment, flowed: Flow) -> Assignment:
    return replace(own, span=flowed.back(own.span))
