"""A compiled plan survives its JSON: a draft is kept as `plan compile` prints it, and read back whole."""

import json
from dataclasses import replace

from qilian.spine.compiled.api import CompiledPlan, from_json
from qilian.spine.compiler.kernel import Diagnostic, KnownUnit, compile_plan

DOCUMENT = """工作方案

一、重点任务

（一）布局。一是建设三十个驿站，2027年底前完成，增长6.5%以上，占比提高到3至5个百分点。（牵头单位：省甲厅；配合单位：省乙局，各市、州人民政府等）
（二）保障。用好综合信息服务平台，居全省前列。（省丙厅、丁办负责，责任人：张三）
"""
UNITS = (KnownUnit("jia", ("省甲厅",)), KnownUnit("cities", ("各市、州人民政府",), True))


def stored(plan: CompiledPlan) -> CompiledPlan:
    return from_json(json.loads(json.dumps(plan.as_json(), ensure_ascii=False)))


def test_a_plan_is_read_back_as_it_was_written() -> None:
    doubt = Diagnostic((1, 3), "odd", "看不懂")
    found = compile_plan(DOCUMENT, units=UNITS, start_year=2025).doubting([doubt])
    assert [each.resolution for each in found.clauses[0].assignments] == ["jia", None, "cities"]
    assert found.clauses[0].targets and found.clauses[0].deadlines and found.diagnostics
    assert stored(found) == replace(found, nodes=())


def test_what_a_person_changed_is_kept() -> None:
    found = compile_plan(DOCUMENT, units=UNITS)
    edited = replace(found, nodes=(), clauses=(replace(found.clauses[0], edited=True), *found.clauses[1:]))
    assert stored(edited) == edited
    assert stored(edited).clause("1.1.1") == edited.clauses[0] and edited.clause("9.9") is None


def test_an_empty_object_is_an_empty_plan() -> None:
    assert from_json({}) == CompiledPlan()
