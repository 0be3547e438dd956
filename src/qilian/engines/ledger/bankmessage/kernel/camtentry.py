"""What an entry, a balance and a summary of a camt message say: direction, days, parties, and the payments within.

ISO 20022 ReportEntry: the parties stand with each payment (`TxDtls`) and are those of the payment as it was first made:
of a return they stand the other way round. A collective booking is split into its payments when they make its amount
to the fen; else it stays whole and names nobody.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.text import Text
from qilian.engines.ledger.bankcheck.api import (
    FEN_MAX,
    Claim,
    Entry,
    Item,
    Note,
    Passed,
    bounded,
    not_an_amount,
    read_count,
    reference_of,
)

AGAIN = Text("请从银行重新下载 camt 文件。", "Download the camt file from the bank again.")
_AMOUNT = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,5})?")
_SIGNS = {"CRDT": 1, "DBIT": -1}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_DETAILS = "NtryDtls/TxDtls/"
_DAYS = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
_RELATED = ("RltdDts/AccptncDtTm", "RltdDts/IntrBkSttlmDt", "RltdDts/TxDtTm")
_WAITING = ("PDNG", "INFO", "FUTR")
_SERIAL_OF_ENTRY = 8  # signs: shorter references of an entry only number it within its message
_ROLES = ("Dbtr", "Cdtr")
_NAMES = {
    role: tuple(
        f"RltdPties/{form}/Nm"
        for form in (f"{role}/Pty", role, f"Ultmt{role}/Pty", f"Ultmt{role}", f"{role}/Agt/FinInstnId")
    )
    for role in _ROLES
}
_ACCOUNTS = {
    role: tuple(f"RltdPties/{role}Acct/Id/{form}" for form in ("IBAN", "Othr/Id", "PrtryAcct/Id", "BBAN"))
    for role in _ROLES
}
_REFERENCES = ("Refs/EndToEndId", "Refs/InstrId", "Refs/PmtInfId", "Refs/TxId")
_BATCHES = ("NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId")
Leaves = dict[str, list[tuple[str, str]]]


@dataclass
class Element:
    """An element that is being read: its leaves by path, with text and currency; those of each payment apart."""

    name: str
    row: int
    leaves: Leaves = field(default_factory=dict)
    parts: list[Leaves] = field(default_factory=list)
    size: int = 0

    def begin_part(self) -> None:
        """Begin a payment: what follows below its path is of it alone."""
        self.size += 100
        self.parts.append({})

    def add(self, path: str, text: str, currency: str) -> None:
        """Keep a leaf."""
        self.size += len(text) + 100
        leaves = self.leaves
        if self.parts and path.startswith(_DETAILS):
            leaves, path = self.parts[-1], path.removeprefix(_DETAILS)
        leaves.setdefault(path, []).append((text, currency))


@dataclass
class Own:
    """Whose statement it is: account numbers and names by which its parties are recognised."""

    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def told_account(leaves: Mapping[str, str], own: Own) -> tuple[str, str]:
    """Number and currency of the account of a statement; `own` learns its numbers and names."""
    number = (
        leaves.get("Id/IBAN") or leaves.get("Id/Othr/Id") or leaves.get("Id/PrtryAcct/Id") or leaves.get("Id/BBAN", "")
    )
    number = number.replace(" ", "")
    own.numbers = frozenset(filter(None, (number,)))
    named = (leaves.get("Nm"), leaves.get("Ownr/Nm"), leaves.get("Ownr/Pty/Nm"))
    own.names = frozenset(_folded(name) for name in named if name)
    return number, leaves.get("Ccy", "")


def entry_items(element: Element, own: Own) -> Iterator[Item]:
    """The entry, or the payments of a collective one; Passed when it is not booked; problems otherwise."""
    status = _text(element.leaves, "Sts/Cd", "Sts", "Sts/Prtry").upper()
    if status in _WAITING:
        yield Passed(element.row, "pending")
        return
    if status and not status.startswith("BOOK"):
        yield _at(element.row, Text(f"认不出状态“{status[:20]}”。", f"The state “{status[:20]}” is not known."))
        return
    written = _text(element.leaves, "Amt")
    fen, day, sign = _fen(written), _entry_day(element), _SIGNS.get(_text(element.leaves, "CdtDbtInd"))
    if fen is None or fen < 0:
        yield _at(element.row, not_an_amount(written))
    if day is None:
        yield _at(element.row, Text("没有记账日期。", "The booking date is missing."))
    if sign is None:
        yield _at(element.row, Text("没有写明借贷方向（CdtDbtInd）。", "It says neither CRDT nor DBIT."))
    if fen is None or fen < 0 or day is None or sign is None:
        return
    if fen == 0:
        yield Passed(element.row, "zero")
        return
    yield from _payments(element, own, day, sign * fen)


def balance_items(element: Element) -> Iterator[Item]:
    """The opening or closing balance of a statement; nothing of others."""
    what = {"OPBD": "opening", "PRCD": "opening", "CLBD": "closing"}.get(balance_code(element))
    if what:
        yield from _balance(what, element)


def balance_code(element: Element) -> str:
    """The code of a balance: OPBD, CLBD, ITBD …"""
    return _text(element.leaves, "Tp/CdOrPrtry/Cd")


def interim_items(interim: Sequence[Element], codes: Collection[str]) -> Iterator[Item]:
    """Interim balances stand for an opening or closing one that is missing, as the pages of a statement have it."""
    if not {"OPBD", "PRCD"} & set(codes) and len(interim) > ("CLBD" not in codes):
        yield from _balance("opening", interim[0])
    if "CLBD" not in codes and interim:
        yield from _balance("closing", interim[-1])


def total_items(element: Element) -> Iterator[Item]:
    """The counts and sums that a statement claims."""
    counts = {"count": "TtlNtries", "count_in": "TtlCdtNtries", "count_out": "TtlDbtNtries"}
    for what, path in counts.items():
        written = _text(element.leaves, f"{path}/NbOfNtries")
        if written:
            try:
                yield Claim(what, 0, read_count(written))
            except ValueError:
                shown = written[:30]
                yield _at(0, Text(f"“{shown}”不是笔数。", f"“{shown}” is no number of entries."))
    for what, path in {"inflow": "TtlCdtNtries/Sum", "outflow": "TtlDbtNtries/Sum"}.items():
        fen = _fen(_text(element.leaves, path))
        if fen is not None:
            yield Claim(what, 0, fen)
    net = _fen(_text(element.leaves, "TtlNtries/TtlNetNtry/Amt", "TtlNtries/TtlNetNtryAmt"))
    if net is not None:
        side = _text(element.leaves, "TtlNtries/TtlNetNtry/CdtDbtInd", "TtlNtries/CdtDbtInd")
        yield Claim("net", 0, -net if side == "DBIT" else net)


def _balance(what: str, element: Element) -> Iterator[Item]:
    written = _text(element.leaves, "Amt")
    fen, sign = _fen(written), _SIGNS.get(_text(element.leaves, "CdtDbtInd"), 1)
    currency = _currency(element.leaves, "Amt")
    if fen is None or fen < 0:
        yield _at(0, not_an_amount(written))
    else:
        yield Claim(what, 0, sign * fen, day=_day(_text(element.leaves, "Dt/Dt", "Dt/DtTm")))
    if currency:
        yield Claim("currency", 0, words=currency)


def _payments(element: Element, own: Own, day: date, fen: int) -> Iterator[Item]:
    """One entry when there is one payment or none that adds up; else an entry for each payment."""
    if len(element.parts) < 2:
        yield _entry(element, element.parts[0] if element.parts else {}, own, day, fen, 0)
        return
    amounts = [_part_fen(part, element, fen) for part in element.parts]
    known = [each for each in amounts if each is not None]
    if len(known) == len(amounts) and sum(known) == fen and 0 not in known:
        for place, (part, amount) in enumerate(zip(element.parts, known, strict=True), 1):
            yield _entry(element, part, own, day, amount, place)
        return
    yield _entry(element, {}, own, day, fen, 0)
    message = Text(
        f"第 {element.row} 笔汇总 {len(element.parts)} 笔付款，但明细金额合不成总额，按一笔读入，不写对方。",
        f"Entry {element.row} gathers {len(element.parts)} payments whose amounts do not make its sum: it is read "
        "as one, without another party.",
    )
    yield Note(element.row, message)


def _part_fen(part: Leaves, element: Element, fen: int) -> int | None:
    """What one payment of a collective booking moved, in the currency of the booking."""
    for path in ("AmtDtls/TxAmt/Amt", "Amt", "AmtDtls/InstdAmt/Amt"):
        amount, currency = _fen(_text(part, path)), _currency(part, path)
        if amount is not None and currency in ("", _currency(element.leaves, "Amt")):
            sign = _SIGNS.get(_text(part, "CdtDbtInd"))
            return amount * (sign if sign is not None else 1 if fen > 0 else -1)
    return None


def _entry(element: Element, part: Leaves, own: Own, day: date, fen: int, place: int) -> Entry:
    name, account = _other(element, part, own, fen)
    words = _texts(part, "RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "AddtlTxInf")
    words += _texts(element.leaves, "AddtlNtryInf")
    given = [*_texts(part, *_REFERENCES), *_texts(element.leaves, *_BATCHES)]
    return Entry(
        row=element.row,
        day=day,
        fen=fen,
        name=name,
        account=account,
        summary=" ".join(dict.fromkeys(words))[:400],
        serial=_serial(element, part),
        reference=next((said for text in given if (said := reference_of(text))), ""),
        currency=_currency(element.leaves, "Amt"),
        part=place,
    )


def _serial(element: Element, part: Leaves) -> str:
    """The bank's number: of the payment, of the entry, else the entry's reference when it is more than its place."""
    numbers = (
        *_texts(part, "Refs/AcctSvcrRef"),
        *_texts(element.leaves, "AcctSvcrRef"),
        *_texts(part, "Refs/Prtry/Ref"),
    )
    found = next(filter(None, map(reference_of, numbers)), "")
    if found:
        return found
    reference = reference_of(_text(element.leaves, "NtryRef"))
    return reference if len(reference) >= _SERIAL_OF_ENTRY else ""


def _other(element: Element, part: Leaves, own: Own, fen: int) -> tuple[str, str]:
    """The party that is not the holder: known by account, by name, else by direction; a return turns the direction."""
    parties = {role: (_party(part, role), _account(part, role)) for role in _ROLES}
    mine = [role for role, each in parties.items() if _is_own(own, *each)]
    if len(mine) == 1:
        return parties["Cdtr" if mine == ["Dbtr"] else "Dbtr"]
    returned = _text(element.leaves, "RvslInd") in ("true", "1") or any(path.startswith("RtrInf") for path in part)
    usual, turned = ("Dbtr", "Cdtr") if fen > 0 else ("Cdtr", "Dbtr")
    return parties[turned if returned else usual]


def _is_own(own: Own, name: str, account: str) -> bool:
    """Whether a party is the holder: by account, else by name."""
    return account in own.numbers if account else bool(name) and _folded(name) in own.names


def _party(part: Leaves, role: str) -> str:
    return _text(part, *_NAMES[role])


def _account(part: Leaves, role: str) -> str:
    return _text(part, *_ACCOUNTS[role]).replace(" ", "")


def _entry_day(element: Element) -> date | None:
    for path in _DAYS:
        written = _text(element.leaves, path)
        if written:
            return _day(written)
    return next((day for part in element.parts for path in _RELATED if (day := _day(_text(part, path)))), None)


def _day(written: str) -> date | None:
    if not _DAY.match(written):
        return None
    try:
        return bounded(date.fromisoformat(written[:10]))
    except ValueError:
        return None


def _fen(written: str) -> int | None:
    if not _AMOUNT.fullmatch(written):
        return None
    fen = Decimal(written) * 100
    whole = fen == fen.to_integral_value() and abs(fen) <= FEN_MAX
    return int(fen) if whole else None


def _text(leaves: Leaves, *paths: str) -> str:
    for path in paths:
        found = leaves.get(path)
        if found:
            return found[0][0]
    return ""


def _texts(leaves: Leaves, *paths: str) -> list[str]:
    return [text for path in paths if path in leaves for text, _ in leaves[path]]


def _currency(leaves: Leaves, path: str) -> str:
    found = leaves.get(path)
    return found[0][1] if found else ""


def _folded(name: str) -> str:
    return "".join(name.casefold().split())


def _at(row: int, message: Text) -> Problem:
    return Problem(row, "", Text("", ""), message, AGAIN)
