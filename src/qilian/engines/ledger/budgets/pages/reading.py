"""Reading pages: the list of programmes, the cockpit of a year, one line, one commitment, one decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import possible, signed_in
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.banking.api import shown_party
from qilian.engines.ledger.budgets.kernel import Standing
from qilian.engines.ledger.budgets.models import Decision, Line, Programme, Tranche
from qilian.engines.ledger.budgets.queries import (
    commitment_coded,
    line_coded,
    lines_of,
    programme_numbered,
    programmes,
    ref,
    standing_of,
    standings,
    unpaid_of,
    years_of,
)
from qilian.engines.ledger.budgets.rights import APPROPRIATE, COMMIT, CONFIRM, OPEN, PAY, PROPOSE

from . import common
from .common import commitment_url, crumbs, decision_url, line_url, money_column, programme_url, title_of

_STANDING = (
    money_column("budget", Text("预算", "Budget"), lambda row: row.standing.budget),
    money_column("committed", Text("已承诺", "Committed"), lambda row: row.standing.committed),
    money_column("paid", Text("已拨付", "Paid"), lambda row: row.standing.paid),
    money_column("available", Text("可用", "Available"), lambda row: row.standing.available),
)
_OPEN = Text("设立资金项目", "Open a programme")


@dataclass(frozen=True, slots=True)
class Standings:
    """A programme or line with what its pots hold."""

    row: Any
    standing: Standing


@require_GET
def programme_list(_request: HttpRequest) -> HttpResponse:
    """The programmes that the reader may see, with what this year's lines hold."""
    me = signed_in()
    rows = list(programmes(me))
    lines = Line.objects.filter(year__programme__in=rows, year__number=clock.today().year).select_related("year")
    held = standings(lines)
    sums = {row.pk: Standing() for row in rows}
    for line in lines:
        sums[line.year.programme_id] += held[line.pk]
    columns = (
        Column("number", Text("编号", "Number"), lambda each: each.row.number, "code", url=_programme_of),
        Column("title", Text("名称", "Title"), lambda each: title_of(each.row), url=_programme_of),
        *_STANDING,
        Column("clause", Text("条", "Clause"), lambda each: each.row.clause, "code"),
    )
    action = Action(_OPEN, reverse("budgets:new"), primary=True)
    actions = (action,) if possible(me, [OPEN]) else ()
    empty = Empty(Text("没有您可以查看的资金项目。", "There is no programme that you may see."), *actions)
    head = Head(common.TITLE, crumbs=(Crumb(common.TITLE),), facts=common.play_money(), actions=actions)
    year = clock.today().year
    intro = (Text(f"金额是 {year} 年度各科目在账本里的余额。", f"Amounts are balances of {year} in the ledger."),)
    return show(ListPage(head, [Standings(row, sums[row.pk]) for row in rows], columns, empty, intro=intro))


