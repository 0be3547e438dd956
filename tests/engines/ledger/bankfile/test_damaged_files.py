"""Damaged bank files: whatever is cut, changed or doubled, a file is read, or refused with a sentence; never an error.

A file that comes out clean has lost nothing: each of its rows is an entry, a claim, or told with its reason.
"""

import codecs
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.core.papers.sheets.api import read_csv
from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankfile.api import BankFile, Checking, Wanted
from qilian.engines.ledger.bankfile.kernel import Claim, Entry, Item, Note, Passed

NUMBER = "6228480000012345678"
TABLE = f"""账号：{NUMBER},户名：某办公室
期初余额：100.00,
交易日期,借贷标志,交易金额,余额,对方户名,对方账号,摘要,流水号
2026-11-02,贷,500.00,600.00,青海甲公司,6300020000000002,货款,A001
2026-11-03,借,"1,120.00",-520.00,青海乙公司,6300030000000003,运费,A002
2026-11-03,借,0.00,-520.00,,,查询,A003
合计,,,
"""
WALLET = """共2笔记录,,,
收入：1笔 0.35元,,,
支出：1笔 28.16元,,,
交易时间,收/支,金额(元),交易对方
2026-11-02 10:00:00,支出,¥28.16,某店
2026-11-02 11:00:00,收入,¥0.35,某人
"""
CAMT = (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    f"<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><Othr><Id>{NUMBER}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
    '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    '<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">6.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries></TtlNtries></TxsSummry>"
    '<Ntry><Amt Ccy="CNY">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>2026-11-02</Dt></BookgDt>"
    "<NtryDtls><TxDtls><Refs><EndToEndId>Q1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>甲</Nm></Pty></Dbtr></RltdPties>"
    "</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
)
SWIFT = (
    f":20:X\n:25:{NUMBER}\n:60F:C261102CNY1,00\n:61:261102C5,00NTRFR//B\n:86:166?20EREF+Q?32Y\n:62F:C261102CNY6,00\n-\n"
)
ROWS = (("日期", "收入", "支出", "余额"), ("2026-11-02", "5.00", "", "5.00"), ("2026-11-03", "", "1.00", "4.00"))
PAGE = "<html><table>{}</table></html>".format(
    "".join(f"<tr>{''.join(f'<td colspan=1>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
)
BOOK = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'.format(
    "".join(f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in row)}</Row>" for row in ROWS)
)
SOUND = {
    "table": TABLE.encode("gb18030"),
    "utf-16": codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
    "tabs": TABLE.replace(",", "\t").replace('"1\t120.00"', "1120.00").encode(),
    "strokes": TABLE.replace(",", "|").replace('"1|120.00"', "1120.00").encode(),
    "wallet": WALLET.encode(),
    "camt": CAMT.encode(),
    "camt in gbk": CAMT.replace("UTF-8", "GBK").encode("gbk"),
    "camt in utf-16": codecs.BOM_UTF16_LE + CAMT.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    "swift": SWIFT.encode(),
    "page": PAGE.encode("gb18030"),
    "spreadsheet": BOOK.encode(),
}


def checked(content: bytes) -> Checking:
    """The dry run over a file; whatever it is refused for must be a sentence in both languages."""
    checking = Checking(Wanted(NUMBER), limit=10_000)
    try:
        for entry in checking.run(BankFile().read(lambda: [content])):
            assert entry.fen and entry.day.year >= 1980
    except Refusal as refusal:
        assert refusal.message.zh and refusal.message.en and refusal.code.split(".")[0] in ("banking", "sheets")
        checking.total += 1
    assert all(problem.message.zh and problem.message.en for problem in checking.problems)
    return checking


@pytest.mark.parametrize("name", SOUND)
def test_each_file_is_clean_as_it_is(name: str) -> None:
    checking = checked(SOUND[name])
    assert checking.clean, checking.problems


PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [
            *(b",", b"\t", b'"', b"\n", b"\r\n", b"\x00", b"\xff\xfe", b"9" * 5000, "²".encode(), "１".encode(), b"-"),
            *(b"<Ntry>", b"</Stmt>", b"<!DOCTYPE a>", b"&a;", b"]]>", b'encoding="utf-7"', b'encoding="GB18030"'),
            *(
                "余额".encode(),
                "收入".encode(),
                "合计".encode(),
                b"0001-01-01",
                b"9999-12-31",
                b"NaN",
                b"Infinity",
                b"<!--",
                b"<td ",
            ),
            *(b"1E+05", b"=1+1", b":61:", b":62F:"),
        ]
    ),
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SOUND)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=4),
)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(name: str, damages: list[tuple[float, int, bytes]]) -> None:
    content = SOUND[name]
    for place, length, piece in damages:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + length :]
    checked(content)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.floats(0, 1))
def test_a_file_that_is_cut_off_is_never_clean_with_less(name: str, share: float) -> None:
    whole = checked(SOUND[name])
    content = SOUND[name][: int(share * len(SOUND[name]))]
    found = checked(content)
    if found.clean and name in ("wallet", "camt", "camt in gbk", "camt in utf-16", "swift"):
        assert (found.inflow, found.outflow) == (whole.inflow, whole.outflow), "its own sums and balances prove it"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_no_kind_are_refused_with_a_sentence(content: bytes) -> None:
    assert not checked(content).clean


AMOUNTS = st.integers(-(10**9), 10**9)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=30), st.booleans(), st.integers(0, 5), st.data())
def test_every_row_of_a_table_is_accounted_for(fens: list[int], two: bool, before: int, data: st.DataObject) -> None:
    balance, rows = 10**6, []
    for number, fen in enumerate(fens):
        balance += fen
        amounts = ("", f"{fen / 100:.2f}") if fen >= 0 else (f"{-fen / 100:.2f}", "")
        cells = amounts if two else (f"{abs(fen) / 100:.2f}", "贷" if fen >= 0 else "借")
        day = date(2026, 11, 1) + timedelta(days=number)
        rows.append(f"{day},{cells[0]},{cells[1]},{balance / 100:.2f}")
        if data.draw(st.booleans()):
            rows.append(
                data.draw(st.sampled_from(["", ",,,", "小计,,,", "温馨提示：以上为参考", "日期,支出,收入,余额"]))
            )
    head = "日期,支出,收入,余额" if two else "日期,金额,借贷标志,余额"
    text = "\n".join(["说明"] * before + [head, *rows])
    items = list(BankFile().read(lambda: [text.encode()]))
    told = [row_of(item) for item in items if not isinstance(item, Claim | Note)]
    assert sorted(told) == [line.number for line in read_csv(text.encode())], "each row once, none twice"
    checking = Checking(Wanted(NUMBER))
    entries = list(checking.run(items))
    assert [entry.fen for entry in entries] == [fen for fen in fens if fen] and checking.total == (not entries)


def row_of(item: Item) -> int:
    assert isinstance(item, Entry | Passed), item
    return item.row
