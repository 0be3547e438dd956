"""From what a caller wants to commands of the kernel: keys become codes, content becomes its hash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from qilian.core.values.text import Refusal, Text, codes_in_order

from .entries import Capture, Entry, Void, Wanted
from .kernel import Command, Content, Kind, Span, code_of, digest_of, refusal_of

SILENT = ("", "")
"""The cause and the words of a transfer that says nothing."""
_made = tuple.__new__  # a named tuple's own constructor takes twice as long
_LENGTHS = {"key": 120, "words": 300, "cause": 160}
_TEXT = Text("文字过长，或含有不可见的字符。", "The text is too long or has characters that cannot be seen.")
_NO_DAY = Text("到期日超出历法的范围。", "The day is beyond the calendar.")
_SHORTER = Text("请改短，去掉特殊字符。", "Make it shorter and leave out special characters.")


class Pending(NamedTuple):
    """A pending row, of which nothing ever changes but what its hold became."""

    id: int
    asset: int
    debit: int
    credit: int
    amount: int
    serials: Span | None


@dataclass(slots=True)
class PreparedBatch:
    """A batch as the kernel takes it, and what the rows will say besides."""

    fresh: Iterator[str]  # codes for those who gave no key
    engine: str = ""
    commands: list[Command] = field(default_factory=list)
    about: list[tuple[str, str]] = field(default_factory=list)  # cause and words of each
    keys: list[str] = field(default_factory=list)
    chains: list[int | None] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # the codes of keys that a caller chose: only these can exist
    numbers: set[int] = field(default_factory=set)  # all accounts of the batch
    spans: dict[int, list[Span]] = field(default_factory=dict)  # serial numbers by asset


def drafted(wanted: Sequence[Wanted], pending: Mapping[str, Pending], now: datetime, engine: str = "") -> PreparedBatch:
    """Turn wanted transfers into commands; who gave no key gets a code that is new, in the order of time.

    Keys of an engine count in its own space, those of callers by the account that pays or the hold that ends.
    Refusals: `ledger.pending_not_found`, `ledger.text` for a key or words that cannot be written.
    """
    fresh = iter(codes_in_order(sum([not each.key for each in wanted]), now))
    draft, chain = PreparedBatch(fresh, engine), None
    for place, each in enumerate(wanted):
        if chain is None and each.linked:
            chain = place
        draft.chains.append(chain)
        chain = chain if each.linked else None
        if isinstance(each, Entry):
            _transfer(draft, each)
        else:
            _resolution(draft, each, pending)
    return draft


def _transfer(draft: PreparedBatch, entry: Entry) -> None:
    debit, credit = entry.debit, entry.credit
    kind: Kind = "pending" if entry.pending else "single"
    due = _utc(entry.due) if entry.pending and entry.due else None
    amount, serials, about = entry.amount, entry.serials, _about(entry)
    code = _named(draft, entry.key, about, debit.code)
    digest = digest_of(_made(Content, (kind, debit.code, credit.code, amount, "", due, serials, *about)))
    a, b = debit.id, credit.id
    draft.commands.append(_made(Command, (code, digest, a, b, amount, kind, "", due, entry.linked, serials)))
    draft.numbers.add(a)
    draft.numbers.add(b)
    if serials:
        draft.spans.setdefault(debit.asset_id, []).append(serials)


def _resolution(draft: PreparedBatch, wanted: Capture | Void, pending: Mapping[str, Pending]) -> None:
    hold = pending.get(wanted.hold)
    if hold is None:
        raise refusal_of("pending_not_found", wanted.hold)
    kind: Kind = "expire"
    amount = 0
    if isinstance(wanted, Capture):
        kind, amount = "post", hold.amount if wanted.amount is None else wanted.amount
    elif not wanted.expired:
        kind = "void"
    about = _about(wanted)
    code = _named(draft, wanted.key, about, wanted.hold)
    digest = digest_of(Content(kind, "", "", amount, wanted.hold, None, None, *about))
    draft.commands.append(Command(code, digest, amount=amount, kind=kind, pending=wanted.hold, linked=wanted.linked))
    draft.numbers.update((hold.debit, hold.credit))
    if hold.serials:
        draft.spans.setdefault(hold.asset, []).append(hold.serials)


def _named(draft: PreparedBatch, key: str, about: tuple[str, str], space: str) -> str:
    """Note key, cause and words of a command and return its code; a caller's key counts within its space."""
    draft.keys.append(key)
    draft.about.append(about)
    if not key:
        return next(draft.fresh)
    code = code_of(_text(key, "key"), draft.engine or space)
    draft.given.append(code)
    return code


def _about(wanted: Wanted) -> tuple[str, str]:
    """The cause and the words of what is wanted, as they are written."""
    if wanted.cause is None and not wanted.words:
        return SILENT
    cause = _text(str(wanted.cause), "cause") if wanted.cause else ""
    return cause, _text(" ".join(wanted.words.split()), "words") if wanted.words else ""


def _utc(moment: datetime) -> datetime:
    """The moment as the table gives it back, so that the hash of the content can be computed from the row."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Refusal("ledger.due", _NO_DAY, where="due") from None


def _text(text: str, name: str) -> str:
    if len(text) > _LENGTHS[name] or not text.isprintable():
        raise Refusal("ledger.text", _TEXT, where=name, remedy=_SHORTER)
    return text
