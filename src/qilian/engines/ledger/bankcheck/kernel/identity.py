"""When two lines of two files are the same line: the same statement brought twice books nothing twice.

A reference alone makes no line: a payment and its fee share it, so do a payment and its reversal, and many banks write
one voucher number on every line. A line is its day and amount with the bank's number and the balance after it, where
they are written; else all that the bank says of it. Lines that are equal even so are counted within their file.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .reading import Entry


@dataclass
class Prints:
    """Gives each entry of one file its print; equal entries are counted in the order of the file."""

    seen: Counter[bytes] = field(default_factory=Counter)  # by 16 bytes of their hash: a file may have a million

    def of(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
        """Yield entries with 32 hexadecimal digits that the same line has in every file."""
        for entry in entries:
            yield entry, self.print_of(entry)

    @staticmethod
    def former(entry: Entry) -> str:
        """The print of an entry with a number before balances were part of it: lines booked then are known by it."""
        return hashlib.sha256(f"serial|{entry.day}|{entry.fen}|{entry.serial}".encode()).hexdigest()[:32]

    def print_of(self, entry: Entry) -> str:
        """The print of one entry; the second of two equal ones has another than the first."""
        plain = False
        if entry.serial:
            said = f"serial|{entry.day}|{entry.fen}|{entry.serial}"
            said = said if entry.balance is None else f"{said}|{entry.balance}"
        elif entry.balance is not None:
            said = f"balance|{entry.day}|{entry.fen}|{entry.balance}|{entry.account}"
        else:
            plain = True
            said = f"plain|{entry.day}|{entry.fen}|{entry.account}|{entry.name}|{entry.summary}|{entry.reference}"
        first = hashlib.sha256(said.encode())
        self.seen[first.digest()[:16]] += 1
        count = self.seen[first.digest()[:16]]
        if plain or count > 1:
            return hashlib.sha256(f"{said}|{count}".encode()).hexdigest()[:32]
        return first.hexdigest()[:32]
