"""How money outside the house is reached: one interface, and the one implementation there is, a file.

A channel that speaks to a bank by wire would be another class here; the verbs and pages would not change. None exists,
and none is pretended.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from qilian.core.papers.sheets.api import CSV, Pieces, Problem, beginning, kind_of, read_csv
from qilian.core.values.text import Refusal, Text

from .kernel import Claim, Entry, Order, Passed, read_camt, read_statement_csv, write_batch

Item = Entry | Claim | Passed | Problem


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
    """Bank files that a person carries: camt.053 or CSV in, a CSV batch out."""

    says = Text(
        "没有接入任何银行，文件由人传递",
        "No bank is connected: people carry files",
    )

    def read(self, pieces: Pieces) -> Iterator[Item]:
        """Read camt.053 when the file begins like XML, else CSV."""
        start = beginning(pieces)
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            yield from read_camt(pieces())
            return
        if kind_of(start) != CSV:
            message = Text("对账单须为 CSV 或 camt.053 XML。", "A statement is CSV or camt.053 XML.")
            remedy = Text("请在网银里选择 CSV 格式下载。", "Choose CSV when you download it from the bank.")
            raise Refusal("banking.format", message, where="file", remedy=remedy)
        yield from read_statement_csv(read_csv(pieces))

    def write(self, number: str, payer: str, orders: Sequence[Order], currency: str) -> bytes:
        """Write the batch as CSV."""
        return write_batch(number, payer, orders, currency=currency)


CHANNELS: dict[str, Channel] = {"file": BankFile()}


def channel_of(name: str) -> Channel:
    """The channel of a bank account."""
    return CHANNELS[name]
