"""The score sheet of a party: grade and score, every cell, the appeal, and that the run repeats to the same digest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Fact, Head, RecordPage, Section, Status, Table, show
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import crumbs_of, is_open
from qilian.core.rules.scoring.api import Method, read_cells, rule_words
from qilian.core.time.clocks.api import clocks_of, light_of, words_of
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.grades.kernel.life import VERDICTS
from qilian.engines.registry.grades.models import Grading
from qilian.engines.registry.grades.queries import (
    appeal_of,
    grade_at,
    grading_by_code,
    grading_ref,
    method_of,
    repeated,
)

from .deeds import possible_for
from .valuing import value_sections
from .words import CELL_STATES, is_public, number, result_url, sees_all, status, values_of

_SAME = Status(Text("重算一致", "repeats to the same digest"), "green")
_OTHER = Status(Text("重算不一致", "does not repeat"), "red")


@require_safe
def sheet(_request: HttpRequest, grade: str, code: str) -> HttpResponse:
    """One evaluation; before it is published, and after its term, only its officials and its party find it."""
    row, me = grading_by_code(grade, code), current_principal()
    inside = sees_all(me, row)
    if not (inside or is_public(row)):
        raise Http404(code)
    method = method_of(row.method)
    sections = [Section(Text("得分明细", "Cells"), "cells", _cells(row, method, inside=inside)), _sums(row)]
    if grade_at(grade).valuation:
        sections += value_sections(row, inside=inside)
    if inside:
        sections += [*_limits(row), *_appeal(row, method), _digests(row)]
    return show(RecordPage(_head(row, method, me), sections, timeline(grading_ref(row))))


def _head(row: Grading, method: Method, me: Principal) -> Head:
    facts = [
        Fact(Text("状态", "State"), status(row)),
        Fact(Text("等级", "Grade"), method.grade_title(row.grade)),
        Fact(Text("得分", "Score"), number(row.score)),
        Fact(Text("数据截至", "Figures as of"), row.as_of),
        Fact(Text("有效期至", "Valid to"), row.valid_to),
        Fact(Text("方法", "Method"), _version(row), f"/{row.offer}/methods/{row.method.version}/"),
    ]
    if row.reason:
        facts.append(Fact(Text("撤销理由", "Reason"), row.reason))
    if row.corrects and sees_all(me, row):
        facts.append(Fact(Text("更正自", "Corrects"), row.corrects.computed_at.date(), result_url(row.corrects)))
    return Head(
        row.party.name, crumbs_of(row.offer, Crumb(row.party.name)), row.clause, facts=facts, actions=_actions(row, me)
    )


def _actions(row: Grading, me: Principal) -> list[Action]:
    if not (me.signed_in and is_open(row.offer)):
        return []
    return [
        Action(deed.title, f"{result_url(row)}{noun}/", primary=not place, dangerous=deed.dangerous)
        for place, (noun, deed) in enumerate(possible_for(row, me))
    ]


def _cells(row: Grading, method: Method, *, inside: bool) -> Table:
    titles = {each.slug: each for each in method.indicators}
    columns = [
        Column("title", Text("指标", "Indicator"), lambda cell: titles[cell.indicator].title),
        Column("weight", Text("权重", "Weight"), lambda cell: number(cell.weight) if cell.weight else "—", "number"),
        Column("points", Text("得分", "Points"), lambda cell: number(cell.points), "number"),
        Column("state", Text("状态", "State"), lambda cell: CELL_STATES[cell.state]),
        Column("rule", Text("计分办法", "How it counts"), lambda cell: rule_words(titles[cell.indicator])),
    ]
    if inside:
        columns[1:1] = [
            Column("values", Text("数值", "Figures"), values_of, "number"),
            Column("unit", Text("单位", "Unit"), lambda cell: titles[cell.indicator].unit),
        ]
        columns.append(Column("source", Text("数据来源", "Source of the figures"), lambda cell: cell.source or "—"))
    return Table(columns, read_cells(row.result))


def _sums(row: Grading) -> Section:
    result = row.result
    facts = [
        Fact(Text("实得", "Got"), result["got"]),
        Fact(Text("应得", "Applicable"), result["applicable"]),
        Fact(Text("加减分", "Adjustments"), result["adjustments"]),
        Fact(Text("总分", "Score"), number(row.score)),
    ]
    return Section(Text("合计", "Sum"), "sum", facts=facts)


def _limits(row: Grading) -> list[Section]:
    now = clock.now()
    open_clocks = [each for each in clocks_of(grading_ref(row)) if each.state != "stopped"]
    facts = [
        Fact(Text(each.title_zh, each.title_en), Status(words_of(each, now), light_of(each, now).colour))
        for each in open_clocks
    ]
    return [Section(Text("期限", "Limits"), "limits", facts=facts)] if facts else []


def _appeal(row: Grading, method: Method) -> list[Section]:
    filed = appeal_of(row)
    if filed is None:
        return []
    about = method.indicator(filed.indicator).title if filed.indicator else Text("整体", "the whole")
    facts = [
        Fact(Text("针对", "About"), about),
        Fact(Text("理由", "Reason"), filed.words),
        Fact(Text("提出", "Filed"), filed.filed_at),
        Fact(Text("答复", "Verdict"), VERDICTS[filed.state]),
    ]
    if filed.answer:
        facts.append(Fact(Text("答复理由", "Answer"), filed.answer))
    if (corrected := getattr(row, "corrected_by", None)) is not None:
        facts.append(Fact(Text("更正后", "Corrected"), number(corrected.score), result_url(corrected)))
    return [Section(Text("申诉", "Appeal"), "appeal", facts=facts)]


def _digests(row: Grading) -> Section:
    facts = (
        Fact(Text("重新计算", "Run again"), _SAME if repeated(row) else _OTHER),
        Fact(Text("数据摘要", "Digest of the figures"), row.figures_digest[:16]),
        Fact(Text("结果摘要", "Digest of the result"), row.result_digest[:16]),
        Fact(Text("评价依据", "Evidence"), row.evidence),
    )
    return Section(Text("复核", "Check"), "check", facts=facts)


def _version(row: Grading) -> Text:
    return Text(f"第 {row.method.version} 版", f"version {row.method.version}")
