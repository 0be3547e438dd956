"""The rules of review: what of a draft is unsettled, what settling does to its clauses, and when it may be published.

Pure: dataclasses in, dataclasses out. The verbs do the same on rows; the twin test runs one story through both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qilian.core.values.text import Refusal, Text
from qilian.spine.compiled.api import Assignment, CompiledClause, CompiledPlan
from qilian.spine.language.api import ROLES, Span, words

UNIT = "unit"
_TOLD = ("left_out_page", "left_out_contents", "left_out_attachments", "left_out_imprint", "unusual_unit")
"""What the compiler only tells: what stands beside the body asks nobody; an unusual name is asked about as a unit."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to settle: a unit string that stands for no known unit (kind `unit`), or a doubt of the compiler."""

    kind: str
    key: str
    span: Span
    message: str


def questions(compiled: CompiledPlan) -> tuple[Question, ...]:
    """Everything that a person must settle before publication, in the order of the text."""
    found: dict[str, Question] = {}
    readings = {doubt.span: doubt.message for doubt in compiled.diagnostics if doubt.kind == "unusual_unit"}
    for clause in compiled.clauses:
        for each in clause.assignments:
            if not each.resolution:
                said = f"{each.unit}：{readings[each.span]}" if each.span in readings else each.unit
                found.setdefault(each.unit, Question(UNIT, each.unit, each.span, said))
    for doubt in compiled.diagnostics:
        if doubt.kind in _TOLD:
            continue
        key = f"{doubt.kind}:{doubt.span[0]}-{doubt.span[1]}"
        found.setdefault(key, Question(doubt.kind, key, doubt.span, doubt.message))
    return tuple(sorted(found.values(), key=lambda question: (question.span, question.key)))


def carry_edits(compiled: CompiledPlan, earlier: CompiledPlan) -> CompiledPlan:
    """Give clauses whose words are the same the units that a person gave them in an earlier draft of the plan."""
    edited = {clause.text: clause for clause in earlier.clauses if clause.edited}

    def carried(clause: CompiledClause) -> CompiledClause:
        before = edited.get(clause.text)
        if before is None:
            return clause
        held = _held(clause)
        place = (clause.span[1], clause.span[1])
        settled = (each for each in before.assignments if each.resolution)
        given = tuple(held.get((each.role, each.resolution or "")) or replace(each, span=place) for each in settled)
        return replace(clause, assignments=given, edited=True)

    return replace(compiled, clauses=tuple(map(carried, compiled.clauses)))


def words_of(question: Question, text: str) -> tuple[str, str]:
    """Return by what a question is known again in another version: its kind and the words it is about."""
    return question.kind, "".join(text[slice(*question.span)].split())


def choose_unit(compiled: CompiledPlan, raw: str, unit: str) -> CompiledPlan:
    """Say which unit a string means, wherever the draft writes it."""
    return _each_assignment(compiled, lambda each: replace(each, resolution=unit) if each.unit == raw else each)


def drop_unit(compiled: CompiledPlan, raw: str) -> CompiledPlan:
    """Take out a string that is no unit, wherever it stands without a unit."""
    return _each_assignment(compiled, lambda each: None if each.unit == raw and not each.resolution else each)


def edit_roles(compiled: CompiledPlan, cid: str, wanted: Sequence[tuple[str, str]]) -> CompiledPlan:
    """Give a clause exactly these (role, unit slug) pairs; what was there keeps its words and origin.

    Refusals: `plan.clause.unknown`, `plan.role.unknown`, `plan.duty.twice`, `plan.duty.none`.
    """
    clause = compiled.clause(cid)
    if clause is None:
        raise Refusal("plan.clause.unknown", Text(f"草稿没有第 {cid} 条。", f"The draft has no clause {cid}."))
    _refuse_bad_roles(wanted)
    held = _held(clause)
    place = (clause.span[1], clause.span[1])
    chosen = tuple(held.get((role, unit)) or _reviewed(role, unit, place) for role, unit in wanted)
    unsettled = tuple(each for each in clause.assignments if not each.resolution)
    return _with(compiled, replace(clause, assignments=(*chosen, *unsettled), edited=True))


def _held(clause: CompiledClause) -> dict[tuple[str, str], Assignment]:
    """The assignments with a unit, by role and unit."""
    return {(each.role, each.resolution): each for each in clause.assignments if each.resolution}


def _reviewed(role: str, unit: str, place: Span) -> Assignment:
    return Assignment(unit, words.ROLES[role], "reviewed", place, resolution=unit)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The ids of clauses that nobody answers for, and of those that units support while none leads."""

    without_unit: tuple[str, ...]
    without_lead: tuple[str, ...]


def gaps(compiled: CompiledPlan) -> Gaps:
    """Where a plan as it stands would leave a clause without a unit, or without a lead among its units."""
    roles = {clause.id: {each.role for each in clause.assignments if each.resolution} for clause in compiled.clauses}
    return Gaps(
        tuple(cid for cid, held in roles.items() if not held),
        tuple(cid for cid, held in roles.items() if held == {"support"}),
    )


def unpublishable(compiled: CompiledPlan, open_items: int) -> Refusal | None:
    """Why a draft may not be published yet; None when it may."""
    if open_items:
        return Refusal(
            "plan.items.open",
            Text(f"还有 {open_items} 处没有处理。", f"{open_items} places are not settled yet."),
            where="items",
            remedy=Text("请逐项处理后再发布。", "Settle each of them, then publish."),
        )
    if not compiled.clauses:
        return Refusal(
            "plan.clauses.none",
            Text("草稿里没有一条任务。", "The draft has no clause."),
            remedy=Text("请检查上传的文件是否为实施方案。", "Check that the document is an implementation plan."),
        )
    ids = [clause.id for clause in compiled.clauses]
    twice = sorted({cid for cid in ids if ids.count(cid) > 1})
    if twice:
        return Refusal(
            "plan.clauses.twice",
            Text(f"条号重复：{'、'.join(twice)}。", f"Clause ids stand twice: {', '.join(twice)}."),
            remedy=Text("请改正原文编号后重新上传。", "Correct the numbers in the document and upload it again."),
        )
    return None


def _refuse_bad_roles(wanted: Sequence[tuple[str, str]]) -> None:
    unknown = [role for role, _ in wanted if role not in ROLES]
    if unknown:
        raise Refusal("plan.role.unknown", Text(f"没有“{unknown[0]}”这种角色。", f"There is no role “{unknown[0]}”."))
    if len(set(wanted)) < len(wanted):
        raise Refusal(
            "plan.duty.twice",
            Text("同一单位在同一角色里出现两次。", "A unit stands twice in the same role."),
            remedy=Text("请删去重复的一个。", "Remove one of them."),
        )
    if not wanted:
        raise Refusal(
            "plan.duty.none",
            Text("一条任务至少要有一个单位。", "A clause needs at least one unit."),
            where="lead",
            remedy=Text("请填写牵头单位。", "Name its lead unit."),
        )


def _each_assignment(compiled: CompiledPlan, change: Callable[[Assignment], Assignment | None]) -> CompiledPlan:
    def changed(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
        return tuple(new for each in assignments if (new := change(each)) is not None)

    clauses = (replace(clause, assignments=changed(clause.assignments)) for clause in compiled.clauses)
    return replace(compiled, clauses=tuple(clauses))


def _with(compiled: CompiledPlan, clause: CompiledClause) -> CompiledPlan:
    return replace(compiled, clauses=tuple(clause if each.id == clause.id else each for each in compiled.clauses))
