"""How money outside the house is reached: one interface, and the one implementation there is, a file.

A channel that speaks to a bank by wire would be another class here; the verbs and pages would not change. None exists,
and none is pretended.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from qilian.core.papers.sheets.api import CSV, Line, Pieces, beginning, kind_of, read_csv, read_xlsx
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.bankmessage.api import as_utf8

from .heads import banks
from .kernel import (
    Item,
    Order,
    is_page,
    is_spreadsheet,
    looks_like_mt940,
    read_camt,
    read_mt940,
    read_page,
    read_spreadsheet,
    read_statement_csv,
    write_batch,
)


class Channel(Protocol):
    """What the house needs of a bank: statements to read, and a way to hand over payment orders."""

    @property
    def says(self) -> Text:
        """One sentence on what this channel is, shown on every page."""
        ...

    def read(self, pieces: Pieces) -> Iterator[Item]:
        """Yield what a statement says, without keeping the file in memory; Refusals for what cannot be read at all."""
        ...

    def write(self, number: str, payer: str, orders: Sequence[Order], currency: str) -> bytes:
        """Return the message that hands over a batch of orders; equal orders give equal bytes."""
        ...


class BankFile:
    """Bank files that a person carries: camt.05x, MT940 or a table in; a CSV batch out."""

    says = Text(
        "没有接入任何银行，文件由人传递",
        "No bank is connected: people carry files",
    )

    def read(self, pieces: Pieces) -> Iterator[Item]:
        """Read camt when the file begins like XML, MT940 when it has its fields, else a table (a page, a workbook)."""
        start = beginning(pieces)
        if _bare(start).startswith(b"<"):
            yield from _markup(_bare(start), pieces)
        elif looks_like_mt940(start):
            yield from read_mt940(pieces())
        elif start.startswith(_ZIP):
            yield from read_statement_csv(read_xlsx(b"".join(pieces()), merged=True), banks())
        elif start.startswith(_OLD_OFFICE) and WORKBOOKS:
            yield from read_statement_csv(WORKBOOKS[-1](b"".join(pieces())), banks())
        elif kind_of(start) == CSV:
            yield from read_statement_csv(read_csv(pieces), banks())
        else:
            message = Text("对账单须为 CSV、camt.053 XML 或 MT940。", "A statement is CSV, camt.053 XML or MT940.")
            remedy = Text("请在网银里选择 CSV 格式下载。", "Choose CSV when you download it from the bank.")
            raise Refusal("banking.format", message, where="file", remedy=remedy)

    def write(self, number: str, payer: str, orders: Sequence[Order], currency: str) -> bytes:
        """Write the batch as CSV."""
        return write_batch(number, payer, orders, currency=currency)


def _markup(start: bytes, pieces: Pieces) -> Iterator[Item]:
    """What begins with a tag: a page or a spreadsheet that calls itself .xls, else a message."""
    if is_spreadsheet(start):
        return read_statement_csv(read_spreadsheet(as_utf8(pieces())), banks())
    if is_page(start):
        return read_statement_csv(read_page(pieces()), banks())
    return read_camt(pieces())


def is_workbook(start: bytes) -> bool:
    """Whether the first bytes are those of a workbook, new or old, which the worker reads."""
    return start.startswith((_ZIP, _OLD_OFFICE))


def _bare(start: bytes) -> bytes:
    """The first bytes without marks of byte order, blanks and the zeros of UTF-16."""
    return start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


WORKBOOKS: list[Callable[[bytes], Iterator[Line]]] = []
"""What reads a workbook of before 2007, where one can be read: the library is heavy and only the worker loads it."""
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


CHANNELS: dict[str, Channel] = {"file": BankFile()}


def channel_of(name: str) -> Channel:
    """The channel of a bank account."""
    return CHANNELS[name]
