"""Statements as Chinese banks write them in tables: lines before the titles, columns of money, sums at the end.

Rows are read one by one: the file may be long. Every row is told: as an entry, a claim, a problem, or passed over with
its reason.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice, pairwise

from qilian.core.papers.sheets.api import Line, Problem
from qilian.core.values.text import Text
from qilian.engines.ledger.bankcheck.api import (
    AMOUNT_REMEDY,
    Claim,
    Entry,
    Item,
    Note,
    Passed,
    not_an_amount,
    read_amount,
    read_day,
    reference_of,
    untrue,
)

from .heads import COMMON, MONEY, Heads, Layout, layout_below, layout_of, title_of
from .remarks import ROUNDED_REMEDY, balance_named, claims_of, currency_of, labels_of, rounded_number, table_claims

HEADER_WITHIN = 30
"""The titles stand in one of the first thirty rows; before them banks write the account, the holder and the term."""

AHEAD = 40
"""So many rows are looked at to find out whether what goes out is written with a minus."""

_TITLES: Mapping[str, Text] = {
    "day": Text("交易日期", "date"),
    "out": Text("借方发生额（支出）", "paid out"),
    "in": Text("贷方发生额（收入）", "paid in"),
    "amount": Text("交易金额", "amount"),
    "side": Text("借贷标志", "debit or credit"),
    "balance": Text("余额", "balance"),
    "currency": Text("币种", "currency"),
}
_NUMBERS: Mapping[str, Text] = {
    "own": Text("本方账号", "own account"),
    "account": Text("对方账号", "account of the other side"),
    "payer_account": Text("付款账号", "payer's account"),
    "payee_account": Text("收款账号", "payee's account"),
    "serial": Text("流水号", "the bank's number"),
}
_BLANKS = re.compile(r"[\s\-'`]")
_WORDS = re.compile(r"[^\s()/·]+")
_MONEY_WORDS = re.compile(r"金额|发生|收入|支出|借|贷|余额|进账|出账|手续费|费用|amount|debit|credit|balance|paid|fee")
_OUTWARD = frozenset(
    (
        "借",
        "支",
        "付",
        "支出",
        "支取",
        "借方",
        "付款",
        "往账",
        "汇出",
        "转出",
        "出账",
        "D",
        "DR",
        "DBIT",
        "DEBIT",
        "OUT",
    )
)
_INWARD = frozenset(
    ("贷", "收", "收入", "存入", "贷方", "收款", "来账", "汇入", "转入", "入账", "C", "CR", "CRDT", "CREDIT", "IN")
)
_NEITHER = frozenset(("", "/", "-", "不计收支", "中性", "中性交易", "其他", "不计"))
_CLOSED = re.compile(r"交易关闭|交易失败|支付失败|已关闭|已撤销|失败$")
_SUMS = ("合计", "总计", "共计", "total", "人民币合计", "本币合计")
_SUBTOTALS = ("小计", "本页", "本日", "本月", "本年", "累计", "总笔数", "以下空白", "以上", "打印", "subtotal")
_PARTY_MAX = 200  # characters of a name and an account in one cell
_PARTY = re.compile(r"([0-9*]{6,})[\s/]*(\D.*)|(.*?)[\s/]*([0-9*]{6,})")


def read_statement_csv(lines: Iterable[Line], banks: Sequence[Heads] = ()) -> Iterator[Item]:
    """Yield what a statement says, row by row, problems among it; nothing is kept in memory.

    `banks` are the words of the banks that are known; the words of all banks are known without them.
    """
    rows = iter(lines)
    before: list[Line] = []
    layout = None
    for line in islice(rows, HEADER_WITHIN):
        layout = layout_of(line.cells, banks)
        if layout is not None:
            break
        before.append(line)
    if layout is None:
        yield from _no_header(before)
        return
    head = line.number
    below = next(rows, None)
    lower = None if below is None else layout_below(line.cells, below.cells, banks)
    if below is not None and lower is None:
        rows = chain((below,), rows)
    elif below is not None and lower is not None:
        layout = lower
        yield Passed(below.number, "head")
    claims = [item for line in before for item in _before(line, layout.heads.loose)]
    yield from claims
    yield from _of_layout(layout, head)
    ahead = list(islice(rows, AHEAD))
    table = _Table(layout, head, _with_minus(layout, ahead))
    table.proven = any(isinstance(each, Claim) and each.what in ("inflow", "outflow") for each in claims)
    for line in chain(ahead, rows):
        yield from table.read(line)
    yield from table.end()


def _before(line: Line, loose: bool) -> Iterator[Item]:
    yield from claims_of(line, loose)
    blank = not any(cell.strip() for cell in line.cells)
    yield Passed(line.number, "blank" if blank else "before")


def _of_layout(layout: Layout, row: int) -> Iterator[Item]:
    """What the titles alone say: columns that are missing, claimed twice or known to nobody."""
    yield Passed(row, "head")
    names = layout.places
    for name in () if "amount" in names and not {"in", "out"} & names.keys() else ("out", "in"):
        if name not in names:
            message = Text(f"缺少“{_TITLES[name].zh}”这一列。", f"The column “{_TITLES[name].en}” is missing.")
            yield Problem(row, "", _TITLES[name], message, _DOWNLOAD)
    for name, titles in layout.twice.items():
        listed = "、".join(title[:20] for title in titles)
        message = Text(
            f"有不止一列是“{_TITLES[name].zh}”：{listed}。", f"More than one column is “{_TITLES[name].en}”: {listed}."
        )
        yield Problem(row, "", _TITLES[name], message, Text("请只保留其中一列。", "Keep one of them."))
    yield from _unknown(layout, row)
    if layout.unread:
        listed = "、".join(title[:20] for title in layout.unread[:30])
        yield Note(row, Text(f"没有用到的列：{listed}。", f"Columns that are not needed: {listed}."))


def _unknown(layout: Layout, row: int) -> Iterator[Item]:
    """Columns that nobody knows: one that speaks of money is a problem wherever an amount may be missed by it."""
    money = [title for title in layout.unknown if _MONEY_WORDS.search(title_of(title))]
    sure = "balance" in layout.places and ("in" in layout.places or "amount" in layout.places)
    missing = "amount" not in layout.places and not {"in", "out"} <= layout.places.keys()
    refused = layout.unknown if missing else () if sure else money
    if refused:
        listed = "、".join(title[:20] for title in refused[:30])
        message = Text(f"认不出这些列名：{listed}。", f"These titles of columns are not known: {listed}.")
        yield Problem(row, "", Text("表头", "column titles"), message, _RENAME)
    rest = [title for title in layout.unknown if title not in refused]
    if rest:
        listed = "、".join(title[:20] for title in rest[:30])
        message = Text(f"认不出、没有读的列：{listed}。", f"Columns that are not known and not read: {listed}.")
        yield Note(row, message)


def _with_minus(layout: Layout, ahead: Sequence[Line]) -> bool:
    """Whether what goes out is written with a minus, in its own column or beside a mark of its side.

    A minus may also take a payment back (冲正): the balances tell which it is, else the habit of the bank.
    """
    table = _Table(layout, 0, True)
    moved = [(*pair, balance) for line in ahead for pair, balance in table.tried(line)]
    outgoing = [out for out, _, _ in moved if out]
    if not outgoing or max(outgoing) < 0:
        return False
    chains = [(balance, into - out, into + out) for out, into, balance in moved if balance is not None]
    fits = [0, 0]
    for (old, *before), (new, *after) in pairwise(chains):
        for which in (0, 1):
            fits[which] += old + after[which] == new or new + before[which] == old
    return fits[0] > fits[1] if fits[0] != fits[1] else layout.minus and min(outgoing) > 0


@dataclass
class _Table:
    """The rows below the titles: what each says, and the sums of both columns so far."""

    layout: Layout
    head: int
    minus: bool
    proven: bool = False
    sums: dict[str, int] = field(default_factory=lambda: {"out": 0, "in": 0})
    wider: int = 0
    widest: int = 0
    labels: Line | None = None

    def read(self, line: Line) -> Iterator[Item]:
        cells = line.cells
        first = next((text for cell in cells if (text := cell.strip())), "")
        if not first:
            yield Passed(line.number, "blank")
            return
        if len(cells) > self.layout.width and any(cell.strip() for cell in cells[self.layout.width :]):
            self.wider, self.widest = self.wider + 1, line.number
        written = self._cells(line)
        problems: list[Problem] = []
        what = balance_named(line) if not any(written.get(name) for name in ("out", "in", "amount")) else ""
        if what and (balance := _amount(written, "balance", line.number, [])) is not None:
            yield Claim(what, line.number, balance)
            yield Passed(line.number, "sums")
            return
        day = _day(written, line.number, problems)
        if day is None:
            aside = list(self._aside(line, written, first))
            if aside:
                yield from aside
                return
        yield from self._entry(line, written, day, problems)

    def tried(self, line: Line) -> Iterator[tuple[tuple[int, int], int | None]]:
        """What a row moves and its balance, when it says so without a problem."""
        written, problems = self._cells(line), list[Problem]()
        day = _day(written, 0, problems)
        if day is not None and "balance" in self.layout.places:
            moved, balance = self._moved(written, 0, problems), _amount(written, "balance", 0, problems)
            if not problems and moved is not None:
                yield moved, balance

    def end(self) -> Iterator[Item]:
        """What is to be told when the last row was read."""
        bare = "balance" not in self.layout.places
        if self.wider:
            message = Text(
                f"有 {self.wider} 行的内容比表头多出几格（最后是第 {self.widest} 行）。",
                f"{self.wider} rows have more cells than there are titles (the last is row {self.widest}).",
            )
            yield Problem(self.widest, "", Text("", ""), message, _DOWNLOAD) if bare else Note(self.widest, message)
        if bare and not self.proven:
            title = _TITLES["balance"]
            message = Text(f"缺少“{title.zh}”这一列。", f"The column “{title.en}” is missing.")
            yield Problem(self.head, "", title, message, _DOWNLOAD)

    def _cells(self, line: Line) -> dict[str, str]:
        cells, count = line.cells, len(line.cells)
        return {name: cells[place].strip() for name, place in self.layout.places.items() if place < count}

    def _aside(self, line: Line, written: Mapping[str, str], first: str) -> Iterator[Item]:
        """Sums, remarks and titles between the rows: nothing when the row should have had a day."""
        start = first.casefold()
        if start.startswith(_SUBTOTALS):
            yield Passed(line.number, "sums")
        elif start.startswith(_SUMS):
            yield from self._wrong_sums(written, line.number)
            yield Passed(line.number, "sums")
        elif self.labels is not None and (claims := list(table_claims(self.labels, line))):
            self._prove(claims)
            yield from claims
            yield Passed(line.number, "sums")
        elif self._is_aside(line, written):
            repeated = self._is_head(line, written)
            claims = [] if repeated else list(claims_of(line, self.layout.heads.loose))
            self.labels = line
            self._prove(claims)
            yield from claims
            yield Passed(line.number, "head" if repeated else "text")

    def _is_aside(self, line: Line, written: Mapping[str, str]) -> bool:
        """Whether a row without a day is none of the table: nothing stands under an amount, or titles do."""
        if not any(written.get(name) for name in MONEY):
            return True
        return labels_of(line) > 1 or self._is_head(line, written)

    def _is_head(self, line: Line, written: Mapping[str, str]) -> bool:
        """Whether a row repeats the titles: the day's stands in its column, and the row is a layout."""
        day = title_of(written.get("day", ""))
        name, _ = self.layout.heads.titles.get(day) or COMMON.titles.get(day, ("", 0))
        return name == "day" and layout_of(line.cells, (self.layout.heads,)) is not None

    def _prove(self, claims: Iterable[Item]) -> None:
        self.proven = self.proven or any(
            isinstance(each, Claim) and each.what in ("inflow", "outflow") for each in claims
        )

    def _entry(
        self, line: Line, written: Mapping[str, str], day: date | None, problems: list[Problem]
    ) -> Iterator[Item]:
        row = line.number
        balance = _amount(written, "balance", row, problems)
        if _CLOSED.search(written.get("status", "")):
            if not problems:
                yield Passed(row, "closed", balance)
            yield from problems
            return
        moved = self._moved(written, row, problems)
        problems += _rounded(written, row)
        if not problems and "balance" in self.layout.places and balance is None:
            problems.append(_at(row, "balance", Text("这一行没有余额。", "This row has no balance.")))
        out, into = moved or (0, 0)
        self.sums["out"] += out
        self.sums["in"] += into
        if problems or day is None:
            yield from problems
        elif moved is None:
            yield Passed(row, "neutral", balance)
        elif into == out:
            yield Passed(row, "zero", balance)
        else:
            yield self._told(line, written, day, into - out, balance)

    def _told(self, line: Line, written: Mapping[str, str], day: date, fen: int, balance: int | None) -> Entry:
        cells, count = line.cells, len(line.cells)
        texts = [text for place in self.layout.texts if place < count and (text := _text(cells[place]))]
        for name in ("method", "voucher"):
            if name in written and (text := _text(reference_of(written[name]))):
                texts.append(text)
        name, account = _party(written, fen)
        return Entry(
            row=line.number,
            day=day,
            fen=fen,
            balance=balance,
            name=name,
            account=_BLANKS.sub("", account),
            summary=" ".join(dict.fromkeys(texts)),
            serial=reference_of(written["serial"]) if "serial" in written else "",
            reference=reference_of(written["reference"]) if "reference" in written else "",
            currency=currency_of(written["currency"]) if "currency" in written else "",
            own=_BLANKS.sub("", written["own"]) if "own" in written else "",
        )

    def _moved(self, written: Mapping[str, str], row: int, problems: list[Problem]) -> tuple[int, int] | None:
        """What went out and what came in, in fen; None for what is neither. A minus takes back, or is the habit."""
        if "out" not in written and "in" not in written:
            return self._by_side(written, row, problems)
        out, into = _amount(written, "out", row, problems), _amount(written, "in", row, problems)
        if out is None and into is None and not problems:
            problems.append(_at(row, "out", Text("这一行没有金额。", "This row has no amount."), AMOUNT_REMEDY))
        if out and into:
            message = Text("同一行既有支出又有收入。", "This row both pays out and pays in.")
            problems.append(_at(row, "out", message, _DOWNLOAD_AGAIN))
        return (-(out or 0) if self.minus else out or 0), into or 0

    def _by_side(self, written: Mapping[str, str], row: int, problems: list[Problem]) -> tuple[int, int] | None:
        fen = _amount(written, "amount", row, problems)
        if fen is None:
            if not problems:
                problems.append(_at(row, "amount", Text("这一行没有金额。", "This row has no amount."), AMOUNT_REMEDY))
            return 0, 0
        if "side" not in self.layout.places:
            return (0, fen) if fen >= 0 else (-fen, 0)
        side = unicodedata.normalize("NFKC", written.get("side", "")).strip(" `'\t").upper()
        words = set(_WORDS.findall(side))
        if words and words <= _OUTWARD:
            return (-fen if self.minus else fen), 0
        if words and words <= _INWARD:
            return 0, fen
        if side in _NEITHER and "balance" not in self.layout.places:
            return None
        message = Text(f"认不出“{side[:10]}”是收还是支。", f"“{side[:10]}” says neither debit nor credit.")
        problems.append(_at(row, "side", message, Text("应为借或贷、收或支。", "It should say 借 or 贷, 收 or 支.")))
        return 0, 0

    def _wrong_sums(self, written: Mapping[str, str], row: int) -> Iterator[Item]:
        """The sums at the end: each that is given must be that of its column."""
        for name, what in (("out", "outflow"), ("in", "inflow")):
            problems: list[Problem] = []
            fen = _amount(written, name, row, problems)
            yield from problems
            if fen is not None:
                self.proven = True
                fen = -fen if name == "out" and self.minus else fen
                if fen != self.sums[name]:
                    yield untrue(Claim(what, row, fen), self.sums[name])


