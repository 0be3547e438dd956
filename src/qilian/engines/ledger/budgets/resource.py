"""Programmes, lines, commitments, tranches and decisions, each said once: traits and all that is done with them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from qilian.core.house.forms.api import FieldSpec, Form, When
from qilian.core.house.pages import Crumb, Fact, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text, whole
from qilian.core.work.approvals.api import REASON, STATES, decisions, traits
from qilian.engines.ledger.banking.api import bank_account_coded, bank_accounts, order_for, shown_party
from qilian.engines.ledger.book.api import play, totals_of
from qilian.engines.ledger.owners.api import Owner

from .kernel import Condition, Plan, Position
from .models import Commitment, Decision, Line, Programme, Tranche
from .queries import (
    commitment_coded,
    decision_coded,
    held,
    line_coded,
    lines_of,
    programme_numbered,
    programmes,
    ref,
    seen_commitments,
    seen_decisions,
    seen_lines,
    seen_tranches,
    tranche_coded,
    year_to_close,
)
from .rights import APPROPRIATE, COMMIT, CONFIRM, OPEN, PAY, PROPOSE, VIEW, scope_of
from .services import (
    adjust,
    appropriate,
    approve,
    close_year,
    commit,
    confirm,
    open_line,
    open_programme,
    pay,
    reject,
    release,
    withdraw,
)
from .services.decisions import DECIDING
from .words import (
    CHOICES,
    CONDITIONS,
    KINDS,
    STANDING,
    TITLE,
    TRANCHE_STATES,
    YUAN,
    condition_of,
    effect,
    left_in,
    line_status,
    title_of,
    tranche_name,
)

_NUMBER = FieldSpec("number", Text("编号", "Number"), length=40)
_NAMES = (
    FieldSpec("title", Text("名称", "Title in Chinese"), length=120),
    FieldSpec("title_en", Text("英文名称", "Title in English"), required=False, length=200),
)
_AMOUNT = FieldSpec("amount", Text("金额", "Amount"), "money", low="0.01", high="999999999999.99", unit=YUAN)
_WHY = FieldSpec("reason", Text("理由", "Reason"), length=300)
_LINE = Form(
    "line",
    Text("科目", "Line"),
    (
        FieldSpec("year", Text("年度", "Year"), "integer", low="1949", high="2199"),
        FieldSpec("number", Text("编号", "Number"), length=20),
        *_NAMES,
    ),
)
_APPROPRIATION = Form(
    "appropriation",
    Text("下达预算", "Appropriation"),
    (_AMOUNT, FieldSpec("document", Text("下达文号", "Document"), length=120)),
)
_TRANCHE = Form(
    "tranche",
    Text("笔", "Tranche"),
    (
        FieldSpec("share", Text("比例", "Share"), "decimal", low="0.01", high="100", places=2, unit=Text("%", "%")),
        FieldSpec("condition", Text("条件", "Condition"), "choice", required=False, choices=CONDITIONS),
        FieldSpec("words", Text("等待的结果", "Result"), length=200, when=When("condition", ("evidence",))),
        FieldSpec("day", Text("起付日", "Day"), "date", when=When("condition", ("day",))),
    ),
)
_COMMITMENT = Form(
    "commitment",
    Text("承诺", "Commitment"),
    (
        _NUMBER,
        FieldSpec("purpose", Text("用途", "Purpose"), length=200),
        FieldSpec("party", Text("收款方", "Payee"), required=False, length=120, picks="party",
                  hint=Text("已登记的主体：名称、拼音或统一社会信用代码。",
                            "A registered party: its name, pinyin or unified code.")),
        FieldSpec("payee", Text("未登记收款方的名称", "Payee that is not registered"), required=False, length=120),
        FieldSpec("unregistered", Text("为何向未登记者付款", "Why it is paid though not registered"), required=False,
                  length=200),
        _AMOUNT,
        FieldSpec("tranches", Text("分笔", "Tranche"), "rows", row=_TRANCHE, most=24),
    ),
)  # fmt: skip
_EVIDENCE = Form(
    "evidence",
    Text("依据", "Evidence"),
    (
        FieldSpec(
            "evidence",
            Text("依据", "Evidence"),
            length=300,
            hint=Text(
                "验收意见的文号，或证明材料所在的记录。", "The number of the acceptance, or the record that shows it."
            ),
        ),
    ),
)


def programme_form(_place: str) -> Form:
    """Number, names, unit in charge and clause of a programme."""
    number = FieldSpec("number", Text("编号", "Number"), length=40, hint=Text("如 QH-2026-01。", "Such as QH-2026-01."))
    unit = FieldSpec("unit", Text("主管单位", "Unit in charge"), picks="unit")
    clause = FieldSpec("clause", Text("服务的条款", "Clause served"), required=False, length=40, picks="clause")
    return Form("programme", _OPENING, (number, *_NAMES, unit, clause))


def adjustment_form(row: Line) -> Form:
    """How much goes into which other line of the year, and why."""
    others = tuple((each.code, title_of(each)) for each in lines_of(row.year.programme, row.year.number) if each != row)
    into = FieldSpec("target", Text("转入科目", "Into the line"), "choice", choices=others, finds=line_coded)
    return Form("adjustment", Text("调剂", "Adjustment"), (into, _AMOUNT, _WHY))


def payment_form(row: Tranche) -> Form:
    """From which account of the unit it is paid and to which of the payee: what is left empty orders no payment."""
    unit, me = row.commitment.line.year.programme.unit, current_principal()
    accounts = bank_accounts(me).filter(unit=unit)
    choices = tuple((each.code, Text(f"{each.bank} {each.number}", f"{each.bank} {each.number}")) for each in accounts)
    if not choices:
        return Form("payment", Text("拨付", "Payment"), ())
    from_bank = When("bank_account", tuple(code for code, _ in choices))
    return Form(
        "payment",
        Text("拨付", "Payment"),
        (
            FieldSpec("bank_account", Text("付款账户", "Pay from"), "choice", required=False, choices=choices,
                      hint=_ORDERS),
            FieldSpec("account", Text("收款账号", "Payee's account"), length=60, when=from_bank),
            FieldSpec("bank", Text("收款银行", "Payee's bank"), required=False, length=120, when=from_bank),
            FieldSpec("purpose", Text("附言", "Remittance text"), length=120, when=from_bank),
        ),
    )  # fmt: skip


def _from_bank(_row: Tranche, values: Values) -> Values:
    code = values.get("bank_account")
    return {**values, "bank_account": bank_account_coded(code)} if code else {}


_ORDERS = Text(
    "选了账户，就同时生成付款指令，由另一个人放行；不选，只记预算拨付。",
    "With an account a payment order is made too, which another person releases; without one only the budget moves.",
)


def closing_form(row: Programme) -> Form:
    """What each line of the year that is next to be closed does with what is left."""
    year = year_to_close(row)
    lines = lines_of(row, year.number) if year else ()
    fields = tuple(FieldSpec(each.number, left_in(each, held(each)), "choice", choices=CHOICES) for each in lines)
    inner = Form("choices", Text("科目", "Lines"), fields)
    return Form(
        "closing", _CLOSING, (FieldSpec("choices", inner.title, "group", row=inner, required=bool(fields)), _WHY)
    )


def _titled(_subject: object, values: Values) -> Values:
    title = Text(values["title"], values["title_en"] or "")
    return {**{name: each for name, each in values.items() if name not in ("title", "title_en")}, "title": title}


def _planned(_row: object, values: Values) -> Values:
    plans = [
        Plan(each["share"], Condition(each["condition"] or "start", each.get("words") or "", each.get("day")))
        for each in values["tranches"]
    ]
    return {**values, "tranches": plans}


def _closed(row: Programme, values: Values) -> Values:
    year = year_to_close(row)
    return {**values, "choices": values["choices"] or {}, "year": year.number if year else clock.today().year}


def _seen(programme: Callable[[Any], Programme]) -> Callable[[Principal, Any], bool]:
    """Who may see budgets sees them; everybody else is told which right is missing."""

    def seen(me: Principal, row: Any) -> bool:
        require(me, VIEW, scope_of(programme(row)))
        return True

    return seen


def _runs(row: Line) -> bool:
    return row.year.closed_by_id is None


def _mine(person: int | None) -> bool:
    """Whether the reader is the person who must not decide on it."""
    return person is not None and current_principal().person == person


def _confirmable(row: Tranche) -> bool:
    return row.state == "due" and row.condition == "evidence" and row.confirmed_at is None


def _payable(row: Tranche) -> bool:
    waits = _confirmable(row) or (row.condition == "day" and row.day is not None and row.day > clock.today())
    return row.state == "due" and not waits and not _mine(row.confirmed_by_id)


def unpaid(row: Commitment) -> int:
    """What is not paid yet of a commitment, in fen."""
    return totals_of(row.account).balance


def payee(row: Commitment) -> str:
    """Who is paid, a natural person's name masked."""
    return shown_party(row.payee)


