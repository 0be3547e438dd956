"""Statements in XML as ISO 20022 camt.053 has them: versions 001.02 and 001.08, read as a stream.

A document type declaration is refused: entities are how XML files attack their readers. Only booked entries count
(`Sts` BOOK); an entry with `RvslInd` already carries the direction of the reversal in `CdtDbtInd`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.parsers import expat

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.text import Refusal, Text

from .amounts import FEN_MAX
from .reading import Claim, Entry, Passed

NAMESPACES = ("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08")
DEPTH_MAX, TEXT_MAX = 40, 4_000
_AMOUNT = re.compile(r"-?\d{1,18}(?:\.\d{1,5})?")
_KEPT = ("Ntry", "Bal", "TxsSummry")
_DETAILS = "NtryDtls/TxDtls/"
_AGAIN = Text("请从银行重新下载 camt.053 文件。", "Download the camt.053 file from the bank again.")
Item = Entry | Claim | Passed | Problem


@dataclass
class _Element:
    """An element that is being read: the leaves below it by path, each with its text and currency."""

    name: str
    row: int
    leaves: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def text(self, *paths: str) -> str:
        return next((found[0][0] for path in paths if (found := self.leaves.get(path))), "")

    def texts(self, *paths: str) -> list[str]:
        return [text for path in paths for text, _ in self.leaves.get(path, ())]

    def currency(self, path: str) -> str:
        return next((currency for _, currency in self.leaves.get(path, ())), "")


@dataclass
class _Reader:
    """The state of the stream: where it stands, the element being gathered, and what is ready to be told."""

    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    currency: str = ""
    gathered: _Element | None = None
    depth: int = 0
    entries: int = 0
    statements: int = 0
    account: dict[str, str] = field(default_factory=dict)
    ready: list[Item] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.path and (local != "Document" or space not in NAMESPACES):
            message = Text(
                "这不是 camt.053.001.02 或 001.08 的对账单。", "This is no statement in camt.053.001.02 or 001.08."
            )
            raise _refuse("format", message)
        if len(self.path) >= DEPTH_MAX:
            raise _refuse("depth", Text("文件嵌套过深。", "The file is nested too deeply."))
        self.path.append(local)
        self.text, self.currency = [], attributes.get("Ccy", "")
        if local == "Stmt" and len(self.path) == 3:
            self.statements += 1
            if self.statements > 1:
                message = Text("文件里有不止一份对账单。", "The file holds more than one statement.")
                raise _refuse("several", message)
        if self.gathered is None and local in _KEPT and self.path[2:-1] == ["Stmt"]:
            self.entries += local == "Ntry"
            self.gathered = _Element(local, self.entries if local == "Ntry" else 0)
            self.depth = len(self.path)

    def data(self, characters: str) -> None:
        if sum(map(len, self.text)) < TEXT_MAX:
            self.text.append(characters)

    def end(self, _name: str) -> None:
        written = "".join(self.text).strip()
        if self.gathered is not None and written:
            below = "/".join(self.path[self.depth :])
            self.gathered.leaves.setdefault(below, []).append((written, self.currency))
        elif written and self.path[2:4] == ["Stmt", "Acct"]:
            self.account["/".join(self.path[4:])] = written
        if self.path[2:] == ["Stmt", "Acct"]:
            self.ready += _account(self.account)
        if self.gathered is not None and len(self.path) == self.depth:
            self.ready += _TOLD[self.gathered.name](self.gathered)
            self.gathered = None
        self.path.pop()
        self.text = []


def read_camt(chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield what a statement says, entry by entry, problems among it.

    Refusals: `banking.xml.doctype`, `.format` for another namespace, `.broken` with the line (a truncated file),
    `.depth`, `.several`, `.empty` without a statement.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from reader.ready
            reader.ready = []
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = Text(
            f"XML 在第 {error.lineno} 行损坏或被截断。", f"The XML is damaged or cut off in line {error.lineno}."
        )
        raise _refuse("broken", message) from None
    yield from reader.ready
    if not reader.statements:
        raise _refuse("empty", Text("文件里没有对账单。", "The file holds no statement."))


def _account(leaves: Mapping[str, str]) -> Iterator[Item]:
    number = leaves.get("Id/IBAN") or leaves.get("Id/Othr/Id", "")
    if number:
        yield Claim("account", 0, words=number.replace(" ", ""))
    if leaves.get("Ccy"):
        yield Claim("currency", 0, words=leaves["Ccy"])


def _entry(element: _Element) -> Iterator[Item]:
    status = element.text("Sts/Cd", "Sts")
    if status and status != "BOOK":
        yield Passed(element.row, "pending")
        return
    fen, day = _fen(element, "Amt"), _day(element.text("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"))
    sign = {"CRDT": 1, "DBIT": -1}.get(element.text("CdtDbtInd"))
    problems = [*_wrong_amount(element, fen), *_wrong_day(element, day), *_wrong_side(element, sign)]
    if problems or fen is None or day is None or sign is None:
        yield from problems
        return
    if fen == 0:
        yield Passed(element.row, "zero")
        return
    other = "Dbtr" if sign == 1 else "Cdtr"
    single = len(element.texts(_DETAILS + "Refs/EndToEndId")) < 2
    yield Entry(
        row=element.row,
        day=day,
        fen=sign * fen,
        name=_party(element, other) if single else "",
        account=_party_account(element, other) if single else "",
        summary=" ".join(dict.fromkeys(element.texts(_DETAILS + "RmtInf/Ustrd", "AddtlNtryInf")))[:400],
        serial=element.text("AcctSvcrRef", _DETAILS + "Refs/AcctSvcrRef", "NtryRef"),
        reference=_reference(element) if single else "",
        currency=element.currency("Amt"),
    )


def _reference(element: _Element) -> str:
    given = element.text(_DETAILS + "Refs/EndToEndId")
    return "" if given == "NOTPROVIDED" else given


def _party(element: _Element, role: str) -> str:
    below = f"{_DETAILS}RltdPties/{role}/"
    return element.text(below + "Pty/Nm", below + "Nm")


def _party_account(element: _Element, role: str) -> str:
    below = f"{_DETAILS}RltdPties/{role}Acct/Id/"
    return element.text(below + "IBAN", below + "Othr/Id").replace(" ", "")


def _balance(element: _Element) -> Iterator[Item]:
    kind = {"OPBD": "opening", "PRCD": "opening", "CLBD": "closing"}.get(element.text("Tp/CdOrPrtry/Cd"))
    if kind is None:
        return
    fen, sign = _fen(element, "Amt"), {"CRDT": 1, "DBIT": -1}.get(element.text("CdtDbtInd"), 1)
    yield from _wrong_amount(element, fen)
    if fen is not None:
        yield Claim(kind, 0, sign * fen)
    if element.currency("Amt"):
        yield Claim("currency", 0, words=element.currency("Amt"))


def _summary(element: _Element) -> Iterator[Item]:
    counts = {
        "count": "TtlNtries/NbOfNtries",
        "count_in": "TtlCdtNtries/NbOfNtries",
        "count_out": "TtlDbtNtries/NbOfNtries",
    }
    for what, path in counts.items():
        if element.text(path).isdigit():
            yield Claim(what, 0, int(element.text(path)))
    for what, path in {"inflow": "TtlCdtNtries/Sum", "outflow": "TtlDbtNtries/Sum"}.items():
        if element.text(path) and (fen := _fen(element, path)) is not None:
            yield Claim(what, 0, fen)
    net = _fen(element, "TtlNtries/TtlNetNtry/Amt", "TtlNtries/TtlNetNtryAmt")
    if net is not None:
        side = element.text("TtlNtries/TtlNetNtry/CdtDbtInd", "TtlNtries/CdtDbtInd")
        yield Claim("net", 0, -net if side == "DBIT" else net)


_TOLD = {"Ntry": _entry, "Bal": _balance, "TxsSummry": _summary}


def _fen(element: _Element, *paths: str) -> int | None:
    written = element.text(*paths)
    if not _AMOUNT.fullmatch(written):
        return None
    fen = Decimal(written) * 100
    whole = fen == fen.to_integral_value() and abs(fen) <= FEN_MAX
    return int(fen) if whole else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _wrong_amount(element: _Element, fen: int | None) -> Iterator[Problem]:
    if fen is None or fen < 0:
        written = element.text("Amt")[:30]
        yield _at(element.row, Text(f"“{written}”不是金额。", f"“{written}” is no amount."))


def _wrong_day(element: _Element, day: date | None) -> Iterator[Problem]:
    if day is None:
        yield _at(element.row, Text("没有记账日期。", "The booking date is missing."))


def _wrong_side(element: _Element, sign: int | None) -> Iterator[Problem]:
    if sign is None:
        yield _at(element.row, Text("没有写明借贷方向（CdtDbtInd）。", "It says neither CRDT nor DBIT."))


def _at(row: int, message: Text) -> Problem:
    return Problem(row, "", Text("", ""), message, _AGAIN)


def _refuse_doctype(*_: object) -> None:
    message = Text(
        "文件带有文档类型或实体声明，不收。", "The file declares a document type or entities and is not taken."
    )
    raise _refuse("doctype", message)


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"banking.xml.{code}", message, where="file", remedy=_AGAIN)