def _party(written: Mapping[str, str], fen: int) -> tuple[str, str]:
    """Name and account of the other side: in columns of their own, in one, or as payer and payee."""
    name, account = _text(written.get("name", "")), _text(written.get("account", ""))
    if "party" in written:
        both = _text(written["party"])[:_PARTY_MAX]
        found = _PARTY.fullmatch(both)
        names = (found[2] or found[3] or "", found[1] or found[4]) if found else (both, "")
        name, account = name or names[0].strip(), account or names[1]
    other = "payee" if fen < 0 else "payer"
    return name or _text(written.get(f"{other}_name", "")), account or _text(written.get(f"{other}_account", ""))


def _rounded(written: Mapping[str, str], row: int) -> Iterator[Problem]:
    """The numbers of accounts and of the bank that a spreadsheet rounded: whose they are is lost."""
    for name in _NUMBERS:
        if message := rounded_number(written.get(name, "")):
            yield Problem(row, "", _NUMBERS[name], message, ROUNDED_REMEDY)


def _text(written: str) -> str:
    """A cell of words; dashes and strokes that only fill it are nothing."""
    text = written.strip(" \t'`")
    return "" if not text.strip("-—/ ") else text


def _day(written: Mapping[str, str], row: int, problems: list[Problem]) -> date | None:
    """The day that the cell holds; a problem otherwise."""
    cell = written.get("day", "")
    try:
        day = read_day(cell)
        if day is not None:
            return day
    except ValueError:
        pass
    message = Text(f"“{cell[:30]}”不是日期。", f"“{cell[:30]}” is no date.")
    problems.append(_at(row, "day", message, Text("日期应像 2026-11-24。", "A date looks like 2026-11-24.")))
    return None


