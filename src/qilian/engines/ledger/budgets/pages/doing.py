"""The forms of every step: open, appropriate, adjust, commit, confirm, pay, release, close, decide."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Action, Crumb, Fact, Field, Head, RecordPage, Section, StepForm, answer_form, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import unit_names
from qilian.engines.ledger.banking.api import shown_party
from qilian.engines.ledger.budgets import services as verbs
from qilian.engines.ledger.budgets.kernel import Condition, Plan, Standing
from qilian.engines.ledger.budgets.models import Line, Tranche
from qilian.engines.ledger.budgets.queries import (
    commitment_coded,
    decision_coded,
    line_coded,
    lines_of,
    programme_numbered,
    ref,
    standing_of,
    standings,
)
from qilian.engines.ledger.budgets.rights import APPROPRIATE, APPROVE, COMMIT, CONFIRM, OPEN, PAY, PROPOSE, scope_of

from . import common
from .common import amount_of, commitment_url, crumbs, day_of, line_url, title_of
from .reading import condition_of, decision_facts, decision_table

_FORM = require_http_methods(["GET", "POST"])
_AMOUNT = Text("金额", "Amount")
_REASON = Text("理由", "Reason")
_NUMBER = Text("编号", "Number")
_TITLE_ZH, _TITLE_EN = Text("名称", "Title in Chinese"), Text("英文名称", "Title in English")
_KINDS = (
    ("start", Text("即付", "at once")),
    ("day", Text("某日起", "from a day on")),
    ("evidence", Text("确认结果后", "after a confirmed result")),
)
_TRANCHES_SHOWN = 3


@_FORM
def new_programme(request: HttpRequest) -> HttpResponse:
    """Open a programme of a unit."""
    title = Text("设立资金项目", "Open a programme")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        units = list(unit_names(on=clock.today()).items())
        fields = (
            Field("number", _NUMBER, value=sent.get("number", ""), hint=Text("如 QH-2026-01。", "Such as QH-2026-01.")),
            Field("title", _TITLE_ZH, value=sent.get("title", "")),
            Field("title_en", _TITLE_EN, value=sent.get("title_en", ""), required=False),
            Field("unit", Text("主管单位", "Unit in charge"), "choice", sent.get("unit", ""), choices=units),
            Field("clause", Text("服务的条款", "Clause served"), value=sent.get("clause", ""), required=False),
        )
        return _form(Head(title, crumbs=crumbs(None, Crumb(title))), fields, title, refused)

    def act(sent: QueryDict) -> str:
        words = Text(sent.get("title", ""), sent.get("title_en", ""))
        unit, clause = sent.get("unit", ""), sent.get("clause", "").strip()
        if not unit:
            raise Refusal("budgets.unit", Text("请选择主管单位。", "Choose the unit in charge."), where="unit")
        row = verbs.open_programme(
            actor=current_principal(), number=sent.get("number", ""), title=words, unit=unit, clause=clause
        )
        return common.programme_url(row)

    return answer_form(request, form, act)


@_FORM
def new_line(request: HttpRequest, number: str) -> HttpResponse:
    """Open a line of a year."""
    programme = programme_numbered(number)
    require(current_principal(), OPEN, scope_of(programme))
    title = Text("设立科目", "Open a line")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        fields = (
            Field("year", Text("年度", "Year"), "integer", sent.get("year", str(clock.today().year))),
            Field("number", _NUMBER, value=sent.get("number", "")),
            Field("title", _TITLE_ZH, value=sent.get("title", "")),
            Field("title_en", _TITLE_EN, value=sent.get("title_en", ""), required=False),
        )
        head = Head(title, crumbs=crumbs(programme, Crumb(title)), facts=common.play_money())
        return _form(head, fields, title, refused)

    def act(sent: QueryDict) -> str:
        words = Text(sent.get("title", ""), sent.get("title_en", ""))
        year, line = common.year_of(sent), sent.get("number", "")
        row = verbs.open_line(actor=current_principal(), programme=programme, year=year, number=line, title=words)
        return line_url(row)

    return answer_form(request, form, act)


@_FORM
def appropriation(request: HttpRequest, code: str) -> HttpResponse:
    """Put an approved amount into a line."""
    line = line_coded(code)
    require(current_principal(), APPROPRIATE, scope_of(line.year.programme))
    title = Text("下达预算", "Appropriate")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        fields = (
            Field("amount", _AMOUNT, "money", sent.get("amount", ""), unit=common.YUAN),
            Field("document", Text("下达文号", "Document"), value=sent.get("document", "")),
        )
        return _form(_line_head(code, title), fields, title, refused)

    def act(sent: QueryDict) -> str:
        document = sent.get("document", "")
        verbs.appropriate(actor=current_principal(), line=line, amount=amount_of(sent), document=document)
        return line_url(line)

    return answer_form(request, form, act)


@_FORM
def adjustment(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to move what is available to another line of the year."""
    line = line_coded(code)
    programme = line.year.programme
    require(current_principal(), PROPOSE, scope_of(programme))
    title = Text("提出调剂", "Propose an adjustment")
    others = [each for each in lines_of(programme, line.year.number) if each.pk != line.pk]

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        choices = [(each.code, title_of(each)) for each in others]
        fields = (
            Field("target", Text("转入科目", "Into the line"), "choice", sent.get("target", ""), choices=choices),
            Field("amount", _AMOUNT, "money", sent.get("amount", ""), unit=common.YUAN),
            Field("reason", _REASON, value=sent.get("reason", "")),
        )
        return _form(_line_head(code, title), fields, title, refused)

    def act(sent: QueryDict) -> str:
        target = next((each for each in others if each.code == sent.get("target")), None)
        if target is None:
            message = Text("请选择转入的科目。", "Choose the line that receives it.")
            raise Refusal("budgets.adjust.target", message, where="target")
        amount, why = amount_of(sent), sent.get("reason", "")
        row = verbs.adjust(actor=current_principal(), source=line, target=target, amount=amount, reason=why)
        return common.decision_url(row)

    return answer_form(request, form, act)


