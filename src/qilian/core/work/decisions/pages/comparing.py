"""Two versions side by side: which rules came and went, and what each says of the stored cases."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import NOT_A_RECORD, Column, Empty, Fact, RecordPage, Section, Status, Table, show
from qilian.core.rules.dmn.api import Answer, Line, RuleChange, compare, rule_changes
from qilian.core.values.text import Text
from qilian.core.work.decisions.queries import as_case, cases, table_of
from qilian.core.work.parameters.api import Parameter, ParameterValue

from .showing import found, head, result_of, version_of

_STEP = Text("比较两版", "Compare versions")
_SAME, _DIFFERENT = Status(Text("不变", "same"), "grey"), Status(Text("改变", "changed"), "amber")
_CAME, _WENT = Status(Text("增", "new"), "green"), Status(Text("删", "gone"), "red")


@require_safe
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    """Compare `left` with `right`, both codes of versions; without one it is today's."""
    decision = found(key)
    left, right = (version_of(key, request.GET.get(side, "")) for side in ("left", "right"))
    if left.valid_from > right.valid_from:
        left, right = right, left
    facts = (
        Fact(Text("前一版", "Earlier"), left.valid_from, note=Text(left.source, left.source)),
        Fact(Text("后一版", "Later"), right.valid_from, note=Text(right.source, right.source)),
    )
    return show(RecordPage(head(decision, _STEP, facts), differences(left, right), NOT_A_RECORD))


def differences(left: ParameterValue, right: ParameterValue) -> tuple[Section, ...]:
    """What the later of two versions changes: results of the stored cases, and rules that came and went."""
    return _cases(left.parameter, left, right), _rules(left, right)


def _cases(decision: Parameter, left: ParameterValue, right: ParameterValue) -> Section:
    stored = [as_case(row) for row in cases(decision.key)]
    lines = compare(stored, table_of(left), table_of(right))
    columns = (
        Column("title", Text("试算例", "Case"), lambda line: line.case.title),
        Column("before", Text("前一版结果", "Earlier result"), lambda line: result_of(line.before)),
        Column("rules-before", Text("规则", "Rules"), _hit(lambda line: line.before)),
        Column("after", Text("后一版结果", "Later result"), lambda line: result_of(line.after)),
        Column("rules-after", Text("规则", "Rules"), _hit(lambda line: line.after)),
        Column("changed", Text("变化", "Change"), lambda line: _DIFFERENT if line.changed else _SAME, "status"),
    )
    empty = Empty(Text("还没有试算例，无从比较结果。", "No stored cases: there is nothing to compare results on."))
    return Section(Text("试算例", "Stored cases"), "cases", Table(columns, lines, empty))


def _hit(side: Callable[[Line], Answer]) -> Callable[[Line], str]:
    return lambda line: ", ".join(map(str, side(line).rules))


def _rules(left: ParameterValue, right: ParameterValue) -> Section:
    changes = rule_changes(table_of(left), table_of(right))

    def cells(change: RuleChange) -> str:
        return " ∧ ".join(test for test in change.rule.inputs if test not in ("", "-")) or "-"

    columns = (
        Column("sign", Text("变化", "Change"), lambda change: _CAME if change.sign == "+" else _WENT, "status"),
        Column("number", Text("规则", "Rule"), lambda change: change.number, "number"),
        Column("when", Text("条件", "When"), cells),
        Column("then", Text("结果", "Then"), lambda change: ", ".join(change.rule.outputs)),
    )
    empty = Empty(Text("两版的规则相同。", "Both versions have the same rules."))
    return Section(Text("规则的变化", "Rules that changed"), "rules", Table(columns, changes, empty))
