"""Bank files in memory: Chinese CSV and camt.053, honest and hostile; every problem at its row."""

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.papers.sheets.api import Line, Problem, read_csv
from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.kernel import Checking, Claim, Entry, Passed, Prints, Wanted

NUMBER = "6228480000012345678"
CSV = f"""账号：{NUMBER},户名：演示财政专户
币种：人民币
交易日期,交易时间,借方发生额（支出）,贷方发生额（收入）,余额,对方户名,对方账号,摘要,用途,流水号
2026-11-02,09:30:11,,"1,000.00","11,000.00",青海高原检测有限公司,6217 0000 1111 2222,来账,检测费,A001
2026-11-03,10:00:00,250.50,,"10,749.50",张三,6217000033334444,转账,QL-20261103-01,A002
2026-11-04,16:20:00,-0.50,,"10,750.00",中国银行,,冲正,,A003
合计,,250.00,"1,000.00",,,,,,
"""
DAY = date(2026, 11, 2)


def checked(lines: Iterable[Line] | None = None, *, text: str = CSV, number: str = NUMBER, limit: int = 10**6):
    items = kernel.read_statement_csv(lines if lines is not None else read_csv(text.encode("gb18030")))
    checking = Checking(Wanted(number), limit=limit)
    return list(checking.run(items)), checking


def told(checking: Checking) -> list[tuple[int, str]]:
    return [(problem.row, problem.message.zh) for problem in checking.problems]


def test_a_chinese_statement_is_read_and_adds_up() -> None:
    entries, checking = checked()
    assert checking.problems == [] and checking.clean
    assert [entry.fen for entry in entries] == [100_000, -25_050, 50]
    assert (checking.opening, checking.closing, checking.net) == (1_000_000, 1_075_000, 75_000)
    assert (checking.first, checking.last) == (DAY, date(2026, 11, 4))
    assert entries[1] == Entry(
        row=5,
        day=date(2026, 11, 3),
        fen=-25_050,
        balance=1_074_950,
        name="张三",
        account="6217000033334444",
        summary="转账 QL-20261103-01",
        serial="A002",
    )


def test_the_newest_may_stand_first() -> None:
    head, *rest = CSV.splitlines()[2:]
    backward = "\n".join([*CSV.splitlines()[:2], head, *reversed(rest[:-1]), rest[-1]])
    entries, checking = checked(text=backward)
    assert checking.problems == [] and checking.backward
    assert (checking.opening, checking.closing) == (1_000_000, 1_075_000) and entries[0].fen == 50


def test_one_signed_column_or_one_with_a_mark() -> None:
    marked = "日期,金额,借贷标志,余额\n20261102,5.00,借,95.00\n20261103,7.00,贷,102.00\n20261104,1.00,?,1\n"
    entries, checking = checked(text=marked)
    assert [entry.fen for entry in entries] == [-500, 700] and told(checking) == [(4, "认不出“?”是收还是支。")]
    signed = "日期,金额,余额\n20261102,-5.00,95.00\n20261103,7.00,102.00\n20261104,,102.00\n20261105,x,1\n"
    entries, checking = checked(text=signed)
    assert [entry.fen for entry in entries] == [-500, 700]
    assert told(checking) == [(4, "这一行没有金额。"), (5, "“x”不是金额。")]


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [
        (("250.50,", "25O.50,"), 5, "“25O.50”不是金额"),
        (('"1,000.00",', '"1,00.00",'), 4, "“1,00.00”不是金额"),
        (("250.50,", "2.505E+02,"), 5, "不是金额"),
        (("10,749.50", "10,749.05"), 5, "余额接不上：应为 10,749.50，写的是 10,749.05，相差 -0.45"),
        (("2026-11-03", "2026-11-31"), 5, "“2026-11-31”不是日期"),
        (("2026-11-03", "昨天"), 5, "“昨天”不是日期"),
        (('250.50,,"10,749.50"', '250.50,1.00,"10,749.50"'), 5, "既有支出又有收入"),
        (('250.50,,"10,749.50"', ',,"10,749.50"'), 5, "没有金额"),
        (('250.50,,"10,749.50"', "250.50,,"), 5, "没有余额"),
        ((NUMBER, "6228480000087654321"), 1, "这是 …4321 的对账单，不是 …5678 的"),
        (("合计,,250.00", "合计,,251.00"), 7, "支出合计对不上：文件写 251.00，按行计算是 250.00"),
        (("合计,,250.00", "合计,,许多"), 7, "“许多”不是金额"),
    ],
)
def test_each_wrong_cell_is_told_at_its_row(change: tuple[str, str], row: int, words: str) -> None:
    assert change[0] in CSV
    _, checking = checked(text=CSV.replace(*change, 1))
    assert any(place == row and words in sentence for place, sentence in told(checking)), told(checking)