def position_facts(position: Position) -> Sequence[Fact]:
    """Budget, committed, paid and available of a line or a programme."""
    shown = {"budget": position.budget, "committed": position.committed, "paid": position.paid}
    shown |= {"available": position.available} | ({"lapsed": position.lapsed} if position.lapsed else {})
    return [Fact(STANDING[name], Money(fen)) for name, fen in shown.items()]


def line_facts(row: Line) -> Sequence[Fact]:
    """What a line holds now, for whoever is about to change it."""
    return (Fact(Text("年度", "Year"), str(row.year.number)), *position_facts(held(row)))


def line_owners(codes: Collection[str]) -> Mapping[str, Owner]:
    """Lines as the owners of their pots in the ledger."""
    rows = Line.objects.select_related("year").filter(code__in=codes)
    seen = _codes(seen_lines(current_principal()), codes)
    return {row.code: Owner(_of_year(row), LINES.url(row) if row.code in seen else "") for row in rows}


def commitment_owners(codes: Collection[str]) -> Mapping[str, Owner]:
    """Commitments as the owners of what is promised."""
    rows = Commitment.objects.filter(code__in=codes)
    seen = _codes(seen_commitments(current_principal()), codes)
    return {
        row.code: Owner(
            Text(f"承诺 {row.number}", f"Commitment {row.number}"), COMMITMENTS.url(row) if row.code in seen else ""
        )
        for row in rows
    }


