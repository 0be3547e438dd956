"""Nothing is silent: what stands in a text like a role, a row, a title or an ordinal is read, or told as a doubt."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qilian.spine.compiled.api import CompiledPlan
from qilian.spine.compiler.kernel import compile_plan

UNITS = (
    "市水务局",
    "省财政厅",
    "县政府办公室",
    "各区政府",
    "有关部门",
    "团市委",
    "市总工会",
    "白河海关",
    "市城投公司",
    "国家统计局白河调查队",
)
ROLES = ("牵头", "负责", "配合", "协助", "按职责分工负责", "主办", "承办", "参与")
FRAMES = (
    "（{}）",
    "（责任单位：{}）",
    "，{}。",
    "。{}，按月调度。",
    "由{}，",
    "做好统筹，{}制定办法，",
    "{}的机制",
    "——{}\n",
    "\n{}。\n",
    "；{}；",
    "【{}】",
    "（另行安排，{}）",
    "“{}”",
    "\n附则：{}解释。\n",
    "以及{}的其他事项。",
)
AROUND = (
    "一、任务\n",
    "（一）修路。",
    "1.架桥。",
    "到2027年建成",
    "\n",
    "。",
    "（见附件）",
    "任务\t责任单位\n修路\t市交通局\n",
    "以下同",
    "下同",
)

spoken = st.tuples(st.sampled_from(UNITS), st.sampled_from(ROLES)).map("".join)
framed = st.tuples(st.sampled_from(FRAMES), spoken).map(lambda pair: pair[0].format(pair[1]))
texts = st.lists(st.one_of(framed, st.sampled_from(AROUND)), min_size=1, max_size=8).map("".join)


def told(draft: CompiledPlan) -> list[tuple[int, int]]:
    """Return the places of everything that is told, or read: roles, and annotations of clauses that have roles."""
    roles = {clause.id: clause.assignments for clause in draft.clauses if clause.assignments}
    read = [node.span for node in draft.nodes if node.kind == "annotation" and node.clause in roles]
    return read + [own.span for found in roles.values() for own in found] + [each.span for each in draft.diagnostics]


@settings(max_examples=400, deadline=None)
@given(texts)
@example("一、任务\n到2027年建成（市水务局牵头）——各区政府配合\n")
@example(
    "（市水务局牵头）——市水务局牵头\n，市水务局牵头。——市水务局牵头\n——市水务局按职责分工负责\n做好统筹，市水务局牵头制定办法，"
)
def test_a_role_word_behind_a_unit_is_read_or_told(text: str) -> None:
    draft = compile_plan(text)
    spans = told(draft)
    for match in re.finditer(f"(?:{'|'.join(UNITS)})(?:{'|'.join(ROLES)})", text):
        assert any(left < match.end() and match.start() < right for left, right in spans), (text, match.group(), draft)


def test_dashes_part_those_who_act() -> None:
    (clause,) = compile_plan("修路（市水务局牵头——各区政府配合）").clauses
    assert [(own.unit, own.role) for own in clause.assignments] == [("市水务局", "lead"), ("各区政府", "support")]