def test_a_row_left_out_and_a_row_repeated_break_the_chain() -> None:
    lines = CSV.splitlines(keepends=True)
    _, left_out = checked(text="".join([*lines[:4], *lines[5:]]))
    assert [row for row, _ in told(left_out)] == [5, 6]
    _, repeated = checked(text="".join([*lines[:5], lines[4], *lines[5:]]))
    assert told(repeated) == [(6, "与第 5 行重复。"), (8, "支出合计对不上：文件写 250.00，按行计算是 500.50。")]


def test_currencies_are_not_mixed() -> None:
    mixed = "日期,收入,支出,余额,币种\n20261102,5.00,,5.00,人民币\n20261103,5.00,,10.00,USD\n"
    _, checking = checked(text=mixed)
    assert told(checking) == [(3, "币种是 USD，账户是 CNY。")]


def test_zero_rows_are_passed_over_and_counted() -> None:
    entries, checking = checked(text="日期,收入,支出,余额\n20261102,0.00,,5.00\n20261103,5.00,,10.00\n小计,5.00,,\n\n")
    assert len(entries) == 1 and checking.passed == 1 and checking.clean


def test_a_file_that_is_no_statement() -> None:
    _, nothing = checked(text="姓名,年龄\n" * 40)
    assert told(nothing)[0] == (1, "没有找到表头。")
    _, short = checked(text="姓名,年龄\n")
    assert told(short)[0] == (1, "没有找到表头。")
    _, bare = checked(text="日期,收入\n20261102,5.00\n")
    assert [words for _, words in told(bare)] == ["缺少“借方发生额（支出）”这一列。", "缺少“余额”这一列。"]
    _, alone = checked(text="日期,金额\n20261102,5.00\n")
    assert [words for _, words in told(alone)] == ["缺少“余额”这一列。"]
    _, empty = checked(text="日期,收入,支出,余额\n")
    assert told(empty) == [(0, "文件里没有一笔记账。")]


def test_claims_before_the_header_are_compared() -> None:
    head = "期初余额：10.00,期末余额：15.01\n期初余额 -,\n期末余额：许多\n日期,收入,支出,余额\n20261102,5.00,,15.00\n"
    _, checking = checked(text=head)
    assert told(checking) == [
        (3, "“许多”不是金额。"),
        (1, "期末余额对不上：文件写 15.01，按行计算是 15.00。"),
    ]
    hidden = f"账号：{NUMBER}\n"
    stars = f"账号：{NUMBER[:6]}*********{NUMBER[-4:]}\n"
    assert next(kernel.read_statement_csv(read_csv((hidden + "日期,余额\n").encode()))) == Claim(
        "account", 1, words=NUMBER
    )
    assert checked(text=stars + "日期,收入,支出,余额\n20261102,5.00,,15.00\n")[1].clean


def test_a_long_file_is_read_as_a_stream() -> None:
    taken = 0

    def lines() -> Iterator[Line]:
        nonlocal taken
        yield Line(1, ("日期", "收入", "支出", "余额"))
        for number in range(2, 10**9):
            taken = number
            yield Line(number, ("20261102", "1.00", "", f"{number}.00"))

    with pytest.raises(Refusal) as long:
        checked(lines(), limit=5_000)
    assert long.value.code == "banking.rows" and taken == 5_002
    stream = Checking(Wanted(NUMBER)).run(kernel.read_statement_csv(lines()))
    taken = 0
    assert next(stream).row == 2 and taken == 41, "forty entries tell the direction, and no more are read"


def test_only_the_first_thousand_problems_are_kept() -> None:
    rows = "".join(f"2026-11-02,x,,{n}\n" for n in range(1_200))
    _, checking = checked(text="日期,收入,支出,余额\n" + rows)
    assert (checking.total, len(checking.problems), checking.clean) == (1_200, 1_000, False)