@_FORM
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Set money apart for a payee, in up to three tranches."""
    line = line_coded(code)
    require(current_principal(), COMMIT, scope_of(line.year.programme))
    title = Text("承诺", "Commit")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        fields = (
            Field("number", _NUMBER, value=sent.get("number", "")),
            Field("purpose", Text("用途", "Purpose"), value=sent.get("purpose", "")),
            Field("payee", Text("收款方", "Payee"), value=sent.get("payee", "")),
            Field("amount", _AMOUNT, "money", sent.get("amount", ""), unit=common.YUAN),
            *(field for place in range(1, _TRANCHES_SHOWN + 1) for field in _tranche_fields(sent, place)),
        )
        return _form(_line_head(code, title), fields, title, refused)

    def act(sent: QueryDict) -> str:
        row = verbs.commit(
            actor=current_principal(),
            line=line,
            number=sent.get("number", ""),
            purpose=sent.get("purpose", ""),
            payee=sent.get("payee", ""),
            amount=amount_of(sent),
            tranches=_plans(sent),
        )
        return commitment_url(row)

    return answer_form(request, form, act)


@_FORM
def confirmation(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm the result that a tranche waits for."""
    row = _tranche(code, CONFIRM)
    title = Text("确认拨付条件", "Confirm the condition")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        hint = Text(
            "验收意见的文号，或证明材料所在的记录。", "The number of the acceptance, or the record that shows it."
        )
        field = Field("evidence", Text("依据", "Evidence"), value=sent.get("evidence", ""), hint=hint)
        return _form(_tranche_head(row, title), (field,), title, refused)

    def act(sent: QueryDict) -> str:
        verbs.confirm(actor=current_principal(), tranche=row, evidence=sent.get("evidence", ""))
        return commitment_url(row.commitment)

    return answer_form(request, form, act)