def _codes(rows: QuerySet[Any], codes: Collection[str]) -> set[str]:
    """Those of some codes that a reader's rows have: nobody is led to a door that does not open for him."""
    return set(rows.filter(code__in=codes).order_by().values_list("code", flat=True))


def _of_year(row: Line) -> Text:
    title, year = title_of(row), row.year.number
    return Text(f"{year} 年 {row.number} {title.zh}", f"{row.number} {title.en}, {year}")


def tranche_facts(row: Tranche) -> Sequence[Fact]:
    """Who gets how much on which condition."""
    return (
        Fact(Text("收款方", "Payee"), payee(row.commitment)),
        Fact(_AMOUNT.label, Money(row.fen)),
        Fact(Text("条件", "Condition"), condition_of(row)),
        Fact(_EVIDENCE.title, row.evidence or None),
    )


def decision_lines(row: Decision) -> list[Line]:
    """The lines that a decision is about, with what they hold now."""
    content = row.content
    codes = [content["source"], content["target"]] if row.kind == "adjust" else list(content["choices"])
    lines = {line.code: line for line in lines_of(row.programme) if line.code in codes}
    return [lines[code] for code in codes if code in lines]


def decision_facts(row: Decision) -> Sequence[Fact]:
    """What a decision changes, line by line: who decides sees it."""
    return [Fact(left_in(line, held(line)), effect(row, line), LINES.url(line)) for line in decision_lines(row)]


