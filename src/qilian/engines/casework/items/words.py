"""How items speak."""

from collections.abc import Sequence

from qilian.core.house.pages import Column, Fact, Section, Status, Table
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.units.api import unit_names
from qilian.engines.casework.procedures.api import (
    APPLICANT,
    HANDLING,
    KINDS,
    LEVELS,
    SOURCES,
    Basis,
    Length,
    Node,
    Procedure,
)

TITLE = Text("事项", "Items")
MEASURES = {
    "workday": Text("个工作日", "working days"),
    "natural_day": Text("个自然日", "days"),
    "month": Text("个月", "months"),
    "hour": Text("小时", "hours"),
    "minute": Text("分钟", "minutes"),
}
UNCHECKED = Text("（待核对）", " (to be checked)")
NODES = {
    "task": Text("办理", "Task"),
    "decision": Text("决策表", "Decision table"),
    "route": Text("分流", "Route"),
    "fork": Text("并行", "Parallel"),
    "choose": Text("择路", "Choice"),
    "call": Text("子流程", "Sub-procedure"),
    "wait": Text("等待", "Wait"),
    "end": Text("终点", "End"),
}


def performer_words(performer: str) -> Text:
    """Who does a step, with the unit's name."""
    role, at, unit = performer.partition("@")
    if not at:
        return Text(performer, "the applicant" if performer == APPLICANT else performer)
    name = unit_names([unit], on=clock.today()).get(unit, Text(unit, unit))
    return Text(f"{name.zh} {role}", f"{name.en} {role}")


def length_words(length: Length) -> Text:
    """A length of time as people read it."""
    measure = MEASURES[length.measure]
    return Text(f"{length.value} {measure.zh}", f"{length.value} {measure.en}")


def guide(procedure: Procedure) -> list[Section]:
    """What an applicant has to know: conditions, materials, fees, results, law, and the way it goes."""
    materials = (
        Column("name", Text("材料", "Material"), lambda each: each.name),
        Column("source", Text("来源", "Comes from"), lambda each: SOURCES[each.source]),
        Column("required", Text("必要", "Needed"), lambda each: _YES if each.required else _NO),
        Column("note", Text("说明", "Note"), lambda each: each.note),
    )
    fees = (
        Column("name", Text("收费项目", "Fee"), lambda each: each.name),
        Column("amount", Text("标准", "Rate"), lambda each: each.amount),
        Column("basis", Text("依据", "Source"), lambda each: each.basis),
    )
    free = Section(Text("收费", "Fees"), "fees", paragraphs=[Text("不收费。", "Free of charge.")])
    return [
        *_listed(Text("申请条件", "Conditions"), "conditions", procedure.conditions),
        *([Section(Text("申请材料", "Materials"), "materials", Table(materials, procedure.materials))]
          if procedure.materials else []),
        Section(Text("收费", "Fees"), "fees", Table(fees, procedure.fees)) if procedure.fees else free,
        *_listed(Text("办理结果", "Results"), "results", procedure.results),
        *_listed(Text("依据", "Legal basis"), "basis", [_basis(each) for each in procedure.basis]),
        steps(procedure),
    ]  # fmt: skip


def steps(procedure: Procedure) -> Section:
    """The steps in the order of the file: who does each, within which limit, and where it leads."""
    columns = (
        Column("title", Text("环节", "Step"), lambda node: node.title),
        Column("kind", Text("类型", "Kind"), lambda node: NODES[node.kind]),
        Column("by", Text("由谁办理", "Done by"), _performers),
        Column("limit", Text("时限", "Limit"), lambda node: length_words(node.limit) if node.limit else None),
        Column("ways", Text("去向", "Leads to"), _ways),
    )
    return Section(Text("办理流程", "Steps"), "steps", Table(columns, list(procedure.graph.nodes.values())))


def facts(procedure: Procedure) -> list[Fact]:
    """Kind, level, for whom, and both limits."""
    found = [
        Fact(Text("事项类型", "Kind"), KINDS[procedure.kind]),
        Fact(Text("行使层级", "Level"), LEVELS[procedure.level]),
        Fact(Text("服务对象", "For"), "、".join(procedure.targets) or None),
        Fact(Text("承诺时限", "Promised within"), length_words(procedure.promised)),
    ]
    if procedure.statutory:
        found.append(Fact(Text("法定时限", "Legal limit"), length_words(procedure.statutory)))
    return found


def _listed(title: Text, slug: str, said: Sequence[Text | str]) -> list[Section]:
    return [Section(title, slug, paragraphs=list(said))] if said else []


def _basis(basis: Basis) -> Text:
    said = f"《{basis.title}》{basis.clause}"
    return Text(f"{said}{UNCHECKED.zh if basis.recalled else ''}", f"{said}{UNCHECKED.en if basis.recalled else ''}")


def _performers(node: Node) -> Text:
    """Who does a step; a role of the handling unit stands alone."""
    names = [each.role if each.unit in ("", HANDLING) else f"{each.role}@{each.unit}" for each in node.by if each.role]
    said = [performer_words(name) for name in names]
    if len(said) < len(node.by):
        said.append(Text("由数据确定", "as the data say"))
    return Text("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def _ways(node: Node) -> str:
    if node.kind == "end":
        return str(node.outcome)
    return "；".join(f"{way.outcome} → {way.target}" if way.outcome != way.target else way.target for way in node.ways)


_YES, _NO = Text("是", "yes"), Text("否", "no")
OPEN = Status(Text("已开通", "Open"), "green")
CLOSED = Status(Text("未开通", "Not open"), "amber")