@_FORM
def payment(request: HttpRequest, code: str) -> HttpResponse:
    """Pay a tranche; asked once more before it is done."""
    row = _tranche(code, PAY)
    title = Text("拨付", "Pay")

    def act(_sent: QueryDict) -> str:
        verbs.pay(actor=current_principal(), tranche=row)
        return commitment_url(row.commitment)

    return answer_form(request, lambda _sent, *refused: _form(_tranche_head(row, title), (), title, refused), act)


@_FORM
def releasing(request: HttpRequest, code: str) -> HttpResponse:
    """Give what is not paid of a commitment back."""
    row = commitment_coded(code)
    programme = row.line.year.programme
    require(current_principal(), COMMIT, scope_of(programme))
    title = Text("退回未拨付部分", "Release what is not paid")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        path = crumbs(programme, Crumb(row.number, commitment_url(row)), Crumb(title))
        field = Field("reason", _REASON, value=sent.get("reason", ""))
        return _form(Head(title, crumbs=path, facts=common.play_money()), (field,), title, refused)

    def act(sent: QueryDict) -> str:
        verbs.release(actor=current_principal(), commitment=row, reason=sent.get("reason", ""))
        return commitment_url(row)

    return answer_form(request, form, act)


@_FORM
def closing(request: HttpRequest, number: str) -> HttpResponse:
    """Propose the close of a year: what each line does with what is left."""
    programme = programme_numbered(number)
    require(current_principal(), PROPOSE, scope_of(programme))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year
    title = Text(f"提出 {year} 年度结转", f"Propose the close of {year}")
    lines = list(lines_of(programme, year))
    held = standings(lines)

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        fields = [
            Field(
                f"line{line.number}",
                _left(line, held[line.pk]),
                "choice",
                sent.get(f"line{line.number}", ""),
                choices=common.CHOICES,
            )
            for line in lines
        ]
        reason = Field("reason", _REASON, value=sent.get("reason", ""))
        head = Head(title, crumbs=crumbs(programme, Crumb(title)), facts=common.play_money())
        return _form(head, (*fields, reason), Text("提出", "Propose"), refused)

    def act(sent: QueryDict) -> str:
        choices = {line.number: sent.get(f"line{line.number}", "") for line in lines}
        row = verbs.close_year(
            actor=current_principal(), programme=programme, year=year, choices=choices, reason=sent.get("reason", "")
        )
        return common.decision_url(row)

    return answer_form(request, form, act)


@_FORM
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """One decision; whoever may decide on it approves it or turns it down here."""
    row = decision_coded(code)
    common.seen(row.programme)
    section = Section(Text("涉及的科目", "Lines concerned"), "lines", decision_table(row))
    title = common.KINDS[row.kind]
    back = Crumb(
        Text("调剂和结转", "Adjustments and closes"), reverse("budgets:decisions", args=[row.programme.number])
    )
    path = crumbs(row.programme, back, Crumb(title))
    head = Head(title, crumbs=path, clause=row.programme.clause, facts=decision_facts(row))
    if request.method != "POST" and (row.state != "proposed" or not common.may(APPROVE, row.programme)):
        return show(RecordPage(head, (section,), timeline(ref(row))))

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        choices = (
            ("approve", Text("批准", "approve")),
            ("reject", Text("退回", "reject")),
        )
        fields = (
            Field("decision", Text("办理意见", "Decision"), "choice", sent.get("decision", ""), choices=choices),
            Field("reason", Text("退回理由", "Why rejected"), value=sent.get("reason", ""), required=False),
        )
        return StepForm(head, fields, Text("确定", "Confirm"), refusals=refused, dense=True, before=(section,))

    def act(sent: QueryDict) -> str:
        actor = current_principal()
        if sent.get("decision") == "approve":
            verbs.approve(actor=actor, decision=row)
        elif sent.get("decision") == "reject":
            verbs.reject(actor=actor, decision=row, reason=sent.get("reason", ""))
        else:
            message = Text("请选择批准或退回。", "Choose to approve or to reject.")
            raise Refusal("budgets.decision", message, where="decision")
        return common.decision_url(row)

    return answer_form(request, form, act)