def crumbs(at: Programme | Line | Commitment | Tranche | Decision | str) -> Sequence[Crumb]:
    """The path to something of budgets."""
    first = Crumb(TITLE, PROGRAMMES.home(""))
    match at:
        case Programme():
            return (first,)
        case Line():
            programme = at.year.programme
            return (first, Crumb(title_of(programme), PROGRAMMES.url(programme)))
        case Commitment():
            return (*crumbs(at.line), Crumb(at.line.number, LINES.url(at.line)))
        case Tranche():
            return (*crumbs(at.commitment), Crumb(at.commitment.number, COMMITMENTS.url(at.commitment)))
        case Decision():
            back = Crumb(DECISIONS.title, f"{PROGRAMMES.url(at.programme)}decisions/")
            return (first, Crumb(title_of(at.programme), PROGRAMMES.url(at.programme)), back)
    return (first,)


def _amount(name: str, title: Text, fen: Callable[[Any], int], **more: Any) -> Trait[Any]:
    return Trait(name, title, lambda row: Money(fen(row)), "money", unit=YUAN, **more)


def _pot(name: str, **more: Any) -> Trait[Line]:
    return _amount(name, STANDING[name], lambda row: getattr(held(row), name), **more)


def _year(rows: Any, written: str) -> Any:
    return rows.filter(year__number=whole(written, 4))


