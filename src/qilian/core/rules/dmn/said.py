"""What can go wrong in a model or table, beyond its expressions, said in two languages."""

from qilian.core.rules.feel.api import Fault
from qilian.core.values.text import Text

_SAID = {
    "missing": Text("缺少输入“{name}”。", "The input “{name}” is missing."),
    "cycle": Text("“{name}”依赖于自身。", "“{name}” depends on itself."),
    "ragged": Text(
        "规则 {rules} 的格数与列数不符：应有 {inputs} 个条件、{outputs} 个结果。",
        "Rules that do not fit the columns: {rules}. Needed: {inputs} tests and {outputs} results.",
    ),
    "policy": Text("没有命中策略或汇总方式“{name}”。", "There is no hit policy or aggregation “{name}”."),
    "outputs": Text("决策表没有输出列。", "The table has no output column."),
    "language": Text("“{name}”不是 FEEL，不予计算。", "“{name}” is not FEEL and is not evaluated."),
    "empty": Text("“{name}”没有决策逻辑。", "“{name}” has no decision logic."),
    "overlap": Text("唯一命中策略下，规则 {rules} 同时命中。", "Hit policy UNIQUE, but rules {rules} match together."),
    "differ": Text("任意命中策略下，规则 {rules} 结果不同。", "Hit policy ANY, but rules {rules} differ."),
    "aggregate": Text("结果不能按{how}汇总。", "The results cannot be aggregated by {how}."),
    "input": Text("输入“{name}”的值 {value} 不在允许范围内。", "The value {value} of input “{name}” is not allowed."),
    "output": Text("输出“{name}”的值 {value} 不在允许范围内。", "The value {value} of output “{name}” is not allowed."),
}


def trouble(code: str, **values: object) -> Fault:
    """Return the fault of a code, with its sentence filled."""
    return Fault(code, _SAID[code], **values)
