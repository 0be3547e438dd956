"""When two lines of two files are the same line: the same statement brought twice books nothing twice."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .reading import Entry


@dataclass
class Prints:
    """Gives each entry of one file its print; equal entries without serial and balance are counted within their day."""

    seen: Counter[bytes] = field(default_factory=Counter)  # by 16 bytes of their hash: a file may have a million

    def of(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
        """Yield entries with 32 hexadecimal digits that the same line has in every file."""
        for entry in entries:
            yield entry, self.print_of(entry)

    def print_of(self, entry: Entry) -> str:
        """The print of one entry: by day, amount and the bank's serial number, else by all that the bank says."""
        if entry.serial:
            said = f"serial|{entry.day}|{entry.fen}|{entry.serial}"
        elif entry.balance is not None:
            said = f"balance|{entry.day}|{entry.fen}|{entry.balance}|{entry.account}"
        else:
            said = f"plain|{entry.day}|{entry.fen}|{entry.account}|{entry.name}|{entry.summary}|{entry.reference}"
            same = hashlib.sha256(said.encode()).digest()[:16]
            self.seen[same] += 1
            said = f"{said}|{self.seen[same]}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]