@require_GET
def cockpit(request: HttpRequest, number: str) -> HttpResponse:
    """One programme in one year: budget, committed, paid and available of each line."""
    programme = programme_numbered(number)
    common.seen(programme)
    years = [year.number for year in years_of(programme)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else _this_year(years)
    lines = list(lines_of(programme, year))
    held = standings(lines)
    rows = [Standings(line, held[line.pk]) for line in lines]
    whole = sum(held.values(), Standing())
    empty = Empty(Text("这个年度还没有科目。", "This year has no line yet."), *_cockpit_actions(programme, year)[:1])
    others = [
        Fact(Text("另见", "See also"), str(y), url=f"{programme_url(programme)}?year={y}") for y in years if y != year
    ]
    head = Head(
        title_of(programme),
        crumbs=crumbs(None, Crumb(programme.number)),
        clause=programme.clause,
        facts=(Fact(Text("年度", "Year"), str(year)), *common.standing_facts(whole), *others, *common.play_money()),
        actions=_cockpit_actions(programme, year),
    )
    return show(ListPage(head, rows, _line_columns(), empty))


@require_GET
def line_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One line: what its accounts hold, and its commitments."""
    line = line_coded(code)
    programme = line.year.programme
    common.seen(programme)
    rows = list(line.commitments.select_related("line").order_by("-pk"))
    unpaid = unpaid_of(rows)
    columns = (
        Column("number", Text("承诺", "Commitment"), lambda row: row.number, "code", url=commitment_url),
        Column("purpose", Text("用途", "Purpose"), lambda row: row.purpose),
        Column("payee", Text("收款方", "Payee"), lambda row: shown_party(row.payee)),
        money_column("fen", Text("金额", "Amount"), lambda row: row.fen),
        money_column("unpaid", Text("未拨付", "Not paid"), lambda row: unpaid[row.pk]),
        Column("made", Text("日期", "Made on"), lambda row: row.made_at, "date"),
    )
    actions = _line_actions(line)
    empty = Empty(Text("还没有承诺。", "Nothing is committed yet."), *actions[:1])
    standing = standing_of(line)
    facts = [
        Fact(Text("年度", "Year"), str(line.year.number)),
        *common.standing_facts(standing),
        Fact(Text("下达", "Appropriated"), Money(standing.granted)),
        Fact(Text("调剂和结转", "Adjusted, carried"), Money(standing.adjusted)),
        *_following(line),
        *common.play_money(),
    ]
    path = crumbs(programme, Crumb(line.number))
    head = Head(title_of(line), crumbs=path, clause=programme.clause, facts=facts, actions=actions)
    accounts = Section(Text("账户", "Accounts"), "accounts", facts=_account_facts(line))
    table = Section(Text("承诺", "Commitments"), "commitments", Table(columns, rows, empty))
    return show(RecordPage(head, (table, accounts), timeline(ref(line))))


@require_GET
def commitment_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One commitment with its tranches: amount, condition, state, and what the reader may do."""
    row = commitment_coded(code)
    line = row.line
    programme = line.year.programme
    common.seen(programme)
    unpaid = unpaid_of([row])[row.pk]
    facts = (
        Fact(Text("科目", "Line"), title_of(line), url=line_url(line)),
        Fact(Text("收款方", "Payee"), shown_party(row.payee)),
        Fact(Text("金额", "Amount"), Money(row.fen)),
        Fact(Text("未拨付", "Not paid"), Money(unpaid)),
        *(
            (Fact(Text("结转自", "Carried from"), row.carried_from.number, commitment_url(row.carried_from)),)
            if row.carried_from
            else ()
        ),
        *common.play_money(),
    )
    again = Action(Text("退回未拨付部分", "Release what is not paid"), reverse("budgets:release", args=[code]))
    actions = (again,) if unpaid and common.may(COMMIT, programme) else ()
    path = crumbs(programme, Crumb(line.number, line_url(line)), Crumb(row.number))
    head = Head(row.purpose, crumbs=path, clause=programme.clause, facts=facts, actions=actions)
    tranches = list(row.tranches.select_related("confirmed_by", "paid_by"))
    table = Table(_tranche_columns(programme), tranches)
    section = Section(Text("分笔拨付", "Tranches"), "tranches", table)
    return show(RecordPage(head, (section,), timeline(ref(row))))


@require_GET
def decision_list(_request: HttpRequest, number: str) -> HttpResponse:
    """The adjustments and closes of a programme, those that wait first."""
    programme = programme_numbered(number)
    common.seen(programme)
    rows = programme.decisions.select_related("proposed_by", "decided_by").order_by("-state", "-pk")
    columns = (
        Column("kind", Text("事项", "Matter"), lambda row: common.KINDS[row.kind], url=decision_url),
        Column("reason", Text("理由", "Reason"), lambda row: row.reason),
        Column("state", Text("状态", "State"), lambda row: common.DECISION_STATES[row.state], "status", sort="state"),
        Column("proposer", Text("提出人", "Proposed by"), lambda row: row.proposed_by.name),
        Column("proposed", Text("提出时间", "Proposed"), lambda row: row.proposed_at, "datetime", sort="proposed_at"),
        Column("decider", Text("批准人", "Decided by"), lambda row: row.decided_by.name if row.decided_by else None),
    )
    title = Text("调剂和结转", "Adjustments and closes")
    choices = [(state, status.word) for state, status in common.DECISION_STATES.items()]
    states = Filter("state", Text("状态", "State"), lambda every, state: every.filter(state=state), choices)
    empty = Empty(Text("还没有调剂或结转。", "Nothing was adjusted or closed yet."))
    head = Head(title, crumbs=crumbs(programme, Crumb(title)), clause=programme.clause, facts=common.play_money())
    return show(ListPage(head, rows, columns, empty, filters=(states,)))


def decision_facts(row: Decision) -> Sequence[Fact]:
    """What a decision is about, who proposed it and who decided."""
    facts = [
        Fact(Text("事项", "Matter"), common.KINDS[row.kind]),
        Fact(Text("状态", "State"), common.DECISION_STATES[row.state]),
        Fact(Text("理由", "Reason"), row.reason),
        Fact(Text("提出人", "Proposed by"), row.proposed_by.name),
        Fact(Text("提出时间", "Proposed"), row.proposed_at),
    ]
    if row.decided_by:
        facts.append(Fact(Text("办理人", "Decided by"), row.decided_by.name))
    if row.answer:
        facts.append(Fact(Text("退回理由", "Why rejected"), row.answer))
    return [*facts, *common.play_money()]


def decision_table(row: Decision) -> Table:
    """What a decision does, line by line, with what is available now."""
    content = row.content
    codes = [content["source"], content["target"]] if row.kind == "adjust" else list(content["choices"])
    lines = {line.code: line for line in Line.objects.filter(code__in=codes).select_related("year")}
    held = standings(lines.values())
    ordered = [Standings(lines[code], held[lines[code].pk]) for code in codes if code in lines]

    def effect(each: Standings) -> Text | Money:
        if row.kind == "adjust":
            return Money(content["fen"] if each.row.code == content["target"] else -content["fen"])
        return dict(common.CHOICES)[content["choices"][each.row.code]]

    columns = (
        Column("line", Text("科目", "Line"), lambda each: title_of(each.row), url=lambda each: line_url(each.row)),
        Column("year", Text("年度", "Year"), lambda each: str(each.row.year.number), "code"),
        Column("effect", Text("变动", "Effect"), effect, "number" if row.kind == "adjust" else "text"),
        *_STANDING,
    )
    return Table(columns, ordered)


def _line_columns() -> Sequence[Column]:
    def address(each: Standings) -> str:
        return line_url(each.row)

    def state(each: Standings) -> Status:
        if each.row.year.closed_by_id is None:
            return Status(Text("执行中", "Running"), "green")
        return Status(Text("已结转", "Carried over") if each.row.following_id else Text("已收回", "Lapsed"), "grey")

    return (
        Column("number", Text("科目", "Line"), lambda each: each.row.number, "code", url=address),
        Column("title", Text("名称", "Title"), lambda each: title_of(each.row), url=address),
        money_column("granted", Text("下达", "Appropriated"), lambda each: each.standing.granted),
        *_STANDING,
        money_column("lapsed", Text("收回", "Lapsed"), lambda each: each.standing.lapsed),
        money_column("carried", Text("结转下年", "Carried over"), lambda each: each.row.carried_fen),
        Column("state", Text("状态", "State"), state, "status"),
    )


def _tranche_columns(programme: Programme) -> Sequence[Column]:
    pays, confirms = common.may(PAY, programme), common.may(CONFIRM, programme)

    def action(row: Tranche) -> Text | None:
        if row.state != "due":
            return None
        if row.condition == "evidence" and row.confirmed_at is None:
            return Text("确认条件", "Confirm") if confirms else None
        return Text("拨付", "Pay") if pays else None

    def address(row: Tranche) -> str:
        waits = row.condition == "evidence" and row.confirmed_at is None
        return reverse(f"budgets:{'confirmation' if waits else 'payment'}", args=[row.code]) if action(row) else ""

    return (
        Column("number", Text("笔", "No."), lambda row: row.number, "number"),
        money_column("fen", Text("金额", "Amount"), lambda row: row.fen),
        Column("condition", Text("条件", "Condition"), condition_of),
        Column("state", Text("状态", "State"), lambda row: common.TRANCHE_STATES[row.state], "status"),
        Column("evidence", Text("确认依据", "Evidence"), lambda row: row.evidence or None),
        Column("confirmed", Text("确认人", "Confirmed by"), lambda row: row.confirmed_by and row.confirmed_by.name),
        Column("paid", Text("拨付时间", "Paid"), lambda row: row.paid_at, "datetime"),
        Column("payer", Text("拨付人", "Paid by"), lambda row: row.paid_by and row.paid_by.name),
        Column("action", Text("办理", "Do"), action, url=address),
    )


def condition_of(row: Tranche) -> Text:
    """The condition of a tranche in words."""
    if row.condition == "day":
        return Text(f"{row.day} 起", f"from {row.day}")
    if row.condition == "evidence":
        return Text(f"确认：{row.words}", f"confirmed: {row.words}")
    return Text("即付", "at once")


def _cockpit_actions(programme: Programme, year: int) -> Sequence[Action]:
    at = f"?year={year}"
    wanted = (
        (OPEN, Text("设立科目", "Open a line"), "new-line", True),
        (PROPOSE, Text("提出年度结转", "Propose the close of the year"), "closing", False),
        (None, Text("调剂和结转记录", "Adjustments and closes"), "decisions", False),
    )
    return [
        Action(title, reverse(f"budgets:{name}", args=[programme.number]) + (at if action else ""), primary=primary)
        for action, title, name, primary in wanted
        if action is None or common.may(action, programme)
    ]


def _line_actions(line: Line) -> Sequence[Action]:
    if line.year.closed_by_id is not None:
        return ()
    wanted = (
        (COMMIT, Text("承诺", "Commit"), "commit", True),
        (APPROPRIATE, Text("下达预算", "Appropriate"), "appropriation", False),
        (PROPOSE, Text("提出调剂", "Propose an adjustment"), "adjustment", False),
    )
    return [
        Action(title, reverse(f"budgets:{name}", args=[line.code]), primary=primary)
        for action, title, name, primary in wanted
        if common.may(action, line.year.programme)
    ]


def _following(line: Line) -> Sequence[Fact]:
    if line.following is None:
        return ()
    said = Text(f"{line.following.year.number} 年度", f"year {line.following.year.number}")
    return (Fact(Text("结转到", "Carried into"), said, url=line_url(line.following)),)


def _account_facts(line: Line) -> Sequence[Fact]:
    words = {
        "granted": Text("下达来源", "Appropriations"),
        "available": Text("可用", "Available"),
        "paid": Text("已拨付", "Paid"),
        "lapsed": Text("已收回", "Lapsed"),
    }
    look = Text("查看流水", "See its transfers")
    return [
        Fact(word, look, url=reverse("ledger:account", args=[getattr(line, name).code])) for name, word in words.items()
    ]


def _this_year(years: Sequence[int]) -> int:
    today = clock.today().year
    return today if today in years or not years else years[0]


def _programme_of(each: Standings) -> str:
    return programme_url(each.row)
