"""Statements, reports and notices in XML as ISO 20022 has them: camt.053, 052 and 054, versions 01 to 13, as a stream.

The message may stand in an envelope; a file may hold many statements, each told apart with `Begins`. A document type
declaration is refused: entities are how XML files attack their readers. Only booked entries count (`Sts` BOOK); an
entry with `RvslInd` already carries the direction of the reversal in `CdtDbtInd`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.bankcheck.api import Begins, Claim, Item

from .camtentry import (
    AGAIN,
    Element,
    Own,
    balance_code,
    balance_items,
    entry_items,
    interim_items,
    told_account,
    total_items,
)
from .xmlbytes import as_utf8

_MESSAGES = {"BkToCstmrStmt": "053", "BkToCstmrAcctRpt": "052", "BkToCstmrDbtCdtNtfctn": "054"}
_STATEMENTS = {"BkToCstmrStmt": "Stmt", "BkToCstmrAcctRpt": "Rpt", "BkToCstmrDbtCdtNtfctn": "Ntfctn"}
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.(05[234])\.001\.(0[1-9]|1[0-3])")
_ISO = "urn:iso:std:iso:20022:"
DEPTH_MAX, TEXT_MAX, ENTRY_MAX, BALANCES_MAX = 40, 4_000, 40_000_000, 1_000
_KEPT = ("Ntry", "Bal", "TxsSummry")


@dataclass
class _Reader:
    """The state of the stream: where it stands, the element being gathered, and what is ready to be told.

    `base` is the depth of the message (0 outside), so that below it a path means the same in every envelope.
    """

    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    size: int = 0
    currency: str = ""
    message: str = ""
    statement: str = ""
    known: bool = False
    base: int = 0
    gathered: Element | None = None
    depth: int = 0
    entries: int = 0
    statements: int = 0
    account: dict[str, str] = field(default_factory=dict)
    interim: list[Element] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    own: Own = field(default_factory=Own)
    ready: list[Item] = field(default_factory=list)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        if len(self.path) >= DEPTH_MAX:
            raise _refuse("depth", Text("文件嵌套过深。", "The file is nested too deeply."))
        self.path.append(local)
        self.text, self.size, self.currency = [], 0, attributes.get("Ccy", "")
        if self.gathered is None:
            self._outside(name, local)
        elif local == "TxDtls" and len(self.path) == self.depth + 2:
            self.gathered.begin_part()
            _bound(self.gathered)

    def data(self, characters: str) -> None:
        """Words of the element that is open, so many that no bank writes more."""
        if self.size < TEXT_MAX:
            self.text.append(characters)
            self.size += len(characters)

    def end(self, _name: str) -> None:
        """An element ends."""
        written = "".join(self.text).strip() if self.text else ""
        if self.gathered is None:
            if self.base:
                self._ended(written)
        else:
            if written:
                self._leaf(self.gathered, written)
            if len(self.path) == self.depth:
                self._gathered(self.gathered)
                self.gathered = None
        self.path.pop()
        self.text = []

    def _outside(self, name: str, local: str) -> None:
        """What begins outside of an entry, a balance or a summary: a message, a statement, or one of those."""
        if not self.base:
            space = name.rpartition(" ")[0]
            self.known = self.known or _NAMESPACE.fullmatch(space) is not None
            if local in _MESSAGES:
                self._message(space, local)
            return
        below = self.path[self.base :]
        if below == [self.statement]:
            self._begin()
        elif local in _KEPT and len(below) == 2 and below[0] == self.statement:
            self.entries += local == "Ntry"
            self.gathered = Element(local, self.entries if local == "Ntry" else 0)
            self.depth = len(self.path)

    def _ended(self, written: str) -> None:
        """What ends within a message, but outside of an entry, a balance or a summary."""
        below = self.path[self.base :]
        if written and below[1:2] == ["Acct"]:
            self.account["/".join(below[2:])] = written[:200]
        if below[1:] == ["Acct"]:
            self._told_account()
        elif len(below) == 1:
            self.ready += interim_items(self.interim, self.codes)
            self.interim, self.codes = [], set()
        elif not below:
            self.base = 0

    def _message(self, space: str, local: str) -> None:
        found = _NAMESPACE.fullmatch(space)
        if space.startswith(_ISO) and (found is None or found[1] != _MESSAGES[local]):
            raise _unknown(space)
        self.message, self.statement, self.base = local, _STATEMENTS[local], len(self.path)

    def _begin(self) -> None:
        self.statements += 1
        self.account, self.own = {}, Own()
        self.ready.append(Begins(self.entries + 1, f"{self.statements}", self.message != "BkToCstmrStmt"))

    def _leaf(self, element: Element, written: str) -> None:
        element.add("/".join(self.path[self.depth :]), written, self.currency)
        _bound(element)

    def _told_account(self) -> None:
        number, currency = told_account(self.account, self.own)
        if number:
            self.ready.append(Claim("account", 0, words=number))
        if currency:
            self.ready.append(Claim("currency", 0, words=currency))

    def _gathered(self, element: Element) -> None:
        if element.name == "Ntry":
            self.ready += entry_items(element, self.own)
        elif element.name == "TxsSummry":
            self.ready += total_items(element)
        else:
            self.codes.add(code := balance_code(element))
            self.interim += [element] if code == "ITBD" else []
            self.ready += balance_items(element)
            if len(self.interim) > BALANCES_MAX or len(self.codes) > BALANCES_MAX:
                raise _refuse("large", Text("一份对账单里的余额过多。", "A statement holds too many balances."))


def read_camt(chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield what a file says, statement by statement and entry by entry, problems among it.

    Refusals: `banking.xml.doctype`, `.encoding`, `.format` for another message, `.broken` with the line (a truncated
    file), `.depth`, `.large`, `.empty` without a statement.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    try:
        for chunk in as_utf8(chunks):
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
    if not reader.statements and not reader.known and not reader.message:
        raise _unknown("")
    if not reader.statements:
        raise _refuse("empty", Text("文件里没有对账单。", "The file holds no statement."))


def _bound(element: Element) -> None:
    if element.size > ENTRY_MAX:
        raise _refuse("large", Text("一笔记账里的内容过多。", "One entry holds too much."))


def _unknown(space: str) -> Refusal:
    said = space.removeprefix(_ISO)[:60]
    zh, en = (f"（写的是 {said}）", f" (it says {said})") if said else ("", "")
    message = Text(
        f"这不是 camt.052、053 或 054 的对账单（版本 01 至 13）{zh}。",
        f"This is no statement in camt.052, 053 or 054, versions 01 to 13{en}.",
    )
    return _refuse("format", message)


def _refuse_doctype(*_: object) -> None:
    message = Text(
        "文件带有文档类型或实体声明，不收。", "The file declares a document type or entities and is not taken."
    )
    raise _refuse("doctype", message)


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"banking.xml.{code}", message, where="file", remedy=AGAIN)
