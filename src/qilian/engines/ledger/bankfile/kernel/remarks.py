"""What stands above and below the table of a statement: the account, balances, counts and sums, in words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise

from qilian.core.papers.sheets.api import Line, Problem
from qilian.core.values.text import Text
from qilian.engines.ledger.bankcheck.api import AMOUNT_REMEDY, Claim, Item, not_an_amount, read_amount, read_count

from .heads import title_of

_ACCOUNT = re.compile(
    r"(?<!对方)(?:账号|帐号|卡号|账户号码|account)[:\s\[]*([0-9A-Z][0-9A-Z* \-]{6,40})", re.IGNORECASE
)
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
_ACCOUNT_ROUNDED = re.compile(
    rf"(?<!对方)(?:账号|帐号|卡号|账户号码|account)[:\s\[]*(?P<number>{_ROUNDED.pattern})(?![0-9A-Z])", re.IGNORECASE
)
ROUNDED_REMEDY = Text(
    "请从银行重新下载，打开时把这一列设为文本。", "Download the file again, and open it with this column as text."
)
_OPENING = re.compile(r"(?:期初余额|上期余额|opening balance)[:\s]*([^\s]+)", re.IGNORECASE)
_CLOSING = re.compile(r"(?:期末余额|本期余额|closing balance)[:\s]*([^\s]+)", re.IGNORECASE)
_CURRENCY = re.compile(r"币[种别](?:名称)?[:\s]+([^\s,;/]{1,8})")
_SCALE = re.compile(r"单位[:\s]*(?:人民币)?([千万亿]+元|[千万亿]+)")
_NAMED = re.compile(r"(?:(期初|上期|上日|昨日|承前|上年)|(期末|日终))(?:余额|结转|结余|页)?")
_SIDE = re.compile(r"(?<![计待])(已?收入|已?支出)(?:合计)?[:\s]*([0-9]{1,12})笔[,\s共]*(-?[0-9,.]+)元")
_TRANSLATION = re.compile(r"\[\s[^\[\]]*\s\]")
_ALL = re.compile(r"共[:\s]*([0-9]{1,12})笔记录")
_LABELS: Mapping[str, str] = {
    "收入笔数": "count_in",
    "支出笔数": "count_out",
    "贷方笔数": "count_in",
    "借方笔数": "count_out",
    "收入金额": "inflow",
    "支出金额": "outflow",
    "借方发生总笔数": "count_out",
    "借方发生总额": "outflow",
    "贷方发生总笔数": "count_in",
    "贷方发生总额": "inflow",
}
_CURRENCIES = {
    **dict.fromkeys(("人民币", "人民币元", "RMB", "156", "元", "CNY", "01", "001"), "CNY"),
    "美元": "USD",
    "港币": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
}
_START = 400  # characters of a remark that are looked at


def claims_of(line: Line, loose: bool) -> Iterator[Item]:
    """What a row of words claims: the account, opening and closing balance, counts and sums of either side."""
    cells = [cell.strip() for cell in line.cells if cell.strip()]
    yield from _pairs(cells, line.number)
    text = _TRANSLATION.sub("", unicodedata.normalize("NFKC", " ".join(cells)[:_START]))
    found = _ACCOUNT.search(text)
    lost = _ACCOUNT_ROUNDED.search(text)
    if lost:
        yield Problem(line.number, "", Text("", ""), _rounded(lost["number"]), ROUNDED_REMEDY)
    elif found:
        yield Claim("account", line.number, words=re.sub(r"[ \-]", "", found[1]))
    named = _CURRENCY.search(text)
    if named and re.fullmatch("[A-Z]{3}", currency_of(named[1])):
        yield Claim("currency", line.number, words=currency_of(named[1]))
    scaled = _SCALE.search(text)
    if scaled:
        message = Text(f"金额以{scaled[1]}为单位，须以元为单位。", "The amounts are in thousands or more, not in yuan.")
        yield Problem(line.number, "", Text("", ""), message, AMOUNT_REMEDY)
    yield from _balance("opening", _OPENING, text, line.number)
    yield from _balance("closing", _CLOSING, text, line.number)
    for count in _ALL.findall(text):
        yield Claim("count", line.number, read_count(count))
    for side, count, amount in _SIDE.findall(text):
        into = "收入" in side
        yield Claim("count_in" if into else "count_out", line.number, read_count(count))
        yield from _amount("inflow" if into else "outflow", amount, line.number, loose)


def rounded_number(written: str) -> Text | None:
    """What is wrong with a number that a spreadsheet wrote as a power of ten; None for any other cell.

    >>> str(rounded_number("6.22848E+18")), rounded_number("6228480000012345678")
    ('“6.22848E+18”是科学计数，末尾几位已经丢失。', None)
    """
    return _rounded(written) if _ROUNDED.fullmatch(written.strip(" '`\t")) else None


def _rounded(written: str) -> Text:
    shown = written[:30]
    return Text(f"“{shown}”是科学计数，末尾几位已经丢失。", f"“{shown}” is a power of ten: its last digits are lost.")


def currency_of(written: str) -> str:
    """The ISO 4217 code of a currency as banks write it; unknown words stay as they are.

    >>> currency_of("人民币"), currency_of("usd")
    ('CNY', 'USD')
    """
    text = unicodedata.normalize("NFKC", written).strip(" '`\t").upper()
    return "" if text.strip("-") == "" else _CURRENCIES.get(text, text)


def balance_named(line: Line) -> str:
    """Which balance a row of the table names, opening (上期结余) or closing (期末余额); nothing when it names none."""
    for cell in line.cells:
        found = _NAMED.fullmatch(cell.strip())
        if found:
            return "opening" if found[1] else "closing"
    return ""


def labels_of(line: Line) -> int:
    """How many cells of a row are labels of counts and sums."""
    return sum(title_of(cell) in _LABELS for cell in line.cells)


def table_claims(labels: Line, values: Line) -> Iterator[Item]:
    """What a row of values claims below a row of labels (收入笔数, 收入金额 …), as merchants' bills end."""
    cells = [unicodedata.normalize("NFKC", cell).strip(" `'\t") for cell in values.cells]
    for label, value in zip(labels.cells, cells, strict=False):
        yield from _labelled(title_of(label), value, values.number)


