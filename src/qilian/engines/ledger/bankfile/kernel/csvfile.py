"""Statements as Chinese banks write them in CSV: lines before the header, debit and credit columns, a sum at the end.

The columns are found by their names; every bank writes them a little differently. From the holder's side 借方 and 支出
go out, 贷方 and 收入 come in. Rows are read one by one: the file may be long.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from qilian.core.papers.sheets.api import Line, Problem
from qilian.core.values.text import Text

from .amounts import AMOUNT_REMEDY, not_an_amount, read_amount, read_day
from .reading import Claim, Entry, Passed, untrue

HEADER_WITHIN = 30
"""The header stands in one of the first thirty rows; before it banks write the account, the holder and the term."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "day": ("交易日期", "交易时间", "记账日期", "入账日期", "入账时间", "交易日", "日期", "date", "bookingdate"),
    "out": ("借方发生额", "借方金额", "借方", "支出金额", "支出", "转出金额", "取出", "debit", "paidout"),
    "in": ("贷方发生额", "贷方金额", "贷方", "收入金额", "收入", "转入金额", "存入", "credit", "paidin"),
    "amount": ("交易金额", "发生额", "金额", "amount"),
    "side": ("借贷标志", "借贷", "借贷方向", "收支", "收支标志", "收/支", "借/贷", "debitcredit"),
    "balance": ("余额", "账户余额", "交易后余额", "本次余额", "帐户余额", "balance"),
    "name": ("对方户名", "对方名称", "对方账户名称", "对方单位", "对方单位名称", "对手户名", "counterparty"),
    "account": ("对方账号", "对方账户", "对方帐号", "对手账号", "counterpartyaccount"),
    "summary": ("摘要", "交易摘要", "附言", "交易附言", "description"),
    "purpose": ("用途", "交易用途", "备注", "purpose"),
    "serial": ("流水号", "交易流水号", "核心流水号", "交易流水", "序号流水", "凭证号", "交易参考号", "serial"),
    "reference": ("业务参考号", "客户参考号", "企业流水号", "订单号", "reference"),
    "currency": ("币种", "货币", "currency"),
}
_PLACES = {name: field for field, names in _NAMES.items() for name in names}
_TITLES: Mapping[str, Text] = {
    "day": Text("交易日期", "date"),
    "out": Text("借方发生额（支出）", "paid out"),
    "in": Text("贷方发生额（收入）", "paid in"),
    "amount": Text("交易金额", "amount"),
    "side": Text("借贷标志", "debit or credit"),
    "balance": Text("余额", "balance"),
}
_BLANKS = re.compile(r"[\s\-'`]")
_UNIT = re.compile(r"[(（][^()（）]*[)）]$")
_ACCOUNT = re.compile(r"(?:账号|帐号|卡号|account)[:\s]*([0-9A-Z][0-9A-Z \-]{6,40})", re.IGNORECASE)
_OPENING = re.compile(r"(?:期初余额|上期余额|opening balance)[:\s]*([^\s]+)", re.IGNORECASE)
_CLOSING = re.compile(r"(?:期末余额|本期余额|closing balance)[:\s]*([^\s]+)", re.IGNORECASE)
_OUTWARD, _INWARD = ("借", "支", "支出", "借方", "D", "DEBIT", "付"), ("贷", "收", "收入", "贷方", "C", "CREDIT")
_SUMS = ("合计", "总计", "total")
_SUBTOTALS = ("小计", "本页", "总笔数", "以下空白", "以上", "打印", "subtotal")
_CURRENCIES = {
    "人民币": "CNY",
    "人民币元": "CNY",
    "RMB": "CNY",
    "156": "CNY",
    "元": "CNY",
    "美元": "USD",
    "港币": "HKD",
}
Item = Entry | Claim | Passed | Problem