CAMT8 = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-05T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id>
<Acct><Id><Othr><Id>{NUMBER}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">89.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLAV</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries><TtlNetNtry><Amt>10.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry></TtlNtries>
<TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>20.00</Sum></TtlCdtNtries><TtlDbtNtries><Sum>30.50</Sum></TtlDbtNtries></TxsSummry>
<Ntry><NtryRef>1</NtryRef><Amt Ccy="CNY">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>QL-1</EndToEndId></Refs>
<RltdPties><Dbtr><Pty><Nm>张三</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>6217 0000</Id></Othr></Id></DbtrAcct>
</RltdPties>
<RmtInf><Ustrd>检测费</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">30.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>false</RvslInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-11-03T10:00:00</DtTm></BookgDt><NtryDtls>
<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Cdtr><Pty><Nm>甲</Nm></Pty></Cdtr></RltdPties></TxDtls>
</NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">99.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
CAMT2 = (
    CAMT8.replace("001.08", "001.02")
    .replace("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>")
    .replace("<Sts><Cd>PDNG</Cd></Sts>", "<Sts>PDNG</Sts>")
    .replace("<Pty>", "")
    .replace("</Pty>", "")
    .replace(
        "<TtlNetNtry><Amt>10.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>",
        "<TtlNetNtryAmt>10.50</TtlNetNtryAmt><CdtDbtInd>DBIT</CdtDbtInd>",
    )
)


def of_xml(text: str, size: int = 100) -> tuple[list[Entry], Checking]:
    content = text.encode()
    chunks = (content[place : place + size] for place in range(0, len(content), size))
    checking = Checking(Wanted(NUMBER))
    return list(checking.run(kernel.read_camt(chunks))), checking


@pytest.mark.parametrize("text", [CAMT8, CAMT2], ids=["001.08", "001.02"])
@pytest.mark.parametrize("size", [1, 100, 10**6])
def test_both_versions_of_camt_say_the_same(text: str, size: int) -> None:
    entries, checking = of_xml(text, size)
    assert checking.problems == [] and checking.clean
    assert (checking.opening, checking.closing, checking.passed) == (10_000, 8_950, 1)
    assert entries == [
        Entry(1, DAY, 2_000, None, "张三", "62170000", "检测费", "B1", "QL-1", "CNY"),
        Entry(2, date(2026, 11, 3), -3_050, None, "甲", "", "", "", "", "CNY"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ('<Amt Ccy="CNY">89.50</Amt>', '<Amt Ccy="CNY">89.05</Amt>'),
            "期末余额对不上：文件写 89.05，按行计算是 89.50",
        ),
        (("<Sum>20.00</Sum>", "<Sum>20.01</Sum>"), "收入合计对不上"),
        (("<Sum>30.50</Sum>", "<Sum>1.00</Sum>"), "支出合计对不上"),
        (("10.50</Amt>", "10.51</Amt>"), "净额对不上：文件写 -10.51，按行计算是 -10.50"),
        (("<NbOfNtries>3<", "<NbOfNtries>4<"), "笔数对不上"),
        (("<NbOfNtries>1<", "<NbOfNtries>7<"), "收入笔数对不上"),
        (('<Amt Ccy="CNY">20.00</Amt>', '<Amt Ccy="USD">20.00</Amt>'), "币种是 USD"),
        (('<Amt Ccy="CNY">20.00</Amt>', '<Amt Ccy="CNY">-20.00</Amt>'), "“-20.00”不是金额"),
        (('<Amt Ccy="CNY">20.00</Amt>', '<Amt Ccy="CNY">20.005</Amt>'), "“20.005”不是金额"),
        (('<Amt Ccy="CNY">20.00</Amt>', '<Amt Ccy="CNY">1e3</Amt>'), "“1e3”不是金额"),
        (("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>IN</CdtDbtInd><Sts>"), "没有写明借贷方向"),
        (("<Dt>2026-11-02</Dt>", "<Dt>2026-13-02</Dt>"), "没有记账日期"),
        ((f"<Id>{NUMBER}</Id>", "<Id>6228480000087654321</Id>"), "的对账单，不是"),
        (("<Ccy>CNY</Ccy>", "<Ccy>USD</Ccy>"), "这是 USD 的对账单"),
        (('<Amt Ccy="CNY">100.00</Amt>', '<Amt Ccy="CNY">many</Amt>'), "“many”不是金额"),
    ],
)
def test_a_false_claim_or_entry_is_told(change: tuple[str, str], words: str) -> None:
    assert change[0] in CAMT8
    _, checking = of_xml(CAMT8.replace(*change, 1))
    assert any(words in sentence for _, sentence in told(checking)), told(checking)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CAMT8[:1500], "banking.xml.broken"),
        (CAMT8.replace("</Stmt>", "</Smt>"), "banking.xml.broken"),
        (CAMT8.replace("camt.053.001.08", "camt.052.001.08"), "banking.xml.format"),
        ("<html/>", "banking.xml.format"),
        ('<!DOCTYPE Document [<!ENTITY a "aaaa">]>' + CAMT8.split("?>", 1)[1], "banking.xml.doctype"),
        ('<!DOCTYPE Document SYSTEM "file:///etc/passwd">' + CAMT8.split("?>", 1)[1], "banking.xml.doctype"),
        ('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "banking.xml.empty"),
        (CAMT8.replace("<GrpHdr>", "<A>" * 50), "banking.xml.depth"),
    ],
)
def test_a_hostile_file_is_refused_whole(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        of_xml(text)
    assert refused.value.code == code and refused.value.remedy is not None


def test_a_single_huge_text_is_cut_and_a_balance_may_be_missing() -> None:
    entries, checking = of_xml(CAMT8.replace("检测费", "长" * 10_000), 999)
    assert checking.clean and len(entries[0].summary) == 400
    bare = CAMT8
    for kind in ("OPBD", "CLBD"):
        bare = bare.replace(f"<Cd>{kind}</Cd>", "<Cd>CLAV</Cd>")
    _, checking = of_xml(bare)
    assert checking.clean and "不能核对" in checking.notes[0].message.zh, "sums prove the rows only"
    _, checking = of_xml(re.sub("<TxsSummry>.*</TxsSummry>", "", bare, flags=re.DOTALL))
    assert told(checking) == [(0, "文件没有余额，无法核对。")]
    parts, several = of_xml(
        CAMT8.replace("</TxDtls>", "</TxDtls><TxDtls><Refs><EndToEndId>Q2</EndToEndId></Refs></TxDtls>", 1)
    )
    assert several.clean and [(each.name, each.account, each.reference) for each in parts] == [
        ("", "", ""),
        ("甲", "", ""),
    ]
    _, plain = of_xml(
        CAMT8.replace(' Ccy="CNY">100', ">100")
        .replace(f"<Othr><Id>{NUMBER}</Id></Othr>", "")
        .replace("<Sum>20.00</Sum>", "<Sum>x</Sum>")
        .replace("<Ccy>CNY</Ccy>", "")
    )
    assert plain.clean


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.50", 123_450),
        ("１，２３４．５０", 123_450),
        ("¥5", 500),
        ("￥-0.05", -5),
        ("5.000", 500),
        ("(3.00)", -300),
        ("+7元", 700),
        ("CNY 12", 1_200),
        ("--", None),
        ("", None),
    ],
)
def test_amounts_as_banks_write_them(written: str, fen: int | None) -> None:
    assert kernel.read_amount(written) == fen


