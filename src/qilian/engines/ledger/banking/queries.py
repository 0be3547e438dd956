"""Reading banking: accounts, statements, what is unmatched on either side, suggestions, the reconciliation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate

from qilian.core.house.principal import Principal
from qilian.core.papers.sheets.api import Problem
from qilian.core.rights.grants.api import visible
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.api import Transfer, balance, statement

from .kernel import Matching, Reconciliation, Side, match, reconcile, words_of
from .models import BankAccount, Match, PaymentBatch, PaymentOrder, Resolution, Statement, StatementLine
from .rights import VIEW

Row = TypeVar("Row")
_UNKNOWN = Text("没有这条记录。", "There is no such record.")


def bank_accounts(actor: Principal) -> QuerySet[BankAccount]:
    """The bank accounts that somebody may see."""
    return visible(BankAccount.objects.select_related("account", "suspense", "outside"), actor, VIEW)


def bank_account_coded(code: str) -> BankAccount:
    """A bank account by its public code; Refusal `banking.account.unknown` (HTTP 404)."""
    rows = BankAccount.objects.select_related("account__asset", "suspense", "outside")
    return _found(rows.filter(code=code).first(), "account", code)


def statement_coded(code: str) -> Statement:
    """A statement by its public code; Refusal `banking.statement.unknown` (HTTP 404)."""
    return _found(Statement.objects.select_related("bank_account", "by").filter(code=code).first(), "statement", code)


def line_coded(code: str) -> StatementLine:
    """A line of a statement by its public code; Refusal `banking.line.unknown` (HTTP 404)."""
    rows = StatementLine.objects.select_related("bank_account__account", "statement", "match__transfer")
    return _found(rows.filter(code=code).first(), "line", code)


def resolution_coded(code: str) -> Resolution:
    """A resolution by its public code; Refusal `banking.resolution.unknown` (HTTP 404)."""
    rows = Resolution.objects.select_related(
        "bank_account__account", "line", "transfer__debit", "transfer__credit", "counter", "proposed_by", "decided_by"
    )
    return _found(rows.filter(code=code).first(), "resolution", code)


def order_coded(code: str) -> PaymentOrder:
    """A payment order by its public code; Refusal `banking.order.unknown` (HTTP 404)."""
    rows = PaymentOrder.objects.select_related("bank_account", "batch", "transfer", "ordered_by")
    return _found(rows.filter(code=code).first(), "order", code)


def batch_coded(code: str) -> PaymentBatch:
    """A batch by its public code; Refusal `banking.batch.unknown` (HTTP 404)."""
    return _found(
        PaymentBatch.objects.select_related("bank_account", "released_by").filter(code=code).first(), "batch", code
    )


def seen_statements(actor: Principal) -> QuerySet[Statement]:
    """The statements of the bank accounts that somebody may see, the latest first."""
    rows = Statement.objects.select_related("bank_account", "by").order_by("-pk")
    return rows.filter(bank_account__in=bank_accounts(actor))


def seen_lines(actor: Principal) -> QuerySet[StatementLine]:
    """The lines of the bank accounts that somebody may see, the latest first, with what explains them."""
    rows = StatementLine.objects.select_related("bank_account", "match__transfer").order_by("-day", "-pk")
    return rows.filter(bank_account__in=bank_accounts(actor))


def seen_resolutions(actor: Principal) -> QuerySet[Resolution]:
    """The resolutions of the bank accounts that somebody may see, the latest first."""
    rows = Resolution.objects.select_related("bank_account", "proposed_by", "decided_by").order_by("-pk")
    return rows.filter(bank_account__in=bank_accounts(actor))


def order_for(cause: Ref) -> PaymentOrder | None:
    """The payment order that something caused, such as a tranche that was paid; cancelled ones do not count."""
    return PaymentOrder.objects.filter(cause=str(cause), cancelled_at=None).order_by("-pk").first()


def seen_orders(actor: Principal) -> QuerySet[PaymentOrder]:
    """The payment orders of the bank accounts that somebody may see, the latest first."""
    rows = PaymentOrder.objects.select_related("bank_account", "batch", "ordered_by").order_by("-pk")
    return rows.filter(bank_account__in=bank_accounts(actor))


def seen_batches(actor: Principal) -> QuerySet[PaymentBatch]:
    """The batches of the bank accounts that somebody may see, the latest first."""
    rows = PaymentBatch.objects.select_related("bank_account", "released_by").order_by("-pk")
    return rows.filter(bank_account__in=bank_accounts(actor))


def problems_of(row: Statement) -> list[Problem]:
    """The problems that were kept of a statement, the first thousand in the order of rows."""
    return [Problem.of_data(data) for data in row.problems]


@dataclass(frozen=True, slots=True)
class Report:
    """What a statement was read as: rows left out by reason, entries of other accounts, what a reader must know."""

    left: Mapping[str, int]
    others: int
    notes: Sequence[tuple[int, Text]]


def report_of(row: Statement) -> Report:
    """What was read and what was left out of a statement, as its check found it."""
    notes = [(int(each["row"]), Text(each["zh"], each["en"])) for each in row.report.get("notes", ())]
    return Report(row.report.get("left", {}), int(row.report.get("others", 0)), notes)


def members_of(found: Match) -> tuple[list[StatementLine], list[Transfer]]:
    """The lines and transfers that are one match: a pair of one each, or all of its sum."""
    rows = Match.objects.filter(bank_account=found.bank_account_id, pair=found.pair) if found.pair else [found]
    lines = StatementLine.objects.filter(pk__in=[each.line_id for each in rows if each.line_id]).order_by("day", "pk")
    transfers = [each.transfer_id for each in rows if each.transfer_id]
    return list(lines), list(Transfer.objects.select_related("debit", "credit").filter(pk__in=transfers).order_by("pk"))


def unmatched_lines(row: BankAccount) -> QuerySet[StatementLine]:
    """The lines of the bank that no transfer explains, the oldest first."""
    taken = Match.objects.filter(line=OuterRef("pk"))
    return StatementLine.objects.filter(~Exists(taken), bank_account=row).order_by("day", "pk")


def unmatched_transfers(row: BankAccount) -> QuerySet[Transfer]:
    """The transfers through the account that nothing at the bank explains, the oldest first."""
    taken = Match.objects.filter(bank_account=row, transfer=OuterRef("pk"))
    rows = statement(row.account).filter(~Exists(taken), kind__in=("single", "post"))
    return rows.order_by("at", "pk")


def reconciliation(row: BankAccount) -> Reconciliation:
    """Both balances now, and everything that only one side knows."""
    lines = [side_of_line(line) for line in unmatched_lines(row)]
    transfers = sides_of_transfers(row, unmatched_transfers(row))
    return reconcile(row.bank_fen, ledger_fen(row), lines, transfers, clock.today())


def ledger_fen(row: BankAccount) -> int:
    """The balance of the mirror in the book, which grows by debits."""
    return -balance(row.account).balance


def moves_by_day(row: BankAccount) -> tuple[Mapping[date, int], Mapping[date, int]]:
    """What each day moved at the bank and in the book, in fen: two queries, whatever the number of rows."""
    lines = StatementLine.objects.filter(bank_account=row).order_by().values_list("day").annotate(fen=Sum("fen"))
    moved = Case(When(debit=row.account_id, then=F("amount")), default=-F("amount"))
    booked = statement(row.account).filter(kind__in=("single", "post")).order_by()
    days = booked.annotate(day=TruncDate("at", tzinfo=SHANGHAI)).values_list("day").annotate(fen=Sum(moved))
    return dict(lines), dict(days)


def matching_of(row: BankAccount, lines: Iterable[StatementLine] | None = None) -> Matching:
    """What the rules of matching find among everything unmatched, or among some lines."""
    wanted = unmatched_lines(row) if lines is None else lines
    return match([side_of_line(line) for line in wanted], sides_of_transfers(row, unmatched_transfers(row)))


def side_of_line(line: StatementLine) -> Side:
    """A line as the rules see it; its name is opened for comparing only."""
    references = words_of(line.reference, line.summary)
    return Side(line.pk, line.day, line.fen, references, unseal(line.name) if line.name else "")


def sides_of_transfers(row: BankAccount, transfers: Iterable[Transfer]) -> list[Side]:
    """Transfers as the rules see them: their name is the payee of the order, or the title of the other account."""
    rows = list(transfers)
    orders = _orders_of(rows)
    sides = []
    for each in rows:
        into = each.debit_id == row.account_id
        other = each.credit if into else each.debit
        name = unseal(orders[each.pk].name) if each.pk in orders else other.title_zh
        day = each.at.astimezone(SHANGHAI).date()
        batch = orders[each.pk].batch if each.pk in orders else None
        references = words_of(each.words, each.code, batch.number if batch else "")
        sides.append(Side(each.pk, day, each.amount if into else -each.amount, references, name))
    return sides


def signed(row: BankAccount, transfer: Transfer) -> int:
    """What a transfer does to the bank account, in fen: above zero comes in."""
    return transfer.amount if transfer.debit_id == row.account_id else -transfer.amount


def open_orders(row: BankAccount) -> QuerySet[PaymentOrder]:
    """The payment orders that wait to be released, the oldest first."""
    rows = PaymentOrder.objects.filter(bank_account=row, batch__isnull=True, cancelled_at__isnull=True)
    return rows.select_related("ordered_by").order_by("pk")


def open_resolutions(row: BankAccount) -> QuerySet[Resolution]:
    """The resolutions that wait for a second person."""
    rows = Resolution.objects.filter(bank_account=row, state="proposed")
    return rows.select_related("line", "transfer", "proposed_by").order_by("pk")


def known_marks(row: BankAccount, marks: Sequence[str]) -> frozenset[str]:
    """Which of some marks stand in the account already."""
    rows = StatementLine.objects.filter(bank_account=row, mark__in=marks)
    return frozenset(rows.values_list("mark", flat=True))


def known_formerly(row: BankAccount, marks: Mapping[str, int]) -> frozenset[str]:
    """Which of some former marks stand in the account with the balance beside them."""
    rows = StatementLine.objects.filter(bank_account=row, mark__in=list(marks)).values_list("mark", "balance")
    return frozenset(mark for mark, balance in rows if balance == marks[mark])


def ref(
    row: BankAccount | Statement | StatementLine | Resolution | PaymentOrder | PaymentBatch,
) -> Ref:
    """The reference of a record of banking."""
    kinds: Mapping[type, str] = {
        BankAccount: "bank.account",
        Statement: "bank.statement",
        StatementLine: "bank.line",
        Resolution: "bank.resolution",
        PaymentOrder: "bank.order",
        PaymentBatch: "bank.batch",
    }
    return Ref(kinds[type(row)], row.code)


def matched(row: BankAccount, transfer: Transfer) -> bool:
    """Whether a transfer of the account is explained already."""
    return Match.objects.filter(Q(bank_account=row, transfer=transfer)).exists()


def _orders_of(rows: Sequence[Transfer]) -> Mapping[int, PaymentOrder]:
    orders = PaymentOrder.objects.select_related("batch").filter(transfer__in=[row.pk for row in rows])
    return {order.transfer_id: order for order in orders if order.transfer_id is not None}


def _found(row: Row | None, what: str, code: str) -> Row:
    if row is None:
        raise Refusal(f"banking.{what}.unknown", _UNKNOWN, where=code)
    return row