def read_statement_csv(lines: Iterable[Line]) -> Iterator[Item]:
    """Yield what a statement says, row by row, problems among it; nothing is kept in memory."""
    rows = iter(lines)
    header: dict[str, int] = {}
    before: list[Line] = []
    for line in rows:
        header = _header(line)
        if header:
            break
        before.append(line)
        if len(before) >= HEADER_WITHIN:
            break
    if not header:
        yield _no_header()
        return
    yield from _claims_before(before)
    yield from _missing(header, before[-1].number + 1 if before else 1)
    sums = {"out": 0, "in": 0}
    for line in rows:
        if any(cell.strip() for cell in line.cells):
            yield from _row(header, line, sums)


def currency_of(written: str) -> str:
    """The ISO 4217 code of a currency as banks write it; unknown words stay as they are.

    >>> currency_of("人民币"), currency_of("usd")
    ('CNY', 'USD')
    """
    text = unicodedata.normalize("NFKC", written).strip().upper()
    return _CURRENCIES.get(text, text)


def _header(line: Line) -> dict[str, int]:
    """The places of the columns, when this row is the header: it names a day and one more column of money."""
    places: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        field = _PLACES.get(_folded(cell)) or _PLACES.get(_UNIT.sub("", _folded(cell)))
        if field:
            places.setdefault(field, place)
    return places if "day" in places and {"out", "in", "amount", "balance"} & places.keys() else {}


def _missing(header: Mapping[str, int], row: int) -> Iterator[Problem]:
    wanted = ["balance", *(() if "amount" in header and "out" not in header else ("out", "in"))]
    for field in wanted:
        if field not in header:
            title = _TITLES[field]
            message = Text(f"缺少“{title.zh}”这一列。", f"The column “{title.en}” is missing.")
            remedy = Text("请从银行下载带余额的明细。", "Download the statement with its balances.")
            yield Problem(row, "", title, message, remedy)


def _claims_before(before: Iterable[Line]) -> Iterator[Item]:
    for line in before:
        text = unicodedata.normalize("NFKC", " ".join(cell.strip() for cell in line.cells if cell.strip()))
        found = _ACCOUNT.search(text)
        if found:
            yield Claim("account", line.number, words=re.sub(r"[ \-]", "", found[1]))
        yield from _balance_claim("opening", _OPENING, text, line.number)
        yield from _balance_claim("closing", _CLOSING, text, line.number)


def _balance_claim(what: str, pattern: re.Pattern[str], text: str, row: int) -> Iterator[Item]:
    found = pattern.search(text)
    if found:
        try:
            fen = read_amount(found[1])
        except ValueError:
            yield Problem(row, "", Text("", ""), not_an_amount(found[1]), AMOUNT_REMEDY)
            return
        if fen is not None:
            yield Claim(what, row, fen)


def _row(header: Mapping[str, int], line: Line, sums: dict[str, int]) -> Iterator[Item]:
    cells = {field: line.cells[place].strip() for field, place in header.items() if place < len(line.cells)}
    first = next(cell.strip() for cell in line.cells if cell.strip())
    if first.startswith(_SUBTOTALS):
        return
    if first.casefold().startswith(_SUMS):
        yield from _wrong_sums(cells, line.number, sums)
        return
    problems: list[Problem] = []
    day = _day(cells, line.number, problems)
    out, into = _moved(cells, line.number, problems)
    balance = _amount(cells, "balance", line.number, problems)
    if not problems and "balance" in header and balance is None:
        problems.append(_at(line.number, "balance", Text("这一行没有余额。", "This row has no balance.")))
    sums["out"] += out
    sums["in"] += into
    if problems or day is None:
        yield from problems
    elif into == out:
        yield Passed(line.number, "zero")
    else:
        yield _entry(cells, line.number, day, into - out, balance)


