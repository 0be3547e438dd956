"""Why a table said what it said: its inputs, the rules that matched, and what each other rule failed on; zh and en."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qilian.core.rules.feel.api import Exhausted, Run, Scope, Value, literal
from qilian.core.values.text import Text

from .shape import TableShape
from .table import CompiledTable

POLICIES = {
    "UNIQUE": Text("唯一", "unique"),
    "ANY": Text("任意", "any"),
    "PRIORITY": Text("优先", "priority"),
    "FIRST": Text("首个", "first"),
    "COLLECT": Text("收集", "collect"),
    "RULE ORDER": Text("规则次序", "rule order"),
    "OUTPUT ORDER": Text("输出次序", "output order"),
}
Recorded = tuple[CompiledTable, Scope, list[Value], Value, str]
"""A decision as a table leaves it behind: itself, the scope, the input values, the result, the node it stands in."""

_INPUT = Text("输入：{name} = {value}。", "Input: {name} = {value}.")
_MATCHED = Text("规则 {number} 命中。", "Rule {number} matches.")
_MISSED = Text("规则 {number} 未命中：{reasons}。", "Rule {number} does not match: {reasons}.")
_REASON = Text("{name} {value} 不满足“{test}”", "{name} {value} does not meet “{test}”")
_RESULT = Text("命中策略“{policy}”：{rules}，结果为 {value}。", "Hit policy {policy}: {rules}; the result is {value}.")
_RULES = Text("取规则 {numbers}", "rules {numbers}")
_DEFAULT = Text("无规则命中，取缺省值", "no rule matches, the default is taken")


@dataclass(frozen=True, slots=True)
class Miss:
    """A test that a value did not meet."""

    name: str
    value: str
    test: str


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule: its number from 1, whether it matched, and the tests that failed."""

    number: int
    matched: bool
    misses: tuple[Miss, ...] = ()

    def sentence(self) -> Text:
        """Say it."""
        if self.matched:
            return _MATCHED.filled(number=self.number)
        reasons = [_REASON.filled(name=miss.name, value=miss.value, test=miss.test) for miss in self.misses]
        joined = Text("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))
        return _MISSED.filled(number=self.number, reasons=joined)


@dataclass(frozen=True, slots=True)
class Trace:
    """One decision of a table: inputs and result as FEEL text, and every rule."""

    name: str
    inputs: tuple[tuple[str, str], ...]
    rules: tuple[RuleTrace, ...]
    policy: str
    result: str

    @property
    def matched(self) -> tuple[int, ...]:
        """The numbers of the rules that matched."""
        return tuple(rule.number for rule in self.rules if rule.matched)

    def sentences(self) -> tuple[Text, ...]:
        """Tell the decision, sentence by sentence: inputs, rules that matched, the others, the result."""
        inputs = [_INPUT.filled(name=name, value=value) for name, value in self.inputs]
        rules = [rule.sentence() for rule in sorted(self.rules, key=lambda rule: not rule.matched)]
        numbers = ", ".join(map(str, self.matched))
        which = _RULES.filled(numbers=numbers) if numbers else _DEFAULT
        result = _RESULT.filled(policy=POLICIES[self.policy], rules=which, value=self.result)
        return (*inputs, *rules, result)


def trace(table: CompiledTable, scope: Scope, values: Sequence[Value], result: Value, where: str = "") -> Trace:
    """Return the trace of a decision whose input values and result are known; every test is asked again."""
    shape = table.shape
    return Trace(
        name=shape.name or where,
        inputs=tuple((column.title, literal(value)) for column, value in zip(shape.inputs, values, strict=True)),
        rules=tuple(_rules(table, Scope(scope.names, Run(scope.run.limits), scope.parent), values)),
        policy=shape.hit_policy,
        result=literal(result),
    )


def _rules(table: CompiledTable, scope: Scope, values: Sequence[Value]) -> Iterator[RuleTrace]:
    """Yield what each rule says, as far as the limits of an evaluation of its own reach."""
    try:
        for index in range(len(table.rows)):
            scope.run.spend()
            yield _rule(table, table.shape, scope, values, index)
    except Exhausted:
        return


def _rule(table: CompiledTable, shape: TableShape, scope: Scope, values: Sequence[Value], index: int) -> RuleTrace:
    misses = []
    for place, test in enumerate(table.rows[index].tests):
        if test is not None and test(scope, values[place]) is not True:
            misses.append(Miss(shape.inputs[place].title, literal(values[place]), shape.rules[index].inputs[place]))
    return RuleTrace(index + 1, not misses, tuple(misses))
