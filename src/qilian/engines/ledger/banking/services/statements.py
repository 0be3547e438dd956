"""Verbs on statements: bring a bank file, check it without a trace, book it whole and match what is certain."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.log.proofs.api import swear
from qilian.core.papers.files.api import open_content, store_bytes
from qilian.core.papers.sheets.api import Pieces, Problem, beginning
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.work.approvals.api import person_of
from qilian.engines.ledger.bankfile.api import SUM_MAX, Checking, Entry, Prints, Wanted, channel_of, is_workbook
from qilian.engines.ledger.banking.events import StatementBooked, StatementChecked
from qilian.engines.ledger.banking.models import BankAccount, Match, Statement, StatementLine
from qilian.engines.ledger.banking.queries import known_formerly, known_marks, matching_of, ref
from qilian.engines.ledger.banking.rights import IMPORT, scope_of

from .common import locked, shown, sum_rows

BOOKED_AT_ONCE = 2_000
"""Statements up to this many lines are booked while their sender waits; the worker books longer ones, and workbooks."""

AT_ONCE_BYTES = 256 * 1024
"""A file up to this size is checked and booked while its sender waits; the worker does it for larger ones."""

_CHUNK, _PIECE = 2_000, 1 << 16  # lines, bytes
Marked = tuple[Entry, str]


@dataclass
class Walk:
    """One reading of a file against an account: what the check found, and which lines are new."""

    checking: Checking
    known: int = 0
    fresh: int = 0
    net: int = 0
    root: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def gap(self, row: BankAccount) -> Problem | None:
        """The problem of a statement that does not follow the ones before it: a file between is missing."""
        closing, have = self.checking.closing, row.bank_fen + self.net
        if abs(have) > SUM_MAX:
            message = Text("银行余额将超过可记的最大数。", "The balance at the bank would be larger than any can be.")
            return Problem(0, "", Text("", ""), message)
        if not self.fresh or closing is None or closing == have:
            return None
        apart = Money(closing - have)
        message = Text(
            f"与已入库的对账单接不上：银行余额应为 {Money(have)}，文件为 {Money(closing)}，相差 {apart}。",
            f"It does not follow the statements before it: the balance should be {Money(have)}, the file says "
            f"{Money(closing)}, {apart} apart.",
        )
        remedy = Text("中间缺了一份对账单，请先导入它。", "A statement between is missing: import that one first.")
        return Problem(0, "", Text("", ""), message, remedy)


@transaction.atomic
def bring(*, actor: Principal, bank_account: BankAccount, name: str, content: bytes) -> Statement:
    """Bring a bank file: it is stored and checked; a file that is booked already is answered with its record.

    Refusals: `grants.denied`, and those of files (`files.empty`, `files.too_large` …). What the check finds stands in
    the statement.
    """
    require(actor, IMPORT, scope_of(bank_account))
    digest = hashlib.sha256(content).hexdigest()
    booked = Statement.objects.filter(bank_account=bank_account, file=digest, state="booked").first()
    if booked is not None:
        return booked
    row = Statement(bank_account=bank_account, name=name[:200], by_id=actor.person, at=clock.now())
    stored = store_bytes(
        actor=actor,
        content=content,
        name=_kept(name, content),
        subject=ref(row),
        action="banking.view",
        scope=scope_of(bank_account),
    )
    row.file = stored.sha256
    row.save(force_insert=True)
    swear(row, actor=actor)
    if stored.size <= AT_ONCE_BYTES and not workbook(row):
        return check_statement(actor=actor, statement=row)
    later("banking.check", statement=row.pk)
    return row


@internal("bringing a file checks it, or the worker does")
@transaction.atomic
def check_statement(*, actor: Principal, statement: Statement) -> Statement:
    """Check a file that was brought, without a trace in lines or balances; checked once."""
    row = Statement.objects.select_for_update(of=("self",)).select_related("bank_account").get(pk=statement.pk)
    if row.state != "queued":
        return row
    account = row.bank_account
    walk = Walk(_checking(account))
    try:
        for _ in _new_lines(account, walk, _content(row)):
            pass
        problems = [*walk.checking.problems, *filter(None, [walk.gap(account) if walk.checking.clean else None])]
        total = walk.checking.total + len(problems) - len(walk.checking.problems)
    except Refusal as refusal:
        problems, total = [Problem.of_refusal(refusal, 0)], 1
    _describe(row, walk)
    row.state = "refused" if total else "checked"
    row.problems, row.problem_count = [problem.as_data() for problem in problems], total
    row.save()
    swear(row, actor=actor)
    body = StatementChecked(row.code, row.file, row.lines_read, row.problem_count)
    emit(body, actor=actor, subject=ref(account), unit=account.unit, offer=account.offer)
    return row


@internal("ask_to_book does it at once, or the worker does")
@transaction.atomic
def give_up(*, actor: Principal, statement: Statement) -> Statement:
    """Say that a file will not be checked, since the worker was interrupted again and again; said once."""
    row = Statement.objects.select_for_update(of=("self",)).select_related("bank_account").get(pk=statement.pk)
    if row.state == "queued":
        message = Text("文件没有检查完，程序中断了；什么都没有写入。", "The check was interrupted; nothing was saved.")
        remedy = Text("请重新上传；仍不行请告知系统管理员。", "Upload it again; if that fails, tell the administrator.")
        row.state, row.problem_count = "refused", 1
        row.problems = [Problem(0, "", Text("", ""), message, remedy).as_data()]
        row.save()
        swear(row, actor=actor)
        body = StatementChecked(row.code, row.file, row.lines_read, row.problem_count)
        emit(body, actor=actor, subject=ref(row.bank_account), unit=row.bank_account.unit, offer=row.bank_account.offer)
    return row


@internal("ask_to_book books a short statement at once, the worker a long one")
@transaction.atomic
def book_statement(*, actor: Principal, statement: Statement) -> Statement:
    """Book the lines of a checked file, those that are new, and match what is certain; all of it or nothing.

    Refusals: `grants.denied`, `banking.statement.booked`, `banking.statement.problems`, `banking.statement.gap` when
    another statement was booked since the check.
    """
    account = locked(statement.bank_account)
    require(actor, IMPORT, scope_of(account))
    row = _bookable(statement)
    walk = Walk(_checking(account))
    for chunk in _new_lines(account, walk, _content(row)):
        StatementLine.objects.bulk_create([_line(account, row, entry, mark) for entry, mark in chunk])
    gap = walk.gap(account)
    if gap is not None:
        raise Refusal("banking.statement.gap", gap.message, where="file", remedy=gap.remedy)
    _refuse_unmarked(walk)
    _describe(row, walk)
    row.state, row.booked_at = "booked", clock.now()
    row.save()
    _move_balance(account, walk)
    swear(row, actor=actor)
    swear(account, actor=actor, only=("bank_fen", "last_day"))
    matched = match_certain(account)
    _tell(actor, account, row, walk, matched)
    return row


def codes_of(statement: Statement) -> str:
    """Return the SHA-256 over the public codes of a statement's lines, in the order in which they were booked."""
    codes = StatementLine.objects.filter(statement=statement).order_by("pk").values_list("code", flat=True)
    return hashlib.sha256("".join(codes.iterator(10_000)).encode()).hexdigest()


