"""Statements in SWIFT's MT940, MT950 and MT942: fields of lines between colons, many messages in one file.

SWIFT Standards MT, category 9: `:61:` is a line, the `:86:` behind it says whom and what for: in the structure of
German banks (?20 … ?33), with code words between strokes, or in plain words. RC and RD take a credit or a debit back.
What goes on on another page (60M, 62M) is a statement of its own here: its balances follow each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.bankcheck.api import (
    FEN_MAX,
    Begins,
    Claim,
    Entry,
    Item,
    Passed,
    bounded,
    not_an_amount,
    read_count,
    reference_of,
)

LINE_MAX, FIELD_MAX = 10_000, 200
_BEGINS = re.compile(rb"(?:^|[\r\n]|\{4:)\s*:20:[^\r\n]*[\r\n]")
_PAIR = re.compile(rb"[\x81-\xfe]{2}")
_FIELD = re.compile(r":([0-9]{2}[A-Z]?|NS):(.*)", re.DOTALL)
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9.,]{1,20})")
_LINE = re.compile(
    r"([0-9]{6})([0-9]{4})?(R[CD]|E[CD]|[CD])([A-Z]?)([0-9][0-9.,]{0,19})([A-Z][A-Z0-9]{3})(.*?)(?://(.*))?"
)
_TOTAL = re.compile(r"([0-9]{1,12})([A-Z]{3})([0-9.,]{1,20})")
_STRUCTURED = re.compile(r"[0-9]{3}([?~^<+@])[0-9]{2}")
_CODED = re.compile(
    r"/(EREF|REMI|NAME|IBAN|CNTP|KREF|BIC|ORDP|BENM|TRCD|MARF|CSID|RTRN|PREF|PURP|ULTC|ULTB|ADDR|ISDT|ACCW)/"
)
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+")
_SIGNS = {"C": 1, "RD": 1, "D": -1, "RC": -1}
_AGAIN = Text("请从银行重新下载。", "Download the file from the bank again.")


@dataclass
class _Reader:
    """The message that is being read: what it told before its first line, and the line that waits for its words."""

    entry: Entry | None = None
    waiting: list[Item] = field(default_factory=list)  # until it is known what kind of message it is
    begun: int = 0
    told: bool = False
    bare: bool = False
    closed: bool = False
    ready: list[Item] = field(default_factory=list)

    def take(self, tag: str, lines: Sequence[str], row: int) -> None:
        """Take a field with its lines; `row` is where it stands."""
        if tag == "20":
            self.finish()
            self.begun, self.told, self.bare, self.closed = row, False, False, False
        elif not self.begun:
            raise _refuse("format", Text("文件不以 :20: 开始。", "The file does not begin with :20:."))
        elif tag in ("25", "25P"):
            self.waiting.append(Claim("account", row, words=re.sub(r"[ \-]", "", lines[0])[:60]))
        elif tag in ("60F", "60M", "62F", "62M"):
            self._balance("opening" if tag.startswith("60") else "closing", lines[0], row)
        elif tag in ("90C", "90D"):
            self.waiting += _total(tag == "90C", lines[0], row)
        elif tag == "61":
            self.flush()
            self._line(lines, row)
        elif tag == "86" and self.entry is not None:
            self.entry = with_words(self.entry, lines)
            self.flush()
        else:
            self.bare = self.bare or tag in ("13D", "34F")
            self.waiting.append(Passed(row, "text"))

    def finish(self) -> None:
        """End a message; one without its closing balance was cut off."""
        self.flush()
        if self.begun and not self.closed and not self.bare:
            message = Text(
                "对账单没有期末余额（:62F:），文件可能被截断。",
                "The statement has no closing balance (:62F:): the file may be cut off.",
            )
            self.ready.append(_at(self.begun, message))
        self.begun = 0

    def flush(self) -> None:
        """Let go what is known."""
        if self.begun and not self.told:
            self.ready.append(Begins(self.begun, bare=self.bare))
            self.told = True
        self.ready += self.waiting
        if self.entry is not None:
            self.ready.append(self.entry)
        self.waiting, self.entry = [], None

    def _balance(self, what: str, written: str, row: int) -> None:
        self.closed = self.closed or what == "closing"
        found = _BALANCE.match(written)
        fen = _fen(found[4]) if found else None
        if found is None or fen is None:
            self.waiting.append(_at(row, not_an_amount(written)))
            return
        if what == "closing":
            self.flush()
        self.waiting.append(Claim(what, row, _SIGNS[found[1]] * fen, day=_day(found[2])))
        self.waiting.append(Claim("currency", row, words=found[3]))

    def _line(self, lines: Sequence[str], row: int) -> None:
        found = _LINE.fullmatch(lines[0].rstrip())
        fen = _fen(found[5]) if found else None
        day = _entry_day(found[1], found[2]) if found else None
        if found is None or fen is None or day is None:
            shown = lines[0][:30]
            message = Text(f"读不懂这一行：“{shown}”。", f"This line cannot be read: “{shown}”.")
            self.waiting.append(_at(row, message))
        elif found[3] not in _SIGNS:
            self.waiting.append(Passed(row, "pending"))
        elif not fen:
            self.waiting.append(Passed(row, "zero"))
        else:
            summary = " ".join(filter(None, (each.strip() for each in lines[1:])))
            self.entry = Entry(
                row=row,
                day=day,
                fen=_SIGNS[found[3]] * fen,
                summary=summary[:400],
                serial=reference_of(found[8] or ""),
                reference=reference_of(found[7]),
            )


def looks_like_mt940(start: bytes) -> bool:
    """Whether the first bytes of a file are those of a message."""
    return _BEGINS.search(start) is not None and b":25" in start


def read_mt940(chunks: Iterable[bytes]) -> Iterator[Item]:
    """Yield what a file says, message by message, problems among it.

    Refusals: `banking.mt940.format`, `.long` for a line or a field that no message has.
    """
    reader = _Reader()
    tag, lines, begun = "", list[str](), 0
    for row, line in enumerate(_lines(chunks), 1):
        text = line.rpartition("{4:")[2].rstrip("\r")
        found = _FIELD.fullmatch(text)
        ended = text.rstrip() == "-" or text.startswith("-}")
        if tag and (found or ended):
            reader.take(tag, lines, begun)
            tag = ""
        if found:
            tag, lines, begun = found[1], [found[2]], row
        elif ended:
            reader.finish()
        elif tag:
            lines.append(text)
            if len(lines) > FIELD_MAX:
                raise _refuse("long", Text(f"第 {begun} 行的字段太长。", f"The field of row {begun} is too long."))
        else:
            reader.ready.append(Passed(row, "text" if text.strip() else "blank"))
        yield from reader.ready
        reader.ready = []
    if tag:
        reader.take(tag, lines, begun)
    reader.finish()
    yield from reader.ready


def with_words(entry: Entry, lines: Sequence[str]) -> Entry:
    """An entry with what the field behind it says: the other party, its account, the purpose, the payer's reference."""
    whole = "".join(lines)
    structured = _STRUCTURED.match(whole)
    if structured:
        said = _structured(whole[3:], structured[1])
    elif _CODED.search(whole):
        said = _coded(whole)
    else:
        said = {"summary": " ".join(line.strip() for line in lines)}
    summary = " ".join(dict.fromkeys(filter(None, (entry.summary, said.get("summary", "").strip()))))
    return replace(
        entry,
        name=said.get("name", "").strip()[:200],
        account=said.get("account", "").replace(" ", "")[:60],
        summary=summary[:400],
        reference=entry.reference or reference_of(said.get("reference", "")),
    )


