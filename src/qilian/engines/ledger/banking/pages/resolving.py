"""Forms of two people: propose what to do with a line or a transfer, and decide on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Fact, Field, Head, RecordPage, StepForm, answer_form, show
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.banking import services as verbs
from qilian.engines.ledger.banking.models import BankAccount, Resolution, StatementLine
from qilian.engines.ledger.banking.queries import (
    bank_account_coded,
    line_coded,
    matching_of,
    ref,
    resolution_coded,
    signed,
    unmatched_transfers,
)
from qilian.engines.ledger.banking.rights import APPROVE, PROPOSE, scope_of
from qilian.engines.ledger.book.api import Account, Transfer, accounts, transfer_coded

from . import common
from .common import account_url, crumbs, line_url, resolution_url
from .reconciling import other_title

OFFERED = 60
_FORM = require_http_methods(["GET", "POST"])
_REASON = Text("理由", "Reason")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a line may be: one transfer, several, or one that it makes together with other lines."""

    key: str
    title: Text
    transfers: Sequence[Transfer]
    lines: Sequence[StatementLine] = ()


@_FORM
def resolving(request: HttpRequest, code: str) -> HttpResponse:
    """Propose what to do with a line: it is a transfer, a transfer must be put right, or it is booked now."""
    line = line_coded(code)
    row = line.bank_account
    require(current_principal(), PROPOSE, scope_of(row))
    title = Text("提出处理", "Propose a resolution")
    offered = _offered(row, line)
    counters = _counters(row)

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        kinds = [(kind, _explained(kind)) for kind in ("match", "correct", "book")]
        transfers = [(each.key, each.title) for each in offered]
        against = [(each.code, Text(each.title_zh, each.title_en)) for each in counters]
        fields = (
            Field("kind", Text("怎样处理", "What to do"), "choice", sent.get("kind", ""), choices=kinds),
            Field(
                "transfer",
                Text("账本里的记账（对上、更正）", "Transfer in the book (match, correct)"),
                "choice",
                sent.get("transfer", ""),
                required=False,
                choices=transfers,
            ),
            Field(
                "counter",
                Text("记到哪个账户（补记）", "Against which account (book)"),
                "choice",
                sent.get("counter", ""),
                required=False,
                choices=against,
            ),
            Field("reason", _REASON, value=sent.get("reason", "")),
        )
        path = crumbs(row, Crumb(str(line.day), line_url(line)), Crumb(title))
        head = Head(title, crumbs=path, facts=_line_facts(line))
        return StepForm(head, fields, title, refusals=refused, dense=True)

    def act(sent: QueryDict) -> str:
        return resolution_url(_proposed(line, sent, offered, counters))

    return answer_form(request, form, act)


@_FORM
def reversing(request: HttpRequest, code: str, transfer: str) -> HttpResponse:
    """Propose to reverse a transfer that never reached the bank."""
    row, wrong = bank_account_coded(code), transfer_coded(transfer)
    require(current_principal(), PROPOSE, scope_of(row))
    title = Text("提出冲销", "Propose a reversal")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        facts = (*_transfer_facts(row, wrong), *common.honest(row))
        head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=facts)
        field = Field("reason", _REASON, value=sent.get("reason", ""))
        return StepForm(head, (field,), title, refusals=refused, dense=True)

    def act(sent: QueryDict) -> str:
        reason = sent.get("reason", "")
        made = verbs.propose_reversal(actor=current_principal(), bank_account=row, transfer=wrong, reason=reason)
        return resolution_url(made)

    return answer_form(request, form, act)


@_FORM
def deciding(request: HttpRequest, code: str) -> HttpResponse:
    """One resolution; whoever may decide on it approves it or turns it down here."""
    row = resolution_coded(code)
    account = row.bank_account
    common.seen(account)
    title = Text(f"对账处理：{common.KINDS[row.kind].zh}", f"Resolution: {common.KINDS[row.kind].en}")
    head = Head(title, crumbs=crumbs(account, Crumb(title)), facts=_resolution_facts(row))
    if request.method != "POST" and (row.state != "proposed" or not common.may(APPROVE, account)):
        return show(RecordPage(head, (), timeline(ref(row))))

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        choices = (("approve", Text("批准", "approve")), ("reject", Text("退回", "reject")))
        fields = (
            Field("decision", Text("办理意见", "Decision"), "choice", sent.get("decision", ""), choices=choices),
            Field("reason", Text("退回理由", "Why rejected"), value=sent.get("reason", ""), required=False),
        )
        return StepForm(head, fields, Text("确定", "Confirm"), refusals=refused, dense=True)

    def act(sent: QueryDict) -> str:
        actor = current_principal()
        if sent.get("decision") == "approve":
            verbs.approve(actor=actor, resolution=row)
        elif sent.get("decision") == "reject":
            verbs.reject(actor=actor, resolution=row, reason=sent.get("reason", ""))
        else:
            message = Text("请选择批准或退回。", "Choose to approve or to reject.")
            raise Refusal("banking.decision", message, where="decision")
        return account_url(account)

    return answer_form(request, form, act)