def ask_to_book(*, actor: Principal, statement: Statement) -> Statement:
    """Book a checked statement: at once when it is short, else by the worker in the name of who asks.

    Refusals: as for `book_statement`.
    """
    if statement.lines_read <= BOOKED_AT_ONCE and not workbook(statement):
        return book_statement(actor=actor, statement=statement)
    require(actor, IMPORT, scope_of(statement.bank_account))
    with transaction.atomic():
        row = _bookable(statement)
        later("banking.book", lock=f"banking:{statement.bank_account.code}", statement=row.pk, person=person_of(actor))
    return row


def match_certain(account: BankAccount) -> int:
    """Match what is unique on both sides, and the sums that a reference binds; return how many matches were found."""
    found, now = matching_of(account), clock.now()
    rows = [
        Match(bank_account=account, transfer_id=pair.transfer, line_id=pair.line, rule=pair.rule, at=now)
        for pair in found.pairs
    ]
    for group in found.groups:
        rows += sum_rows(account, group.lines, group.transfers, rule="sum")
    Match.objects.bulk_create(rows, batch_size=5_000)
    return len(found.pairs) + len(found.groups)


def workbook(row: Statement) -> bool:
    """Whether a file is a workbook, which the worker reads."""
    return is_workbook(beginning(_content(row)))


def _kept(name: str, start: bytes) -> str:
    """The name under which a file is kept: a page or text that a bank calls a workbook claims to be none."""
    called = name.lower().endswith((".xls", ".xlsx"))
    return name if is_workbook(start) or not called else f"{name}.table"


