"""A package of Office Open XML: its members counted before one is unpacked, its parts found by their relationships."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from .faults import damaged, encrypted, too_large
from .tree import Element, parse

UNPACKED_MAX = 256 * 1024 * 1024
MARKUP_MAX = 32 * 1024 * 1024
"""So many bytes of XML are parsed of one package, all parts together: a tree takes ten times as much memory."""
MEMBERS_MAX = 5_000
_MAIN = re.compile(r"/relationships/officeDocument$")
_PIECE = 1 << 20


class Package:
    """An opened package; names of parts have no slash before them, and their case does not matter (ISO 29500-2 §6.2.2).

    Refusals: `markup.damaged`, `markup.encrypted`, `markup.too_large` for more than 256 MB unpacked or 5,000 members.
    """

    def __init__(self, content: bytes, *, unpacked: int = UNPACKED_MAX, markup: int = MARKUP_MAX) -> None:
        self._left = markup
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except Exception:  # a broken directory makes zipfile fail in many ways, all of which mean the same
            raise damaged() from None
        members = self._zip.infolist()
        if sum(member.file_size for member in members) > unpacked or len(members) > MEMBERS_MAX:
            raise too_large()
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        self._members: Mapping[str, zipfile.ZipInfo] = {_plain(member.filename): member for member in members}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def names(self) -> tuple[str, ...]:
        """Return the names of all members in lower case."""
        return tuple(self._members)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member, a megabyte at a time; `markup.damaged` when it is missing or its sum wrong."""
        try:
            with self._zip.open(self._members[_plain(name)]) as source:
                while piece := source.read(_PIECE):
                    yield piece
        except Exception:  # a missing member, a wrong CRC, a broken stream, a method nobody knows
            raise damaged() from None

    def tree(self, name: str) -> Element:
        """Return the root of a part that is XML.

        Refusals: `markup.damaged`, `markup.declared`, and `markup.too_large` when all trees together take more than may
        be parsed, whatever the parts are called.
        """
        member = self._members.get(_plain(name))
        self._left -= member.file_size if member else 0
        if self._left < 0:
            raise too_large()
        return parse(b"".join(self.pieces(name)))

    def main(self) -> str:
        """Return the name of the main part: the target of the package's own relationship; nothing when it has none."""
        return next((target for kind, target in self.related("").values() if _MAIN.search(kind)), "")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that a part names (the package itself for an empty name), by id: type and name."""
        folder, name = posixpath.split(_plain(part))
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self:
            return {}
        return {
            each.get("Id", ""): (each.get("Type", ""), _plain(posixpath.join(folder, each.get("Target", ""))))
            for each in self.tree(path)
            if each.get("TargetMode") != "External"
        }

    def part_of(self, part: str, kind: str) -> str:
        """Return the first part that a part names as `kind` (the last word of the type); nothing when there is none."""
        return next((target for type_, target in self.related(part).values() if type_.endswith(f"/{kind}")), "")

    def prove(self) -> None:
        """Read every member to its end; `markup.damaged` for one whose checksum is wrong."""
        for name in self._members:
            for _ in self.pieces(name):
                pass


def _plain(name: str) -> str:
    """Return the name of a part as it is looked up: slashes forward, none before it, no steps back, lower case."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower() if name else ""
