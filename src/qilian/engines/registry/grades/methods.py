"""A method as tables: its indicators with rule and source, its grades, how it counts."""

from qilian.core.house.pages import Column, Fact, Section, Table
from qilian.core.rules.scoring.api import RULES, Method, rule_words
from qilian.core.values.text import Text

from .words import number

METHOD = Text("评价方法", "Method")
_MISSING = {
    "refuse": Text("不得缺报", "must not be missing"),
    "zero": Text("计零分", "counts nothing"),
    "exclude": Text("不计入分母", "left out"),
}


def method_sections(method: Method) -> list[Section]:
    """A method as tables: its indicators with rule and source, its grades, how it counts."""
    columns = (
        *((Column("group", Text("类别", "Group"), lambda each: each.group),) if _grouped(method) else ()),
        Column("title", Text("指标", "Indicator"), lambda each: each.title),
        Column("weight", Text("权重", "Weight"), lambda each: number(each.weight) if each.weight else "—", "number"),
        Column("rule", Text("规则", "Rule"), lambda each: RULES[each.rule].title),
        Column("words", Text("计分办法", "How it counts"), rule_words),
        Column("missing", Text("缺报", "If missing"), lambda each: _MISSING[each.missing] if each.weight else "—"),
        Column("source", Text("依据", "Source"), lambda each: each.source),
    )
    grades = (
        Column("title", Text("等级", "Grade"), lambda step: step.title),
        Column("least", Text("不低于", "From"), lambda step: number(step.least), "number", Text("分", "points")),
    )
    return [
        Section(Text("指标", "Indicators"), "indicators", Table(columns, method.indicators)),
        Section(Text("等级", "Grades"), "grades", Table(grades, method.grades)),
        Section(Text("计算", "Computation"), "computation", facts=_computation(method)),
    ]


def _computation(method: Method) -> list[Fact]:
    means = {"sum": Text("加权和", "weighted sum"), "geometric": Text("加权几何平均", "weighted geometric mean")}
    rounding = {
        "half-up": Text("四舍五入", "half up"),
        "half-even": Text("四舍六入五成双", "half to even"),
        "down": Text("截尾", "down"),
    }
    facts = [
        Fact(Text("满分", "Full points"), number(method.full)),
        Fact(Text("合成", "Mean"), means[method.mean]),
        Fact(Text("小数位", "Decimals"), method.places),
        Fact(Text("修约", "Rounding"), rounding[method.rounding]),
    ]
    return [
        *facts,
        *([Fact(Text("否决后", "After a veto"), method.grade_title(method.vetoed))] if method.vetoed else []),
    ]


def _grouped(method: Method) -> bool:
    return any(each.group for each in method.indicators)