_OPENING, _CLOSING = Text("设立资金项目", "Open a programme"), Text("提出年度结转", "Propose the close of the year")
_COMMON: dict[str, Any] = {"under": "budgets", "crumbs": crumbs, "quote": lambda _at: play()}
PROGRAMMES: Resource[Programme] = Resource(
    plural="programmes", row="programme", title=TITLE, noun=Text("资金项目", "Programme"), key="number",
    key_of=lambda row: row.number, find=lambda _place, number: programme_numbered(number),
    rows=lambda me, _place: programmes(me), seen=_seen(lambda row: row), named=title_of, ref=ref, scope=scope_of,
    clause=lambda row: row.clause,
    traits=(
        Trait("number", Text("编号", "Number"), lambda row: row.number, "code", leads=True),
        Trait("title", Text("名称", "Title"), title_of, "words", fact=False, leads=True),
        Trait("unit", Text("主管单位", "Unit in charge"), lambda row: row.unit, "code", list=False, fact=False),
        Trait("clause", Text("条", "Clause"), lambda row: row.clause, "code", list=False, fact=False),
    ),
    creation=Operation("opening", _OPENING, OPEN, open_programme, programme_form, takes=_titled),
    operations=(
        Operation("line", Text("设立科目", "Open a line"), OPEN, open_line, _LINE, takes=_titled,
                  given=lambda _row: {"year": str(clock.today().year)}, gives=lambda: LINES),
        Operation("closing", _CLOSING, PROPOSE, close_year, closing_form, takes=_closed,
                  when=lambda row: year_to_close(row) is not None, gives=lambda: DECISIONS,
                  facts=lambda row: (Fact(Text("年度", "Year"), str(getattr(year_to_close(row), "number", ""))),)),
    ),
    **_COMMON,
)  # fmt: skip
LINES: Resource[Line] = Resource(
    plural="lines", row="line", title=Text("科目", "Lines"), noun=Text("科目", "Line"),
    find=lambda _place, code: line_coded(code), rows=lambda me, _place: seen_lines(me),
    seen=_seen(lambda row: row.year.programme), named=title_of, ref=ref,
    scope=lambda row: scope_of(row.year.programme), clause=lambda row: row.year.programme.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("programme", PROGRAMMES.noun, lambda row: row.year.programme.number, "code", list=False, fact=False),
        Trait("year", Text("年度", "Year"), lambda row: str(row.year.number), "code", list=False),
        Trait("number", Text("科目", "Line"), lambda row: row.number, "code", leads=True),
        Trait("title", Text("名称", "Title"), title_of, "words", fact=False, leads=True),
        _pot("granted"), _pot("adjusted", list=False), _pot("budget"), _pot("committed"), _pot("paid"),
        _pot("available"), _pot("lapsed"),
        _amount("carried", Text("结转下年", "Carried over"), lambda row: row.carried_fen, fact=False),
        Trait("state", Text("状态", "State"), line_status, "status"),
        Trait("following", Text("结转到", "Carried into"), lambda row: row.following and str(row.following.year.number),
              "code", list=False, plain=lambda row: row.following and row.following.code,
              url=lambda row: LINES.url(row.following) if row.following else ""),
    ),
    filters=lambda _place: (
        Filter("programme", PROGRAMMES.noun, lambda rows, number: rows.filter(year__programme__number=number)),
        Filter("year", Text("年度", "Year"), _year),
    ),
    operations=(
        Operation("commitment", Text("承诺", "Commit"), COMMIT, commit, _COMMITMENT, takes=_planned, facts=line_facts,
                  given=lambda _row: {"tranches": [{"share": "100", "condition": "start"}]}, gives=lambda: COMMITMENTS,
                  when=lambda row: _runs(row) and row.year.number == clock.today().year),
        Operation("appropriation", Text("下达预算", "Appropriate"), APPROPRIATE, appropriate, _APPROPRIATION,
                  when=_runs, facts=line_facts),
        Operation("adjustment", Text("提出调剂", "Propose an adjustment"), PROPOSE, adjust, adjustment_form,
                  subject="source", when=_runs, facts=line_facts, gives=lambda: DECISIONS),
    ),
    **_COMMON,
)  # fmt: skip
TRANCHES: Resource[Tranche] = Resource(
    plural="tranches", row="tranche", title=Text("分笔拨付", "Tranches"), noun=Text("拨付", "Tranche"),
    find=lambda _place, code: tranche_coded(code), rows=lambda me, _place: seen_tranches(me),
    seen=_seen(lambda row: row.commitment.line.year.programme), named=tranche_name, ref=ref,
    scope=lambda row: scope_of(row.commitment.line.year.programme),
    clause=lambda row: row.commitment.line.year.programme.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("number", Text("笔", "No."), lambda row: row.number, "integer", leads=True),
        _amount("amount", _AMOUNT.label, lambda row: row.fen),
        Trait("condition", Text("条件", "Condition"), condition_of, plain=lambda row: row.condition),
        Trait("words", Text("等待的结果", "Result"), lambda row: row.words, list=False, fact=False),
        Trait("day", Text("起付日", "Day"), lambda row: row.day, "date", list=False, fact=False),
        Trait("state", Text("状态", "State"), lambda row: TRANCHE_STATES[row.state], "status",
              plain=lambda row: row.state),
        Trait("confirmed", Text("已确认", "Confirmed"), lambda row: row.confirmed_at is not None, "boolean", list=False,
              fact=False),
        Trait("evidence", Text("确认依据", "Evidence"), lambda row: row.evidence),
        Trait("confirmed_by", Text("确认人", "Confirmed by"), lambda row: row.confirmed_by and row.confirmed_by.name),
        Trait("paid_at", Text("拨付时间", "Paid"), lambda row: row.paid_at, "datetime"),
        Trait("paid_by", Text("拨付人", "Paid by"), lambda row: row.paid_by and row.paid_by.name),
        Trait("order", Text("付款指令", "Payment order"), lambda row: getattr(order_for(ref(row)), "reference", None),
              "code", list=False, json=False, url=lambda row: _order_url(row)),
    ),
    operations=(
        Operation("confirmation", Text("确认拨付条件", "Confirm the condition"), CONFIRM, confirm, _EVIDENCE,
                  when=_confirmable, facts=tranche_facts, leads=lambda row: COMMITMENTS.url(row.commitment)),
        Operation("payment", Text("拨付", "Pay"), PAY, pay, payment_form, takes=_from_bank, when=_payable,
                  given=lambda row: {"purpose": row.commitment.purpose},
                  facts=tranche_facts, leads=lambda row: COMMITMENTS.url(row.commitment)),
    ),
    **_COMMON,
)  # fmt: skip
COMMITMENTS: Resource[Commitment] = Resource(
    plural="commitments", row="commitment", title=Text("承诺", "Commitments"), noun=Text("承诺", "Commitment"),
    find=lambda _place, code: commitment_coded(code), rows=lambda me, _place: seen_commitments(me),
    seen=_seen(lambda row: row.line.year.programme), named=lambda row: row.purpose, ref=ref,
    scope=lambda row: scope_of(row.line.year.programme), clause=lambda row: row.line.year.programme.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("line", LINES.noun, lambda row: title_of(row.line), list=False, plain=lambda row: row.line.code,
              url=lambda row: LINES.url(row.line)),
        Trait("number", Text("承诺", "Commitment"), lambda row: row.number, "code", leads=True),
        Trait("purpose", Text("用途", "Purpose"), lambda row: row.purpose, fact=False),
        Trait("payee", Text("收款方", "Payee"), payee, url=lambda row: party_url(row)),
        Trait("party", Text("主体", "Party"), lambda row: row.party, "code", list=False, fact=False),
        Trait("unregistered", Text("为何向未登记者付款", "Why it is paid though not registered"),
              lambda row: row.unregistered, list=False),
        _amount("amount", _AMOUNT.label, lambda row: row.fen),
        _amount("unpaid", Text("未拨付", "Not paid"), unpaid),
        Trait("made_at", Text("日期", "Made on"), lambda row: row.made_at, "datetime"),
        Trait("carried_from", Text("结转自", "Carried from"), lambda row: row.carried_from and row.carried_from.number,
              "code", list=False, plain=lambda row: row.carried_from and row.carried_from.code,
              url=lambda row: COMMITMENTS.url(row.carried_from) if row.carried_from else ""),
        Trait("tranches", TRANCHES.title, lambda row: row.tranches.all(), "rows", of=TRANCHES.traits_at("")),
    ),
    operations=(
        Operation("release", Text("退回未拨付部分", "Release what is not paid"), COMMIT, release, REASON,
                  dangerous=True,
                  when=lambda row: unpaid(row) > 0 and _runs(row.line),
                  facts=lambda row: (Fact(Text("未拨付", "Not paid"), Money(unpaid(row))),)),
    ),
    **_COMMON,
)  # fmt: skip
DECISIONS: Resource[Decision] = Resource(
    plural="decisions", row="decision", title=Text("调剂和结转", "Adjustments and closes"),
    noun=Text("决定", "Decision"), find=lambda _place, code: decision_coded(code),
    rows=lambda me, _place: seen_decisions(me), seen=_seen(lambda row: row.programme),
    named=lambda row: KINDS[row.kind], ref=ref, scope=lambda row: scope_of(row.programme),
    clause=lambda row: row.programme.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("kind", Text("事项", "Matter"), lambda row: KINDS[row.kind], leads=True, plain=lambda row: row.kind),
        Trait("programme", PROGRAMMES.noun, lambda row: row.programme.number, "code", list=False, fact=False),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason),
        *traits(),
        Trait("content", Text("内容", "Content"), lambda row: row.content, "object"),
    ),
    filters=lambda _place: (
        Filter("state", Text("状态", "State"), lambda rows, state: rows.filter(state=state),
               [(state, status.word) for state, status in STATES.items()]),
    ),
    operations=decisions(DECIDING, approve=approve, reject=reject, withdraw=withdraw, facts=decision_facts),
    **_COMMON,
)  # fmt: skip


def party_url(row: Commitment) -> str:
    """The page of a payee in the register."""
    return f"/parties/{row.party.partition(':')[2]}/" if row.party else ""


def _order_url(row: Tranche) -> str:
    order = order_for(ref(row))
    return f"/banking/orders/{order.code}/" if order else ""