def _pairs(cells: list[str], row: int) -> Iterator[Item]:
    """Labels and values side by side: 借方发生总笔数 | 11."""
    for label, value in pairwise(cells):
        title = title_of(label)
        if title in _LABELS and value[:1].isdigit():
            yield from _labelled(title, value, row)
        elif title == "查询账号":
            yield Claim("account", row, words=re.sub(r"[ \-]", "", value[:60]))


def _labelled(title: str, value: str, row: int) -> Iterator[Item]:
    what = _LABELS.get(title)
    if what is None or not value:
        return
    if what in ("inflow", "outflow"):
        yield from _amount(what, value, row, False)
        return
    try:
        yield Claim(what, row, read_count(value.removesuffix(".0").replace(",", "")))
    except ValueError:
        shown = value[:30]
        message = Text(f"“{shown}”不是笔数。", f"“{shown}” is no number of entries.")
        yield Problem(row, "", Text("", ""), message)


def _balance(what: str, pattern: re.Pattern[str], text: str, row: int) -> Iterator[Item]:
    found = pattern.search(text)
    if found:
        yield from _amount(what, found[1], row, False)


def _amount(what: str, written: str, row: int, loose: bool) -> Iterator[Item]:
    try:
        fen = read_amount(written)
    except ValueError:
        yield Problem(row, "", Text("", ""), not_an_amount(written), AMOUNT_REMEDY)
        return
    if fen is not None:
        yield Claim(what, row, abs(fen) if what == "outflow" else fen, loose=loose)