def _form(head: Head, fields: Sequence[Field], submit: Text, refused: tuple[Refusal, ...]) -> StepForm:
    return StepForm(head, fields, submit, refusals=refused, dense=True)


def _line_head(code: str, title: Text) -> Head:
    line = line_coded(code)
    path = crumbs(line.year.programme, Crumb(line.number, line_url(line)), Crumb(title))
    facts = (
        Fact(Text("科目", "Line"), title_of(line)),
        Fact(Text("年度", "Year"), str(line.year.number)),
        *common.standing_facts(standing_of(line)),
        *common.play_money(),
    )
    return Head(title, crumbs=path, facts=facts)


def _left(line: Line, held: Standing) -> Text:
    have, due = Money(held.available), Money(held.committed)
    return Text(
        f"{line.number} {line.title_zh}：可用 {have} 元，已承诺 {due} 元",
        f"{line.number} {line.title_en}: CNY {have} available, {due} committed",
    )


def _tranche(code: str, action: str) -> Tranche:
    rows = Tranche.objects.select_related("commitment__line__year__programme", "commitment__account")
    row = get_object_or_404(rows, code=code)
    require(current_principal(), action, scope_of(row.commitment.line.year.programme))
    return row


def _tranche_head(row: Tranche, title: Text) -> Head:
    made = row.commitment
    path = crumbs(made.line.year.programme, Crumb(made.number, commitment_url(made)), Crumb(title))
    facts = (
        Fact(Text("收款方", "Payee"), shown_party(made.payee)),
        Fact(Text("第几笔", "Tranche"), row.number),
        Fact(Text("金额", "Amount"), Money(row.fen)),
        Fact(Text("条件", "Condition"), condition_of(row)),
        *((Fact(Text("确认依据", "Evidence"), row.evidence),) if row.evidence else ()),
        *common.play_money(),
    )
    return Head(title, crumbs=path, facts=facts, actions=(Action(Text("返回承诺", "Back"), commitment_url(made)),))


def _tranche_fields(sent: QueryDict, place: int) -> Sequence[Field]:
    first = place == 1
    share = sent.get(f"share{place}", "100" if first and not sent else "")
    name = Text(f"第 {place} 笔", f"Tranche {place}")
    return (
        Field(
            f"share{place}",
            Text(f"{name.zh}比例", f"{name.en}: share"),
            "decimal",
            share,
            required=first,
            unit=Text("%", "%"),
        ),
        Field(
            f"kind{place}",
            Text(f"{name.zh}条件", f"{name.en}: condition"),
            "choice",
            sent.get(f"kind{place}", "start"),
            choices=_KINDS,
            required=first,
        ),
        Field(
            f"words{place}",
            Text(f"{name.zh}等待的结果", f"{name.en}: result"),
            value=sent.get(f"words{place}", ""),
            required=False,
        ),
        Field(
            f"day{place}",
            Text(f"{name.zh}起付日", f"{name.en}: day"),
            "date",
            sent.get(f"day{place}", ""),
            required=False,
        ),
    )


def _plans(sent: Mapping[str, str]) -> list[Plan]:
    plans = []
    for place in range(1, _TRANCHES_SHOWN + 1):
        written = sent.get(f"share{place}", "").strip()
        if written:
            day = day_of(sent, f"day{place}")
            condition = Condition(sent.get(f"kind{place}", ""), sent.get(f"words{place}", "").strip(), day)
            plans.append(Plan(_share(written, f"share{place}"), condition))
    return plans


def _share(written: str, where: str) -> Decimal:
    try:
        return Decimal(written.rstrip("%"))
    except InvalidOperation:
        message = Text("比例应为数字，如 50。", "A share is a number, such as 50.")
        raise Refusal("budgets.tranche.shares", message, where=where) from None
