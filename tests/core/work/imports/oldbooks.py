"""Workbooks in the format before 2007, written by hand: BIFF8 records ([MS-XLS]) in a compound file ([MS-CFB])."""

import struct

SECTOR = 512
GLOBALS, SHEET = 0x0005, 0x0010


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def string(text: str, length: str = "<H") -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, place: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, place))


def truth(row: int, column: int, value: int, *, error: bool = False) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, error))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def style(format_key: int) -> bytes:
    return record(0x00E0, struct.pack("<HHHBBBBIIH", 0, format_key, 0, 0, 0, 0, 0, 0, 0, 0))


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 0x06))


def old_book(
    *cells: bytes, strings: tuple[str, ...] = (), formats: tuple[tuple[int, str], ...] = (), from_1904: int = 0
) -> bytes:
    """A workbook of one sheet; style 0 is plain, 1 the built-in day 31, each further one a format of `formats`."""
    font = record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + string("A", "<B"))
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(map(string, strings))
    head = (
        begin(GLOBALS)
        + record(0x0042, struct.pack("<H", 1200))
        + record(0x0022, struct.pack("<H", from_1904))
        + font * 4
    )
    head += b"".join(record(0x041E, struct.pack("<H", key) + string(code)) for key, code in formats)
    head += style(0) + style(31) + b"".join(style(key) for key, _ in formats)
    tail = record(0x00FC, shared) + record(0x000A)
    sheet = begin(SHEET) + b"".join(cells) + record(0x000A)
    listed = struct.pack("<IBB", 0, 0, 0) + string("a", "<B")
    place = len(head) + len(record(0x0085, listed)) + len(tail)
    return compound(head + record(0x0085, struct.pack("<I", place) + listed[4:]) + tail + sheet)


def compound(stream: bytes) -> bytes:
    """A compound file of one stream called Workbook."""
    stream = stream.ljust(4096, b"\x00")
    count = -(-len(stream) // SECTOR)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = (name + "\0").encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            written.ljust(64, b"\0")
            + struct.pack("<H", len(written))
            + links
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream)) + b"\0" * 256
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (SECTOR - len(header) - 4)
    return header + fat + folder + stream.ljust(count * SECTOR, b"\0")