def _entry(cells: Mapping[str, str], row: int, day: date, fen: int, balance: int | None) -> Entry:
    said = dict.fromkeys(each for each in (cells.get("summary", ""), cells.get("purpose", "")) if each)
    return Entry(
        row=row,
        day=day,
        fen=fen,
        balance=balance,
        name=cells.get("name", ""),
        account=_BLANKS.sub("", cells.get("account", "")),
        summary=" ".join(said),
        serial=cells.get("serial", "").strip("'`"),
        reference=cells.get("reference", ""),
        currency=currency_of(cells.get("currency", "")),
    )


def _day(cells: Mapping[str, str], row: int, problems: list[Problem]) -> date | None:
    """The day that the cell holds; a problem otherwise."""
    written = cells.get("day", "")
    try:
        day = read_day(written)
        if day is not None:
            return day
    except ValueError:
        pass
    message = Text(f"“{written[:30]}”不是日期。", f"“{written[:30]}” is no date.")
    problems.append(_at(row, "day", message, Text("日期应像 2026-11-24。", "A date looks like 2026-11-24.")))
    return None


def _moved(cells: Mapping[str, str], row: int, problems: list[Problem]) -> tuple[int, int]:
    """What went out and what came in, in fen. A minus in either column takes back (冲正)."""
    if "out" not in cells and "in" not in cells:
        return _by_side(cells, row, problems)
    out, into = _amount(cells, "out", row, problems), _amount(cells, "in", row, problems)
    if out is None and into is None and not problems:
        problems.append(_at(row, "out", Text("这一行没有金额。", "This row has no amount."), AMOUNT_REMEDY))
    if out and into:
        message = Text("同一行既有支出又有收入。", "This row both pays out and pays in.")
        problems.append(_at(row, "out", message, Text("请从银行重新下载。", "Download the file from the bank again.")))
    return out or 0, into or 0


def _by_side(cells: Mapping[str, str], row: int, problems: list[Problem]) -> tuple[int, int]:
    fen = _amount(cells, "amount", row, problems)
    if fen is None:
        if not problems:
            problems.append(_at(row, "amount", Text("这一行没有金额。", "This row has no amount."), AMOUNT_REMEDY))
        return 0, 0
    if "side" not in cells:
        return (0, fen) if fen >= 0 else (-fen, 0)
    side = unicodedata.normalize("NFKC", cells["side"]).strip().upper()
    if side in _OUTWARD:
        return fen, 0
    if side in _INWARD:
        return 0, fen
    message = Text(f"认不出“{side[:10]}”是收还是支。", f"“{side[:10]}” says neither debit nor credit.")
    problems.append(_at(row, "side", message, Text("应为借或贷、收或支。", "It should say 借 or 贷, 收 or 支.")))
    return 0, 0


def _amount(cells: Mapping[str, str], field: str, row: int, problems: list[Problem]) -> int | None:
    written = cells.get(field, "")
    try:
        return read_amount(written)
    except ValueError:
        problems.append(_at(row, field, not_an_amount(written), AMOUNT_REMEDY))
        return None


def _wrong_sums(cells: Mapping[str, str], row: int, sums: Mapping[str, int]) -> Iterator[Item]:
    """The sums at the end: each that is given must be that of its column."""
    for field, what in (("out", "outflow"), ("in", "inflow")):
        problems: list[Problem] = []
        fen = _amount(cells, field, row, problems)
        yield from problems
        if fen is not None and fen != sums[field]:
            yield untrue(Claim(what, row, fen), sums[field])


def _at(row: int, field: str, message: Text, remedy: Text | None = None) -> Problem:
    return Problem(row, "", _TITLES[field], message, remedy or Text("", ""))


def _no_header() -> Problem:
    return Problem(
        1,
        "",
        Text("", ""),
        Text("没有找到表头。", "No header was found."),
        Text(
            "前 30 行里应有一行列名：交易日期、借方发生额、贷方发生额、余额、对方户名、对方账号、摘要、流水号。",
            "One of the first 30 rows names the columns, such as 交易日期, 借方发生额, 贷方发生额, 余额.",
        ),
    )


def _folded(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).casefold().split()).lstrip("\ufeff")
