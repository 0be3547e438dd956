"""The way back: a plan compiled from the flow of a document becomes one of its source, place by place."""

from dataclasses import replace

from qilian.spine.annotation.api import Diagnostic
from qilian.spine.compiled.api import Assignment, CompiledClause, CompiledPlan, Node
from qilian.spine.document.api import Flow

_SAID = {
    "page": "页码、页眉不属于正文，已略过",
    "contents": "目录不属于正文，已略过",
    "note": "注释不作为任务，已略过，请核对",
    "attachments": "附件名称不作为任务，已略过",
    "imprint": "抄送、印发信息不属于正文，已略过",
}


def returned(compiled: CompiledPlan, flowed: Flow) -> CompiledPlan:
    """Return the plan with every span in the source, and with what the flow left out: as nodes, and reported."""
    source = flowed.source
    doubts = [replace(doubt, span=flowed.back(doubt.span)) for doubt in compiled.diagnostics]
    seen: set[str] = set()
    for kind, span in flowed.taken:
        if kind == "note" or kind not in seen:
            doubts.append(Diagnostic(span, f"left_out_{kind}", _SAID[kind]))
        seen.add(kind)
    nodes = [replace(node, span=flowed.back(node.span)) for node in compiled.nodes]
    nodes += [Node(kind, span) for kind, span in flowed.taken]
    clauses = tuple(_clause(clause, flowed, source) for clause in compiled.clauses)
    return CompiledPlan(clauses, tuple(sorted(doubts, key=lambda doubt: doubt.span)), tuple(nodes))


def _clause(clause: CompiledClause, flowed: Flow, source: str) -> CompiledClause:
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
