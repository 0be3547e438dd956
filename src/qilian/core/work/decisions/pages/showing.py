"""What the pages of decisions share: finding one, its head, and its table, findings and cases as sections."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, Section, Status, Table
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.rules.dmn.api import POLICIES, Answer, Finding, Grid, findings
from qilian.core.rules.dmn.api import Table as DecisionTable
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.work.decisions.models import DecisionCase
from qilian.core.work.decisions.queries import decisions, table_of, versions
from qilian.core.work.parameters.api import PROPOSE, Parameter, ParameterValue, published, state_of, title_of

TITLE = Text("决策表", "Decision tables")
_GRAVE = ("gap", "overlap", "conflict", "unread")


def found(key: str) -> Parameter:
    """The decision of a key, or 404."""
    decision = decisions().filter(key=key).first()
    if decision is None:
        raise Http404
    return decision


def version_of(key: str, code: str) -> ParameterValue:
    """A version by its code: the one of today without a code; 404 for a code that is none of this decision's.

    Refusal `decisions.none` while no version has been published.
    """
    row = versions(key).filter(code=code).first() if code else None
    if not code:
        held = published().filter(parameter__key=key)
        row = held.filter(valid_from__lte=clock.today()).order_by("-valid_from").first()
        row = row or held.order_by("valid_from").first()
        if row is None:
            message = Text("还没有公布过版本。", "No version has been published yet.")
            remedy = Text("请先提出一个版本，由另一个人批准。", "Propose a version and have another person approve it.")
            raise Refusal("decisions.none", message, where=key, remedy=remedy)
    if row is None:
        raise Http404
    return row


def may_propose(decision: Parameter) -> bool:
    """Whether who reads may propose a version and keep cases."""
    return allowed(current_principal(), PROPOSE, Scope(clause=decision.clause))


def address(decision: Parameter, page: str = "decision", **query: str) -> str:
    """The address of a decision's page, with a query."""
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return reverse(f"decisions:{page}", args=[decision.key]) + (f"?{asked}" if asked else "")


def head(decision: Parameter, step: Text | None = None, facts: Sequence[Fact] = (), **more: Any) -> Head:
    """The head of a decision's page; `step` is what is done on it."""
    title = title_of(decision)
    here = (Crumb(title, address(decision)), Crumb(step)) if step else (Crumb(title),)
    whole = Text("{step}：{title}", "{step}: {title}").filled(step=step, title=title) if step else title
    return Head(whole, (Crumb(TITLE, reverse("decisions:list")), *here), decision.clause, facts=facts, **more)


def version_facts(row: ParameterValue) -> tuple[Fact, ...]:
    """When a version begins, on what ground, and how its rules are hit."""
    table = table_of(row)
    return (
        Fact(Text("自", "From"), row.valid_from),
        Fact(Text("状态", "State"), state_of(row)),
        Fact(Text("规则", "Rules"), len(table.shape.rules)),
        Fact(Text("命中策略", "Hit policy"), POLICIES[table.shape.hit_policy]),
        Fact(Text("依据", "Source"), row.source),
    )


def table_section(table: DecisionTable, hit: Sequence[int] = ()) -> Section:
    """The table itself, in the officials' form; rules that were hit bear a word."""
    shape, grid = table.shape, Grid.of(table.to_csv())
    titles = [column.title for column in shape.inputs]
    titles += [f"→ {column.label or column.name}" for column in shape.outputs] + list(shape.notes)
    columns = [Column("number", Text("规则", "Rule"), lambda row: int(row[0]), "number")]
    if hit:
        columns.append(Column("hit", Text("命中", "Hit"), lambda row: _HIT if int(row[0]) in hit else None, "status"))
    columns += [Column(f"c{place}", Text(title, title), _cell(place)) for place, title in enumerate(titles, 1)]
    rules = [line for place, line in enumerate(grid.lines) if grid.is_rule(place)]
    return Section(Text("表格", "Table"), "table", Table(columns, rules))


_HIT = Status(Text("命中", "hit"), "blue")