def _refuse_unmarked(walk: Walk) -> None:
    """A notice whose entries have no number of the bank: the statement that brings them again would not know them."""
    if walk.checking.unmarked and walk.fresh:
        message = Text(
            f"通知里有 {walk.checking.unmarked} 笔没有银行流水号，以后的对账单认不出它们，不能入库。",
            f"{walk.checking.unmarked} entries of the notice have no number of the bank: a later statement would not "
            "know them, so that they are not booked.",
        )
        remedy = Text("请导入同期的对账单（camt.053）。", "Import the statement of the same days (camt.053).")
        raise Refusal("banking.statement.unmarked", message, where="file", remedy=remedy)


def _checking(account: BankAccount) -> Checking:
    return Checking(Wanted(account.number, account.currency))


def _new_lines(account: BankAccount, walk: Walk, content: Pieces) -> Iterator[list[Marked]]:
    """Read a file and yield its new lines, chunk by chunk; what is booked already is counted."""
    items = channel_of(account.channel).read(content)
    marked = Prints().of(walk.checking.run(items))
    for chunk in _chunks(marked):
        known = known_marks(account, [mark for _, mark in chunk]) | _known_formerly(account, chunk)
        fresh = [(entry, mark) for entry, mark in chunk if mark not in known]
        walk.known += len(chunk) - len(fresh)
        walk.fresh += len(fresh)
        walk.net += sum(entry.fen for entry, _ in fresh)
        for _, mark in fresh:
            walk.root.update(mark.encode())
        yield fresh


def _known_formerly(account: BankAccount, chunk: Sequence[Marked]) -> frozenset[str]:
    """Marks of lines that were booked before the balance was part of a mark."""
    former = {Prints.former(entry): (mark, entry.balance) for entry, mark in chunk if entry.serial}
    balances = {print_: balance for print_, (_, balance) in former.items() if balance is not None}
    return frozenset(former[print_][0] for print_ in known_formerly(account, balances))


def _chunks(marked: Iterable[Marked]) -> Iterator[list[Marked]]:
    stream = iter(marked)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _line(account: BankAccount, statement: Statement, entry: Entry, mark: str) -> StatementLine:
    return StatementLine(
        bank_account=account,
        statement=statement,
        row=entry.row,
        day=entry.day,
        fen=entry.fen,
        balance=entry.balance,
        name=entry.name[:200],
        account=entry.account[:60],
        shown_name=shown(entry.name),
        summary=entry.summary[:400],
        serial=entry.serial[:80],
        reference=entry.reference[:80],
        mark=mark,
    )


def _describe(row: Statement, walk: Walk) -> None:
    found = walk.checking
    row.lines_read, row.lines_passed, row.lines_known = found.count, found.passed, walk.known
    row.inflow, row.outflow = found.inflow, found.outflow
    row.opening, row.closing = found.opening, found.closing
    row.first_day, row.last_day = found.first, found.last
    notes = [{"row": note.row, "zh": note.message.zh, "en": note.message.en} for note in found.notes]
    row.report = {"left": dict(found.left), "others": found.others, "notes": notes}


def _content(row: Statement) -> Pieces:
    """The stored file, piece by piece."""

    def pieces() -> Iterator[bytes]:
        with open_content(row.file, name=row.name) as file:
            while piece := file.read(_PIECE):
                yield piece

    return pieces


def _bookable(statement: Statement) -> Statement:
    row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if row.state == "booked":
        raise Refusal("banking.statement.booked", Text("这份对账单已经入库。", "It is booked already."), where=row.code)
    if row.state != "checked":
        message = Text("这份对账单还有问题，或者还没有检查完。", "It has problems, or its check is not done.")
        remedy = Text("请先处理列出的问题。", "Mend the problems that are listed first.")
        raise Refusal("banking.statement.problems", message, where=row.code, remedy=remedy)
    return row


def _move_balance(account: BankAccount, walk: Walk) -> None:
    account.bank_fen += walk.net
    last = walk.checking.last
    if last is not None and (account.last_day is None or last > account.last_day):
        account.last_day = last
    account.save(update_fields=["bank_fen", "last_day"])


def _tell(actor: Principal, account: BankAccount, row: Statement, walk: Walk, matched: int) -> None:
    """Tell what was booked; a file without balances is told with those of the account, one without a day with today."""
    closing = account.bank_fen if row.closing is None else row.closing
    opening = account.bank_fen - walk.net if row.opening is None else row.opening
    today = clock.today()
    body = StatementBooked(
        row.code,
        row.file,
        walk.fresh,
        walk.known,
        matched,
        opening,
        closing,
        row.first_day or today,
        row.last_day or today,
        walk.root.hexdigest(),
        codes_of(row),
    )
    emit(body, actor=actor, subject=ref(account), unit=account.unit, offer=account.offer, money=Money(account.bank_fen))