@pytest.mark.parametrize(
    "written", ["1,23.00", "0.005", "1e5", "abc", "1.2.3", "9" * 20, ",5", "1,2345", "- 5 x", "(3.00", "3.00)"]
)
def test_what_is_no_amount(written: str) -> None:
    with pytest.raises(ValueError):
        kernel.read_amount(written)


@given(st.integers(-(10**15), 10**15))
def test_an_amount_is_read_as_it_was_written(fen: int) -> None:
    sign, whole = "-" if fen < 0 else "", abs(fen)
    assert kernel.read_amount(f"{sign}{whole // 100:,}.{whole % 100:02d}") == fen


@given(st.integers(0, 2**32), st.integers(1, 80), st.booleans())
def test_a_right_file_is_clean_and_one_wrong_balance_is_found(seed: int, size: int, backward: bool) -> None:
    chance = random.Random(seed)
    balance, rows = 10**6, []
    for number in range(size):
        fen = chance.choice((-1, 1)) * chance.randrange(1, 10**6)
        balance += fen
        out, into = ("", f"{fen / 100:.2f}") if fen > 0 else (f"{-fen / 100:.2f}", "")
        rows.append(["2026-11-02", out, into, f"{balance / 100:.2f}", f"S{number}"])
    if backward:
        rows.reverse()
    head = ["日期", "支出", "收入", "余额", "流水号"]
    lines = [Line(number, tuple(row)) for number, row in enumerate([head, *rows], 1)]
    entries, checking = checked(lines)
    assert checking.clean and len(entries) == size and checking.closing == balance
    assert checking.opening == 10**6
    prints = [mark for _, mark in Prints().of(entries)]
    assert len(set(prints)) == size and prints == [mark for _, mark in Prints().of(checked(lines)[0])]
    if size > 3:
        spoilt = chance.randrange(1, size - 1)
        rows[spoilt][3] = "0.01"
        assert not checked([Line(n, tuple(row)) for n, row in enumerate([head, *rows], 1)])[1].clean


