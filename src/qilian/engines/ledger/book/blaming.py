"""Which column of a batch's rows was changed: values that others still tell are put back until the root agrees."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any, NamedTuple

from qilian.core.log.events.api import Event
from qilian.core.log.proofs.api import Wrong
from qilian.core.values.merkle.api import inclusion_spans, leaf_hash, node_hash, root_over
from qilian.core.values.text import Text

from .kernel import code_of, content_text, digest_of, mark_of
from .models import Account, Transfer
from .proving import content_of, text_of
from .rights import SPACES

Totals = tuple[int, int, int, int]
SIDES = ("debits", "credits", "debits_pending", "credits_pending")
_NOTHING: Totals = (0, 0, 0, 0)
_NEAR = 500
"""Rows of the same accounts whose cause and words are tried."""


class Case(NamedTuple):
    """A batch as it stands: its rows in order, its event, and the totals of accounts before each row."""

    rows: Sequence[Transfer]
    event: Event
    before: Mapping[int, tuple[Totals, Totals]]  # of debit and credit account, by key of the row

    @property
    def root(self) -> str:
        """The root that was sealed, in hexadecimal."""
        return str(self.event.data.get("root", ""))


def blamed(case: Case) -> Iterator[Wrong]:
    """Yield the rows that differ from what was sealed, each with the column that was changed, or those it may be."""
    leaves = [leaf_hash(text_of(row).encode()) for row in case.rows]
    if root_over(leaves).hex() == case.root:
        return
    found = False
    for place, row in enumerate(case.rows):
        for wrong in _in_row(row, place, leaves, case):
            found = True
            yield wrong
    if not found:
        words = Text("这一批的某一行已被改动。", "A row of this batch was changed.")
        yield Wrong(case.event.subject.partition(":")[2], "code, actor, released, rows", words)


def _in_row(row: Transfer, place: int, leaves: Sequence[bytes], case: Case) -> Iterator[Wrong]:
    digest = bytes(row.digest)
    if digest_of(content_of(row)) != digest:
        yield _content(row, digest, case)
        return

    def agrees(fresh: Transfer) -> bool:
        leaf = leaf_hash(text_of(fresh).encode())
        return _climbed(leaf, place, leaves).hex() == case.root

    known = dict(_told(row, case))
    tried = {name: [value] for name, value in known.items()}
    codes = [code_of(row.key, space) for space in spaces_of(row)] if row.key else []
    for column, values in {**tried, "code": codes, "actor": _actors(row, case)}.items():
        for value in values:
            if agrees(_with(row, column, value)):
                yield _wrong(row, column, value)
                return
    sure = [name for name, value in known.items() if getattr(row, name) != value]
    if sure:
        yield Wrong(row.code, ", ".join(sure), Text("与日志和前后各行不符。", "Not as the log and the other rows say."))


def _content(row: Transfer, digest: bytes, case: Case) -> Wrong:
    """The finding about a row whose content is not what its digest covers."""

    def agrees(fresh: Transfer) -> bool:
        return digest_of(content_of(fresh)) == digest

    for column, values in _former(row, case):
        for value in values:
            if agrees(_with(row, column, value)):
                return _wrong(row, column, value)
    for column, text in (("words", row.words), ("cause", row.cause)):
        if (former := _neighbour(row, column, text, digest)) is not None:
            return _wrong(row, column, former)
    marks = {"words": "words", "cause": "causes"}
    wrong = [name for name, mark in marks.items() if _mark(case, name) != case.event.data.get(mark, "-")]
    kept = [name for name in wrong if case.event.data.get(marks[name], "-") != "-"]
    sentence = Text("内容已被改动，原值无从得知。", "The content was changed; what stood there is not known.")
    return Wrong(row.code, ", ".join(kept or ["words", "cause", "digest"]), sentence)


def _told(row: Transfer, case: Case) -> Iterator[tuple[str, Any]]:
    """What other columns, the batch and the event say that must stand in a column outside the content."""
    yield "at", row.batch.at
    yield "released", row.pending.amount if row.pending is not None else 0
    for side, totals in zip(("debit", "credit"), case.before[row.pk], strict=True):
        for name, value in zip(SIDES, moved(row, totals, side), strict=True):
            yield f"{side}_{name}", value


def spaces_of(row: Transfer) -> tuple[str, ...]:
    """The spaces in which the key of a row may count: the payer's, the hold's, or one of the house."""
    return (row.debit.code, *((row.pending.code,) if row.pending is not None else ()), *SPACES)


def moved(row: Transfer, before: Totals, side: str) -> Totals:
    """The totals of one side of a row after it, from those before it."""
    posted, held = (0, row.amount) if row.kind == "pending" else (row.amount, -row.released)
    a, b, c, d = before
    return (a + posted, b, c + held, d) if side == "debit" else (a, b + posted, c, d + held)


def _former(row: Transfer, case: Case) -> Iterator[tuple[str, Sequence[Any]]]:
    """Values that may have stood in the columns that the content covers."""
    debit, _ = case.before[row.pk]
    place = 2 if row.kind == "pending" else 0
    after = (row.debit_debits, row.debit_credits, row.debit_debits_pending, row.debit_credits_pending)
    yield "amount", [after[place] - debit[place], *([row.pending.amount] if row.pending else [])]
    yield "kind", ["single", "pending", "post", "void", "expire"]
    hold = getattr(row, "hold", None)
    yield "due", [None, *([hold.due] if hold else [])]
    yield "serials", [None, *_numbers(row)]
    near = Transfer.objects.filter(debit=row.debit_id) | Transfer.objects.filter(credit=row.credit_id)
    others = list(near.exclude(pk=row.pk).order_by("-id").values_list("words", "cause")[:_NEAR])
    yield "words", ["", *dict.fromkeys(words for words, _ in others)]
    yield "cause", ["", *dict.fromkeys(cause for _, cause in others)]
    accounts = list(Account.objects.filter(asset=row.asset_id)[:_NEAR])
    yield "debit", accounts
    yield "credit", accounts
    if row.pending is not None:
        yield "pending", list(Transfer.objects.filter(kind="pending", debit=row.debit_id, credit=row.credit_id)[:_NEAR])


def _numbers(row: Transfer) -> list[tuple[int, int]]:
    """Spans of serial numbers that may have stood in a row: as many as it moves, about those that it names."""
    first, last = row.first_serial or 1, row.last_serial or row.amount
    return [(first, first + row.amount - 1), (last - row.amount + 1, last)]


def _actors(row: Transfer, case: Case) -> list[str]:
    others = Transfer.objects.exclude(actor=row.actor).values_list("actor", flat=True).distinct()[:_NEAR]
    return [case.event.actor, *others]


def _with(row: Transfer, column: str, value: Any) -> Transfer:
    fresh = copy(row)
    fresh._state = copy(row._state)
    fresh._state.fields_cache = dict(row._state.fields_cache)
    if column == "serials":
        fresh.first_serial, fresh.last_serial = value or (None, None)
    else:
        setattr(fresh, column, value)
    return fresh


def _neighbour(row: Transfer, column: str, text: str, digest: bytes) -> str | None:
    """The text from which one letter was changed, left out or put in, as far as ASCII goes."""
    blank = content_text(content_of(_with(row, column, "\x00"))).split("\x00")
    letters = [chr(code) for code in range(32, 127)]

    def agrees(former: str) -> bool:
        return hashlib.sha256(former.join(blank).encode()).digest() == digest

    for place in range(len(text) + 1):
        tried = [text[:place] + letter + rest for letter in letters for rest in (text[place:], text[place + 1 :])]
        found = next((former for former in [text[:place] + text[place + 1 :], *tried] if agrees(former)), None)
        if found is not None:
            return found
    return None


def _mark(case: Case, column: str) -> str:
    return mark_of([row.code for row in case.rows], [str(getattr(row, column)) for row in case.rows])


def _climbed(leaf: bytes, index: int, leaves: Sequence[bytes]) -> bytes:
    """The root of a batch in which one leaf is another."""
    found = leaf
    for span in inclusion_spans(index, len(leaves)):
        beside = root_over(leaves[span.start : span.end])
        found = node_hash(beside, found) if span.end <= index else node_hash(found, beside)
    return found


def _wrong(row: Transfer, column: str, former: Any) -> Wrong:
    now, before = _shown(row, column), _said(former)
    return Wrong(row.code, column, Text(f"“{now}”原为“{before}”。", f"“{now}” was “{before}”."))


def _shown(row: Transfer, column: str) -> str:
    return f"{row.first_serial}-{row.last_serial}" if column == "serials" else _said(getattr(row, column))


def _said(value: Any) -> str:
    if isinstance(value, Account | Transfer):
        return value.code
    return value.isoformat() if isinstance(value, datetime) else str(value)
