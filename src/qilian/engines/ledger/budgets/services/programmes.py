"""Verbs on programmes: open one with its lines, put approved amounts into a line."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import swear
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.ledger.budgets import kernel
from qilian.engines.ledger.budgets.events import Appropriated, ProgrammeOpened
from qilian.engines.ledger.budgets.models import FiscalYear, Line, Programme
from qilian.engines.ledger.budgets.queries import ref
from qilian.engines.ledger.budgets.rights import APPROPRIATE, OPEN, scope_of

from .common import locked_line, make, places_of, pot, year_of

_POTS = {
    "granted": (Text("下达来源", "Source of appropriations"), "credits_within_debits"),
    "available": (Text("可用", "Available"), ""),
    "paid": (Text("已拨付", "Paid"), ""),
    "lapsed": (Text("已收回", "Lapsed"), ""),
}


@transaction.atomic
def open_programme(
    *, actor: Principal, number: str, title: Text, unit: str, offer: str = "", clause: str = ""
) -> Programme:
    """Open a budgeted programme of a unit (slug), for a clause of the plan.

    Refusals: `grants.denied`, `text.…`, `budgets.programme.taken`.
    """
    require(actor, OPEN, Scope(unit=unit, offer=offer, clause=clause))
    written = required_text(number, "number", Text("项目编号", "number"), most=40)
    title_zh = required_text(title.zh, "title", Text("名称", "title"), most=120)
    if Programme.objects.filter(number=written).exists():
        message = Text(f"编号 {written} 已经使用。", f"The number {written} is taken.")
        raise Refusal("budgets.programme.taken", message, where="number")
    row = Programme.objects.create(
        number=written,
        title_zh=title_zh,
        title_en=title.en.strip() or title_zh,
        unit=unit,
        offer=offer,
        clause=clause,
        opened_at=clock.now(),
    )
    emit(ProgrammeOpened(written), actor=actor, subject=ref(row), clause=clause, offer=offer, unit=unit)
    swear(row, actor=actor)
    return row


@transaction.atomic
def open_line(*, actor: Principal, programme: Programme, year: int, number: str, title: Text) -> Line:
    """Open a budget line of a fiscal year with its four accounts; it is empty.

    Refusals: `grants.denied`, `text.…`, `budgets.year.form`, `budgets.year.closed`, `budgets.line.taken`.
    """
    require(actor, OPEN, scope_of(programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    written = required_text(number, "number", Text("科目编号", "number"), most=20)
    title_zh = required_text(title.zh, "title", Text("名称", "title"), most=120)
    when = open_year(programme, year)
    if Line.objects.filter(year=when, number=written).exists():
        message = Text(f"{year} 年度已有科目 {written}。", f"The year {year} has a line {written} already.")
        raise Refusal("budgets.line.taken", message, where="number")
    return new_line(actor, when, written, Text(title_zh, title.en.strip() or title_zh))


@transaction.atomic
def appropriate(*, actor: Principal, line: Line, amount: Money, document: str) -> str:
    """Put an approved amount into a line, with the document (文号) that says so; return the transfer's code.

    Refusals: `grants.denied`, `text.…` without a document, `budgets.amount`, `budgets.year.closed`.
    """
    row = locked_line(line)
    programme = row.year.programme
    require(actor, APPROPRIATE, scope_of(programme))
    paper = required_text(document, "document", Text("下达文号", "document"), most=120)
    kernel.may_move(year_of(row.year))
    move = kernel.appropriate(row.code, amount.fen)
    key = f"{ref(row)}:appropriated:{clock.now().isoformat()}"
    (code,) = make(actor, [move], places_of(row), programme=programme, cause=ref(row), key=key, words=paper)
    emit(
        Appropriated(row.number, row.year.number, paper, code),
        actor=actor,
        subject=ref(programme),
        clause=programme.clause,
        offer=programme.offer,
        unit=programme.unit,
        money=amount,
    )
    return code


def open_year(programme: Programme, year: int) -> FiscalYear:
    """The fiscal year of a programme, begun now if need be. Refusals: `budgets.year.form`, `budgets.year.closed`."""
    if not 1949 <= year <= 2199:
        message = Text("年度应为四位数字，如 2026。", "A year has four digits, such as 2026.")
        raise Refusal("budgets.year.form", message, where="year")
    row, _ = FiscalYear.objects.get_or_create(programme=programme, number=year)
    kernel.may_move(year_of(row))
    return row


def new_line(actor: Principal, year: FiscalYear, number: str, title: Text) -> Line:
    """Write a line and open its pots."""
    row = Line(year=year, number=number, title_zh=title.zh, title_en=title.en)
    for name, (word, rule) in _POTS.items():
        words = Text(f"{title.zh} {year.number} {word.zh}"[:120], f"{title.en} {year.number}: {word.en}"[:200])
        setattr(row, name, pot(actor, ref(row), year.programme, words, name, rule))
    row.save(force_insert=True)
    swear(year, row, actor=actor)
    return row