def _structured(text: str, mark: str) -> Mapping[str, str]:
    """?00 posting text, ?20 to ?29 and ?60 to ?63 purpose, ?31 account, ?32 and ?33 name."""
    fields: dict[str, str] = {}
    for part in text.split(mark)[1:]:
        fields[part[:2]] = fields.get(part[:2], "") + part[2:]
    purpose = "".join(fields[code] for code in sorted(fields) if code[:1] in ("2", "6"))
    words = _SEPA.split(purpose)
    coded = dict(zip(words[1::2], words[2::2], strict=True))
    return {
        "name": fields.get("32", "") + fields.get("33", ""),
        "account": fields.get("31", "") or coded.get("IBAN", ""),
        "summary": " ".join(filter(None, (fields.get("00", ""), coded.get("SVWZ", "") if coded else purpose))),
        "reference": coded.get("EREF", ""),
    }


def _coded(text: str) -> Mapping[str, str]:
    """/NAME/, /IBAN/, /CNTP/account/bic/name, /REMI/, /EREF/."""
    words = _CODED.split(text)
    coded = dict(zip(words[1::2], (each.strip("/ ") for each in words[2::2]), strict=True))
    counterparty = coded.get("CNTP", "").split("/")
    return {
        "name": coded.get("NAME", "") or "".join(counterparty[2:3]),
        "account": coded.get("IBAN", "") or counterparty[0],
        "summary": re.sub(r"^(?:USTD|STRD)?/*", "", coded.get("REMI", "")) or words[0].strip(),
        "reference": coded.get("EREF", ""),
    }


def _total(into: bool, written: str, row: int) -> Iterator[Item]:
    found = _TOTAL.match(written)
    fen = _fen(found[3]) if found else None
    if found is None or fen is None:
        yield _at(row, not_an_amount(written))
        return
    yield Claim("count_in" if into else "count_out", row, read_count(found[1]))
    yield Claim("inflow" if into else "outflow", row, fen)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a file, each in UTF-8, GB 18030 or Latin, whichever it is."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield _decoded(line)
        if len(rest) > LINE_MAX:
            raise _refuse("long", Text("有一行太长。", "A line is too long."))
    if rest:
        yield _decoded(rest)


def _decoded(line: bytes) -> str:
    if len(line) > LINE_MAX:
        raise _refuse("long", Text("有一行太长。", "A line is too long."))
    chinese = _PAIR.search(line) is not None  # one such byte alone between letters is Latin
    for codec in ("utf-8-sig", "gb18030") if chinese else ("utf-8-sig",):
        try:
            return line.decode(codec)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _fen(written: str) -> int | None:
    """An amount with a comma for its decimals: 1234,5 is 1,234.50."""
    whole, _, cents = written.replace(".", ",").partition(",")
    if not (whole.isascii() and whole.isdigit()) or not ((cents.isascii() and cents.isdigit()) or not cents):
        return None
    fen = Decimal(f"{whole}.{cents or 0}") * 100
    return int(fen) if fen == fen.to_integral_value() and fen <= FEN_MAX else None


def _day(written: str) -> date | None:
    year = int(written[:2])
    try:
        return bounded(date(year + (1900 if year >= 80 else 2000), int(written[2:4]), int(written[4:6])))
    except ValueError:
        return None


def _entry_day(value: str, entry: str | None) -> date | None:
    """The day of booking: month and day of the entry in the year that lies nearest to the value date."""
    day = _day(value)
    if day is None or not entry:
        return day
    months = int(entry[:2]) - day.month
    year = day.year + (1 if months < -6 else -1 if months > 6 else 0)
    try:
        return bounded(date(year, int(entry[:2]), int(entry[2:])))
    except ValueError:
        return None


def _at(row: int, message: Text) -> Problem:
    return Problem(row, "", Text("", ""), message, _AGAIN)


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"banking.mt940.{code}", message, where="file", remedy=_AGAIN)