def test_equal_lines_without_a_number_are_told_apart_by_their_place() -> None:
    plain, balanced = Entry(1, DAY, 5, name="甲"), Entry(1, DAY, 5, balance=9)
    twice = [mark for _, mark in Prints().of([plain, plain, balanced])]
    assert len(set(twice)) == 3
    assert [mark for _, mark in Prints().of([plain, plain])] == twice[:2]


def test_days_and_the_other_values() -> None:
    assert kernel.read_day("2026/1/5") == date(2026, 1, 5) and kernel.read_day("") is None
    assert isinstance(Passed(1, "zero"), Passed) and isinstance(Claim("opening", 1), Claim)
    with pytest.raises(ValueError):
        kernel.read_day("2026-02-30")
    assert isinstance(checked(text="日期,收入,支出,余额\n明天,1,,1\n")[1].problems[0], Problem)


def test_the_order_of_days_decides_where_balances_do_not() -> None:
    entries = [Entry(1, date(2026, 11, 3), 5, currency="CNY"), Entry(2, DAY, 5)]
    checking = Checking(Wanted(NUMBER))
    assert list(checking.run([*entries, Claim("opening", 0, 1), Claim("closing", 0, 11)])) == entries
    assert checking.backward and checking.clean and checking.first == DAY
    half = Checking(Wanted(NUMBER))
    list(half.run([Entry(1, DAY, 5, balance=5), Entry(2, DAY, 5)]))
    assert half.opening is None and not half.clean


def test_an_entry_of_nothing_is_passed_over_and_a_balance_may_lack_its_currency() -> None:
    nothing = CAMT8.replace('<Amt Ccy="CNY">99.00</Amt>', '<Amt Ccy="CNY">0.00</Amt>').replace(
        "<Sts><Cd>PDNG</Cd></Sts>", "<BookgDt><Dt>2026-11-04</Dt></BookgDt>"
    )
    entries, checking = of_xml(nothing)
    assert len(entries) == 2 and checking.passed == 1 and checking.clean
    bare = CAMT8.replace('<Amt Ccy="CNY">100.00</Amt>', "<Amt>100.00</Amt>")
    assert bare != CAMT8 and of_xml(bare)[1].clean
    no_net = CAMT8.replace("<TtlNetNtry><Amt>10.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry>", "")
    assert no_net != CAMT8 and of_xml(no_net)[1].clean


def test_a_statement_says_each_thing_once() -> None:
    assert {each.row for each in kernel.read_camt([CAMT8.encode()]) if isinstance(each, Claim)} == {0}
    claims = [
        (each.what, each.value, each.words) for each in kernel.read_camt([CAMT8.encode()]) if isinstance(each, Claim)
    ]
    assert claims == [
        ("account", 0, NUMBER),
        ("currency", 0, "CNY"),
        ("opening", 10_000, ""),
        ("currency", 0, "CNY"),
        ("closing", 8_950, ""),
        ("currency", 0, "CNY"),
        ("count", 3, ""),
        ("count_in", 1, ""),
        ("inflow", 2_000, ""),
        ("outflow", 3_050, ""),
        ("net", -1_050, ""),
    ]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        (NUMBER, True),
        ("622848*********5678", True),
        ("6228*5678", True),
        ("622848********678", False),
        ("622849*********5678", False),
        ("622848*********5679", False),
        ("622848", False),
    ],
)
def test_a_number_with_stars_is_the_same_by_both_ends_and_four_at_the_last(said: str, same: bool) -> None:
    checking = Checking(Wanted(NUMBER))
    list(checking.run([Claim("account", 0, words=said), Entry(1, DAY, 5, balance=5)]))
    assert checking.clean == same


@pytest.mark.parametrize(("count", "clean"), [(1, False), (2, True), (3, True), (4, False)])
@pytest.mark.parametrize("what", ["count", "count_out"])
def test_what_was_passed_over_may_be_counted_or_not(what: str, count: int, clean: bool) -> None:
    checking = Checking(Wanted(NUMBER))
    entries = [Entry(1, DAY, -5, balance=5), Entry(2, DAY, -5, balance=0)]
    list(checking.run([*entries, Passed(3, "pending"), Claim(what, 0, count)]))
    assert checking.clean == clean
    counted = {"count": 3, "count_out": 2}[what]
    assert clean or told(checking)[0][1].endswith(f"对不上：文件写 {count}，按行计算是 {counted}。")


