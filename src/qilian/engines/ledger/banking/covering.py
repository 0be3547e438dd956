"""Bank lines held against the log: a booked statement names the digest of its file, and the file its lines."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from qilian.core.log.events.api import Event
from qilian.core.log.proofs.api import Wrong
from qilian.core.papers.files.api import read_content
from qilian.core.rights.privacy.api import readable
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.bankfile.api import CHANNELS, Checking, Entry, Prints, Wanted, channel_of

from .models import Statement, StatementLine
from .services.common import shown
from .services.statements import codes_of

TITLE = Text("银行流水", "Bank lines")
_DIFFERS = Text("“{now}”，银行文件中为“{before}”。", "“{now}” is “{before}” in the bank's file.")
_UNTOLD = Text("没有一份已入库的对账单有这一行。", "No statement that was booked has this line.")
_GONE = Text("日志或银行文件里有，表里没有。", "The log or the bank's file has it, the table does not.")
_FACT = Text("与日志中的事实不符。", "Not as the event in the log says.")


def differences() -> Iterator[Wrong]:
    """Yield statements and lines that are not what was booked: each by its code, with the column that was changed."""
    events = Event.objects.filter(type="ledger.bank.statement_booked")
    booked = {str(event.data["statement"]): event for event in events}
    for row in Statement.objects.select_related("bank_account").order_by("pk").iterator(100):
        event = booked.pop(row.code, None)
        if event is not None:
            yield from _statement(row, event)
            yield from _lines(row, event)
        elif row.state == "booked":
            yield Wrong(row.code, "statement", _FACT)
    yield from (Wrong(code, "statement", _GONE) for code in booked)
    told = Statement.objects.filter(state="booked")
    yield from (Wrong(line.code, "statement", _UNTOLD) for line in StatementLine.objects.exclude(statement__in=told))


def _statement(row: Statement, event: Event) -> Iterator[Wrong]:
    body = event.data
    said = {
        "file": (row.file, body["sha256"]),
        "state": (row.state, "booked"),
        "lines_known": (row.lines_known, body["known"]),
        "opening": (row.opening, body["opening"]),
        "closing": (row.closing, body["closing"]),
        "first_day": (str(row.first_day), body["first_day"]),
        "last_day": (str(row.last_day), body["last_day"]),
        "booked_at": (row.booked_at and abs((row.booked_at - event.at).total_seconds()) < _APART, True),
    }
    for name, (now, before) in said.items():
        if now != before:
            yield Wrong(row.code, name, _FACT)


def _lines(row: Statement, event: Event) -> Iterator[Wrong]:
    """Read the file that was booked once more, and hold each of its lines against the table."""
    try:
        content = read_content(event.data["sha256"], name=row.name)
    except Refusal as lost:
        yield Wrong(row.code, "file", lost.message)
        return
    if row.bank_account.channel not in CHANNELS:
        yield Wrong(row.bank_account.code, "channel", _FACT)
        return
    found = list(StatementLine.objects.filter(statement=row).order_by("pk"))
    lines = {line.mark: line for line in found}
    elsewhere = StatementLine.objects.filter(bank_account=row.bank_account).exclude(statement=row)
    others = set(elsewhere.values_list("mark", flat=True))
    checking = Checking(Wanted(row.bank_account.number, row.bank_account.currency))
    for entry, mark in Prints().of(checking.run(channel_of(row.bank_account.channel).read(lambda: [content]))):
        former = Prints.former(entry) if entry.serial else mark  # before the balance was part of a mark
        line = lines.pop(mark, None) or lines.pop(former, None)
        if line is not None:
            yield from _columns(line, entry)
        elif not {mark, former} & others:
            yield Wrong(f"{row.code}:{entry.row}", "mark", _GONE)
    yield from (Wrong(line.code, "mark, statement", _UNTOLD) for line in lines.values())
    yield from (
        Wrong(line.code, "bank_account", _FACT) for line in found if line.bank_account_id != row.bank_account_id
    )
    root = hashlib.sha256("".join(line.mark for line in found).encode()).hexdigest()
    if root != event.data["root"]:
        yield Wrong(row.code, "mark, statement", _FACT)
    if event.data.get("codes", "-") not in ("-", codes_of(row)):
        yield Wrong(row.code, "code", _FACT)


def _columns(line: StatementLine, entry: Entry) -> Iterator[Wrong]:
    before: Mapping[str, Any] = {
        "row": entry.row,
        "day": entry.day,
        "fen": entry.fen,
        "balance": entry.balance,
        "name": entry.name[:200],
        "account": entry.account[:60],
        "shown_name": shown(entry.name),
        "summary": entry.summary[:400],
        "serial": entry.serial[:80],
        "reference": entry.reference[:80],
    }
    for name, said in before.items():
        now = getattr(line, name)
        now = readable(now) if name in ("name", "account") else now
        if now != said:
            sealed = name in ("name", "account", "shown_name")
            yield Wrong(line.code, name, _FACT if sealed else _DIFFERS.filled(now=now, before=said))


_APART = 60.0  # seconds between the moment of a row and that of its event, which one transaction writes