def _proposed(
    line: StatementLine, sent: QueryDict, offered: Sequence[Offered], counters: Sequence[Account]
) -> Resolution:
    actor, kind, reason = current_principal(), sent.get("kind", ""), sent.get("reason", "")
    chosen = next((each for each in offered if each.key == sent.get("transfer")), None)
    counter = next((each for each in counters if each.code == sent.get("counter")), None)
    if kind == "book":
        if counter is None:
            raise _choose("counter", Text("请选择记到哪个账户。", "Choose the account that it is booked against."))
        return verbs.propose_booking(actor=actor, line=line, counter=counter, reason=reason)
    if kind not in ("match", "correct"):
        raise _choose("kind", Text("请选择怎样处理。", "Choose what to do."))
    if chosen is None or (kind == "correct" and len(chosen.lines) + len(chosen.transfers) > 1):
        raise _choose("transfer", Text("请选择账本里的记账。", "Choose the transfer in the book."))
    transfer, *others = chosen.transfers
    if kind == "correct":
        return verbs.propose_correction(actor=actor, line=line, transfer=transfer, reason=reason)
    return verbs.propose_match(
        actor=actor, line=line, transfer=transfer, reason=reason, more_lines=chosen.lines, more_transfers=others
    )


def _offered(row: BankAccount, line: StatementLine) -> list[Offered]:
    """Sums that a name suggests, then single transfers of the same direction: the suggested first, then the latest."""
    hints = [hint.transfer for hint in matching_of(row, [line]).suggestions]
    every = [each for each in unmatched_transfers(row) if (signed(row, each) > 0) == (line.fen > 0)]
    first = sorted((each for each in every if each.pk in hints), key=lambda each: hints.index(each.pk))
    rest = [each for each in reversed(every) if each.pk not in hints]
    single = [Offered(each.code, _shown(row, each), [each]) for each in [*first, *rest][:OFFERED]]
    return [*_sums(row, line, {each.pk: each for each in every}), *single]


def _sums(row: BankAccount, line: StatementLine, transfers: Mapping[int, Transfer]) -> Iterator[Offered]:
    """Several transfers that make the line, or other lines that make one transfer with it."""
    for place, group in enumerate(each for each in matching_of(row).sums if line.pk in each.lines):
        booked = [transfers[key] for key in group.transfers]
        others = list(StatementLine.objects.filter(pk__in=group.lines).exclude(pk=line.pk).order_by("day", "pk"))
        shown = [_shown(row, each) for each in booked]
        zh, en = "；".join(each.zh for each in shown), "; ".join(each.en for each in shown)
        if others:
            zh += f"（与另外 {len(others)} 行合计相等）"
            en += f" (the sum of this line and {len(others)} others)"
        else:
            zh, en = f"{len(booked)} 笔合计：{zh}", f"{len(booked)} together: {en}"
        yield Offered(f"sum-{place}", Text(zh, en), booked, others)


def _counters(row: BankAccount) -> list[Account]:
    """Suspense, the holder's own, and the accounts of the same unit in the same money."""
    own = [row.suspense, row.outside]
    taken = [row.account_id, *(each.pk for each in own)]
    others = accounts().filter(unit=row.unit, asset=row.account.asset_id).exclude(pk__in=taken).exclude(state="closed")
    return [*own, *others.exclude(owner__startswith="bank.account:")[:OFFERED]]


def _shown(row: BankAccount, each: Transfer) -> Text:
    fen, name = Money(signed(row, each)), other_title(row, each)
    return Text(
        f"{each.at:%Y-%m-%d} {fen} 元 {name.zh} {each.words[:40]}",
        f"{each.at:%Y-%m-%d} CNY {fen} {name.en} {each.words[:40]}",
    )


def _explained(kind: str) -> Text:
    return {
        "match": Text("对上：就是账本里的这一笔", "match: it is this transfer"),
        "correct": Text("更正：账本里的金额错了", "correct: the amount in the book is wrong"),
        "book": Text("补记：账本里没有", "book: it is not in the book"),
    }[kind]


def _line_facts(line: StatementLine) -> Sequence[Fact]:
    return (
        Fact(Text("日期", "Day"), line.day),
        Fact(Text("银行金额", "At the bank"), Money(line.fen)),
        Fact(Text("对方", "Other party"), line.shown_name or "—"),
        Fact(Text("摘要", "Summary"), line.summary or "—"),
        *common.honest(line.bank_account),
    )


def _transfer_facts(row: BankAccount, transfer: Transfer) -> Sequence[Fact]:
    return (
        Fact(Text("记账时间", "Booked"), transfer.at),
        Fact(Text("账本金额", "In the book"), Money(signed(row, transfer))),
        Fact(Text("对方账户", "Other account"), other_title(row, transfer)),
        Fact(Text("事由", "Words"), transfer.words or "—"),
    )


def _resolution_facts(row: Resolution) -> Sequence[Fact]:
    facts = [
        Fact(Text("状态", "State"), common.STATES[row.state]),
        Fact(Text("理由", "Reason"), row.reason),
        Fact(Text("提出人", "Proposed by"), row.proposed_by.name),
    ]
    if row.line is not None:
        facts += _line_facts(row.line)[:4]
    if row.transfer is not None:
        facts += _transfer_facts(row.bank_account, row.transfer)
    lines, transfers = verbs.members(row)
    facts += [
        Fact(Text("还有一行", "And the line"), f"{each.day} {Money(each.fen)} {each.summary}") for each in lines[1:]
    ]
    facts += [Fact(Text("还有一笔", "And the transfer"), _shown(row.bank_account, each)) for each in transfers[1:]]
    if row.counter is not None:
        facts.append(Fact(Text("记到", "Against"), Text(row.counter.title_zh, row.counter.title_en)))
    if row.decided_by is not None:
        facts.append(Fact(Text("办理人", "Decided by"), row.decided_by.name))
    if row.answer:
        facts.append(Fact(Text("退回理由", "Why rejected"), row.answer))
    return [*facts, *common.honest(row.bank_account)]


def _choose(where: str, message: Text) -> Refusal:
    return Refusal("banking.choose", message, where=where)