def test_words_of_money_without_a_day_are_no_header() -> None:
    text = "余额,10.00\n日期,收入,支出,余额\n20261102,5.00,,15.00\n"
    entries, checking = checked(text=text)
    assert checking.clean and len(entries) == 1
    assert told(checked(text="日期,20261102\n日期,收入,支出,余额\n20261102,5.00,,15.00\n")[1]) == []


def test_the_header_stands_in_one_of_the_first_thirty_rows() -> None:
    header = "日期,收入,支出,余额\n20261102,5.00,,5.00\n"
    assert checked(text="青海\n" * 29 + header)[1].clean
    assert told(checked(text="青海\n" * 30 + header)[1])[0] == (1, "没有找到表头。")


def test_a_missing_column_is_told_at_the_header() -> None:
    assert told(checked(text="日期,金额\n20261102,5.00\n")[1]) == [(1, "缺少“余额”这一列。")]
    assert told(checked(text="青海\n青海\n日期,金额\n20261102,5.00\n")[1]) == [(3, "缺少“余额”这一列。")]


def test_a_row_may_end_before_the_last_column() -> None:
    entries, checking = checked(text="日期,余额,支出,收入\n20261102,95.00,5.00\n")
    assert checking.clean and [entry.fen for entry in entries] == [-500]


def test_the_largest_amount_is_a_quadrillion() -> None:
    most = "1,000,000,000,000,000"
    assert kernel.read_amount(f"{most}.00") == 10**17
    for more in (f"{most}.01", f"-{most}.01"):
        with pytest.raises(ValueError):
            kernel.read_amount(more)
    plain = most.replace(",", "")
    for written, wrong in ((f"{plain}.00", False), (f"{plain}.01", True)):
        _, checking = of_xml(CAMT8.replace('<Amt Ccy="CNY">20.00', f'<Amt Ccy="CNY">{written}', 1))
        assert any("不是金额" in sentence for _, sentence in told(checking)) == wrong


def test_a_file_of_one_day_without_balances_runs_forward() -> None:
    checking = Checking(Wanted(NUMBER))
    list(checking.run([Entry(1, DAY, 5), Entry(2, DAY, 6)]))
    assert not checking.backward and checking.oldest is not None and checking.oldest.row == 1


def test_a_file_is_forty_deep_at_most() -> None:
    for depth, refused in ((37, False), (38, True)):
        text = CAMT8.replace("<GrpHdr>", "<GrpHdr>" + "<A>" * depth + "</A>" * depth)
        if refused:
            with pytest.raises(Refusal, match="嵌套过深"):
                of_xml(text)
        else:
            assert of_xml(text)[1].clean


def test_a_wrong_amount_is_told_at_its_entry_and_a_wrong_balance_at_none() -> None:
    second = CAMT8.replace('<Amt Ccy="CNY">30.50', '<Amt Ccy="CNY">x', 1)
    assert (2, "“x”不是金额。") in told(of_xml(second)[1])
    balance = CAMT8.replace('<Amt Ccy="CNY">100.00', '<Amt Ccy="CNY">x', 1)
    assert (0, "“x”不是金额。") in told(of_xml(balance)[1])


def test_a_balance_without_a_side_is_a_credit_and_one_in_debit_is_below_nothing() -> None:
    opening = '<Amt Ccy="CNY">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    assert of_xml(CAMT8.replace(opening, opening.replace("<CdtDbtInd>CRDT</CdtDbtInd>", ""), 1))[1].opening == 10_000
    overdrawn = CAMT8.replace(opening, opening.replace("CRDT", "DBIT"), 1).replace(
        '<Amt Ccy="CNY">89.50</Amt><CdtDbtInd>CRDT', '<Amt Ccy="CNY">110.50</Amt><CdtDbtInd>DBIT', 1
    )
    _, checking = of_xml(overdrawn)
    assert checking.clean and (checking.opening, checking.closing) == (-10_000, -11_050)


def test_one_entry_without_a_problem_can_be_booked() -> None:
    assert [Checking(Wanted("1"), count=count, total=total).clean for count, total in ((0, 0), (1, 0), (1, 1))] == [
        False,
        True,
        False,
    ]


def test_an_entry_counts_under_its_statement_only() -> None:
    stray = "<Ntry><Amt>1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>"
    entries, checking = of_xml(CAMT8.replace("</GrpHdr>", f"{stray}</GrpHdr>"), 999)
    assert entries == of_xml(CAMT8, 999)[0] and checking.clean