def _amount(written: Mapping[str, str], name: str, row: int, problems: list[Problem]) -> int | None:
    cell = written.get(name, "")
    try:
        return read_amount(cell)
    except ValueError:
        problems.append(_at(row, name, not_an_amount(cell), AMOUNT_REMEDY))
        return None


def _at(row: int, name: str, message: Text, remedy: Text | None = None) -> Problem:
    return Problem(row, "", _TITLES[name], message, remedy or Text("", ""))


def _no_header(before: Sequence[Line]) -> Iterator[Item]:
    """No row is the titles of a statement: the row that looks most like it is named."""
    remedy = Text(
        "前 30 行里应有一行列名：交易日期、借方发生额、贷方发生额、余额、对方户名、对方账号、摘要、流水号。",
        "One of the first 30 rows names the columns, such as 交易日期, 借方发生额, 贷方发生额, 余额.",
    )
    yield Problem(1, "", Text("", ""), Text("没有找到表头。", "No header was found."), remedy)
    titles = [
        [cell.strip() for cell in line.cells if cell.strip() and not _BLANKS.sub("", cell).isdigit()] for line in before
    ]
    if titles and len(most := max(titles, key=len)) > 2:
        listed = "、".join(title[:20] for title in most[:30])
        message = Text(f"最像表头的一行写着：{listed}。", f"The row most like one says: {listed}.")
        yield Problem(before[titles.index(most)].number, "", Text("表头", "column titles"), message, _RENAME)


_DOWNLOAD = Text("请从银行下载带余额的明细。", "Download the statement with its balances.")
_DOWNLOAD_AGAIN = Text("请从银行重新下载。", "Download the file from the bank again.")
_RENAME = Text(
    "请把列名改成通用的叫法（如 收入金额、支出金额、余额），或请管理员登记这家银行的列名。",
    "Name the columns in the usual words (收入金额, 支出金额, 余额), or have the words of this bank added.",
)