def _cell(place: int) -> Callable[[Sequence[str]], str]:
    return lambda line: line[place]


def findings_section(table: DecisionTable) -> Section:
    """Gaps, overlaps and rules that never count, each with an example."""
    columns = (
        Column("kind", Text("类别", "Kind"), lambda each: _kind(each), "status"),
        Column("rules", Text("规则", "Rules"), lambda each: ", ".join(map(str, each.rules))),
        Column("words", Text("发现", "Finding"), lambda each: each.message),
    )
    rows = findings(table)
    return Section(_CHECK, "findings", Table(columns, rows) if rows else None, paragraphs=() if rows else (_GOOD,))


_CHECK = Text("检查", "Findings")
_GOOD = Text("没有空缺，也没有冲突：每种情况恰有答案。", "No gap and no conflict: every case has its answer.")
_KINDS = {
    "gap": Text("空缺", "gap"),
    "overlap": Text("重叠", "overlap"),
    "conflict": Text("冲突", "conflict"),
    "masked": Text("被遮盖", "masked"),
    "dead": Text("永不命中", "dead"),
    "unread": Text("读不出", "unread"),
    "unclear": Text("无法判断", "unclear"),
    "large": Text("太大", "too large"),
}


def _kind(each: Finding) -> Status:
    return Status(_KINDS[each.kind], "red" if each.kind in _GRAVE else "amber")


def case_results(answers: Sequence[tuple[DecisionCase, Answer]], add: Action | None = None) -> Section:
    """Stored cases with what a version says of them; `add` also lets who reads take a case out."""
    columns = [
        Column("title", Text("试算例", "Case"), lambda pair: pair[0].title),
        Column("inputs", Text("输入", "Inputs"), lambda pair: _inputs_of(pair[0])),
        Column("result", Text("结果", "Result"), lambda pair: result_of(pair[1])),
        Column("rules", Text("命中规则", "Rules hit"), lambda pair: ", ".join(map(str, pair[1].rules))),
        Column("expected", Text("预期", "Expected"), lambda pair: plain(pair[0].expected)),
        Column("agrees", Text("符合", "As expected"), lambda pair: _agreement(*pair), "status"),
    ]
    if add:
        columns.append(Column("remove", Text("操作", "Action"), lambda _: Text("移除", "Take out"), url=_removal))
    empty = Empty(
        Text("还没有试算例。存入以后，每一版都会重算。", "No cases yet. Once stored, each version is tried on them."),
        add,
    )
    return Section(Text("试算例", "Stored cases"), "cases", Table(columns, answers, empty))


def result_of(answered: Answer) -> Text | str:
    """The result of a case, or why there is none."""
    return answered.problem if answered.problem else plain(answered.result)


def plain(result: str) -> Text | str:
    """A result for the eye: bare words without their quotes, null as no result, anything else as FEEL writes it."""
    inner = result[1:-1]
    bare = inner if result == f'"{inner}"' and '"' not in inner else result
    return _NOTHING if result == "null" else bare


def _inputs_of(case: DecisionCase) -> str:
    return "；".join(f"{name} = {text}" for name, text in case.inputs.items())


def _agreement(case: DecisionCase, answered: Answer) -> Status | None:
    told = _UNTOLD if answered.problem else _YES if case.expected == answered.result else _NO
    return told if case.expected else None


def _removal(pair: tuple[DecisionCase, Answer]) -> str:
    return reverse("decisions:removal", args=[pair[0].code])


_UNTOLD, _NOTHING = Status(Text("算不出", "cannot be told"), "red"), Text("没有结果", "no result")
_YES, _NO = Status(Text("符合", "yes"), "green"), Status(Text("不符", "no"), "red")


def day_of(written: str) -> date:
    """The day that somebody wrote; Refusal `decisions.day`."""
    try:
        return read_day(written)
    except Refusal:
        message = Text("请填写日期，如 2026-01-01。", "Give a day, such as 2026-01-01.")
        raise Refusal("decisions.day", message, where="valid_from") from None
