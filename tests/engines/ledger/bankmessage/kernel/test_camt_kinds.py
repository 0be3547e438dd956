"""camt messages of all kinds: statements, reports, notices, envelopes, many in one file, parties, payments within."""

from collections.abc import Iterator
from datetime import date

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankcheck.api import Checking, Entry, Wanted
from qilian.engines.ledger.bankmessage.api import read_camt

NUMBER, OTHER = "6228480000012345678", "6228480000099999999"
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.{}.001.{}"


def account(number: str = NUMBER, currency: str = "CNY") -> str:
    return f"<Acct><Id><Othr><Id>{number}</Id></Othr></Id><Ccy>{currency}</Ccy><Nm>省物流办公室</Nm></Acct>"


def balance(code: str, amount: str, day: str = "2026-11-02") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(amount: str, side: str = "CRDT", more: str = "", days: str = "<BookgDt><Dt>2026-11-02</Dt></BookgDt>") -> str:
    return (
        f'<Ntry><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>{days}{more}</Ntry>'
    )


def statement(*parts: str, number: str = NUMBER) -> str:
    return f"<Stmt><Id>S</Id>{account(number)}{''.join(parts)}</Stmt>"


def document(*statements: str, kind: str = "053", version: str = "08", message: str = "BkToCstmrStmt") -> str:
    space = SPACE.format(kind, version)
    return f'<Document xmlns="{space}"><{message}><GrpHdr/>{"".join(statements)}</{message}></Document>'


def party(role: str, name: str, number: str) -> str:
    return (
        f"<{role}><Pty><Nm>{name}</Nm></Pty></{role}><{role}Acct><Id><Othr><Id>{number}</Id></Othr></Id></{role}Acct>"
    )


def read(text: str, encoding: str = "utf-8", wanted: str = NUMBER) -> tuple[list[Entry], Checking]:
    checking = Checking(Wanted(wanted))
    content = text.encode(encoding)
    pieces = (content[place : place + 300] for place in range(0, len(content), 300))
    return list(checking.run(read_camt(pieces))), checking


def told(checking: Checking) -> list[str]:
    return [problem.message.zh for problem in checking.problems]


ONE = statement(balance("OPBD", "100.00"), balance("CLBD", "105.00"), entry("5.00"))


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(1, 14)])
@pytest.mark.parametrize(
    ("kind", "message", "below"),
    [
        ("053", "BkToCstmrStmt", "Stmt"),
        ("052", "BkToCstmrAcctRpt", "Rpt"),
        ("054", "BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    ],
)
def test_every_version_of_every_message_is_read(version: str, kind: str, message: str, below: str) -> None:
    text = document(ONE, kind=kind, version=version, message=message).replace("Stmt>", f"{below}>")
    text = text.replace(f"BkToCstmr{below}>", f"{message}>")
    entries, checking = read(text)
    assert checking.clean and [each.fen for each in entries] == [500]
    assert (checking.opening, checking.closing) == (10_000, 10_500)


@pytest.mark.parametrize("version", ["00", "14", "99", "8"])
def test_a_version_that_nobody_has_seen_is_named(version: str) -> None:
    with pytest.raises(Refusal, match=f"camt.053.001.{version}") as refused:
        read(document(ONE, version=version))
    assert refused.value.code == "banking.xml.format"


@pytest.mark.parametrize(
    "envelope",
    [
        "<Envelope><Header><AppHdr><Fr>X</Fr></AppHdr></Header><Body>{}</Body></Envelope>",
        '<e:Message xmlns:e="urn:other">{}</e:Message>',
        "<DataPDU><Body><AppHdr/>{}</Body></DataPDU>",
    ],
)
def test_an_envelope_is_opened(envelope: str) -> None:
    entries, checking = read(envelope.format(document(ONE)))
    assert checking.clean and len(entries) == 1
    twice, both = read(
        envelope.format(document(ONE) + document(ONE.replace("105.00", "110.00").replace("100.00", "105.00")))
    )
    assert both.clean and len(twice) == 2 and both.closing == 11_000


def test_prefixes_and_files_without_a_namespace() -> None:
    bare = document(ONE).replace(f' xmlns="{SPACE.format("053", "08")}"', "")
    assert read(bare)[1].clean
    prefixed = (
        document(ONE)
        .replace("xmlns=", "xmlns:n=")
        .replace("<Document", "<n:Document")
        .replace("</Document", "</n:Document")
    )
    assert read(prefixed)[1].clean


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16", "gb2312", "windows-1252"])
def test_the_declared_encoding_is_read(encoding: str) -> None:
    name = "Muller" if encoding == "windows-1252" else "青海甲公司"
    paid = entry(
        "5.00", more=f"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>"
    )
    text = document(f"<Stmt><Id>S</Id>{account().replace('省物流办公室', '')}{balance('OPBD', '1.00')}{paid}</Stmt>")
    entries, checking = read(f'<?xml version="1.0" encoding="{encoding}"?>{text}', encoding)
    assert checking.clean and entries[0].name == name


@pytest.mark.parametrize("encoding", ["utf-7", "idna", "rot13", "hz", "unknown-1", "utf-32", "base64", "zlib"])
def test_an_encoding_that_no_bank_uses_is_refused(encoding: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(f'<?xml version="1.0" encoding="{encoding}"?>' + document(ONE))
    assert refused.value.code == "banking.xml.encoding" and refused.value.remedy is not None


@pytest.mark.parametrize(
    "content", [b'<?xml version="1.0" encoding="GBK"?><a>\xff\xff\x81</a>', b"<a>\xff</a>", b"\xff\xfe<\x00a"]
)
def test_characters_that_are_not_in_the_encoding_are_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        list(read_camt([content]))
    assert refused.value.code in ("banking.xml.encoding", "banking.xml.broken")


def test_the_statement_of_the_account_is_read_and_the_others_are_told() -> None:
    theirs = statement(balance("OPBD", "50.00"), balance("CLBD", "99.00"), entry("1.00"), entry("0.00"), number=OTHER)
    entries, checking = read(document(theirs, ONE))
    assert checking.clean and [each.fen for each in entries] == [500], (
        "what does not add up elsewhere is no problem here"
    )
    assert (checking.opening, checking.closing, checking.others) == (10_000, 10_500, 2)
    assert checking.notes[0].message.zh == "这是 …9999 的对账单，不是 …5678 的。"
    _, none = read(document(theirs, theirs.replace(OTHER, "6228480000000000000")))
    assert told(none) == ["这是 …9999 的对账单，不是 …5678 的。", "这是 …0000 的对账单，不是 …5678 的。"]
    dollars = ONE.replace("<Ccy>CNY</Ccy>", "<Ccy>USD</Ccy>").replace('Ccy="CNY"', 'Ccy="USD"')
    assert read(document(dollars, ONE))[1].clean, "one account holds several currencies"
    assert told(read(document(dollars))[1]) == ["这是 USD 的对账单，不是 CNY 的。"]


def test_several_statements_of_the_account_follow_each_other() -> None:
    second = statement(balance("OPBD", "105.00"), balance("CLBD", "102.00"), entry("3.00", "DBIT"))
    for order in ((ONE, second), (second, ONE)):
        _, checking = read(document(*order))
        assert checking.clean and (checking.opening, checking.closing) == (10_000, 10_200)
    assert read(document(second, ONE))[1].backward
    third = statement(balance("OPBD", "107.00"), balance("CLBD", "108.00"), entry("1.00"))
    assert told(read(document(ONE, third))[1]) == ["文件里的对账单接不上：一份以 105.00 结束，下一份从 107.00 开始。"]


def test_a_statement_without_a_movement_is_clean_when_its_balances_agree() -> None:
    still = statement(balance("OPBD", "100.00", "2026-11-01"), balance("CLBD", "100.00"))
    _, checking = read(document(still))
    assert checking.clean and (checking.first, checking.last) == (date(2026, 11, 1), date(2026, 11, 2))
    _, moved = read(document(still.replace("100.00", "99.00", 1)))
    assert told(moved) == ["期末余额对不上：文件写 100.00，按行计算是 99.00。"]
    assert told(read(document(statement()))[1]) == ["文件里没有一笔记账。"]


def test_interim_balances_stand_for_the_pages_of_a_statement() -> None:
    first = statement(balance("OPBD", "100.00"), balance("ITBD", "105.00"), entry("5.00"))
    middle = statement(balance("ITBD", "105.00"), balance("ITBD", "104.00"), entry("1.00", "DBIT"))
    last = statement(balance("ITBD", "104.00"), balance("CLBD", "110.00"), entry("6.00"))
    _, checking = read(document(first, middle, last))
    assert checking.clean and (checking.opening, checking.closing) == (10_000, 11_000)
    assert told(read(document(first, last))[1]) == ["文件里的对账单接不上：一份以 105.00 结束，下一份从 104.00 开始。"]
    only = statement(balance("ITBD", "105.00"), entry("5.00"))
    _, single = read(document(only))
    assert single.clean and single.opening == 10_000 and "期初余额由它算出" in single.notes[0].message.zh


def test_a_value_date_stands_for_a_booking_date_that_is_missing() -> None:
    for days, expected in (
        ("<ValDt><Dt>2026-11-05</Dt></ValDt>", date(2026, 11, 5)),
        ("<ValDt><DtTm>2026-11-05T10:00:00</DtTm></ValDt>", date(2026, 11, 5)),
        ("<BookgDt/><ValDt><Dt>2026-11-05+08:00</Dt></ValDt>", date(2026, 11, 5)),
    ):
        entries, _ = read(document(statement(balance("OPBD", "1.00"), entry("5.00", days=days))))
        assert entries[0].day == expected
    within = "<NtryDtls><TxDtls><RltdDts><IntrBkSttlmDt>2026-11-06</IntrBkSttlmDt></RltdDts></TxDtls></NtryDtls>"
    entries, _ = read(document(statement(balance("OPBD", "1.00"), entry("5.00", more=within, days=""))))
    assert entries[0].day == date(2026, 11, 6)
    for wrong in (
        "",
        "<BookgDt><Dt>2026-13-01</Dt></BookgDt>",
        "<BookgDt><Dt>0001-01-01</Dt></BookgDt>",
        "<BookgDt><Dt>2026-11-021</Dt></BookgDt>",
    ):
        assert told(read(document(statement(balance("OPBD", "1.00"), entry("5.00", days=wrong))))[1]) == [
            "没有记账日期。"
        ]


def payments(*parts: str) -> str:
    batch = f"<Btch><NbOfTxs>{len(parts)}</NbOfTxs></Btch>"
    return f"<AcctSvcrRef>B9</AcctSvcrRef><NtryDtls>{batch}{''.join(parts)}</NtryDtls>"


def paid(amount: str, name: str, number: str, more: str = "", currency: str = "CNY") -> str:
    amount = f'<Amt Ccy="{currency}">{amount}</Amt>' if amount else ""
    return f"<TxDtls>{more}{amount}<RltdPties>{party('Dbtr', name, number)}</RltdPties></TxDtls>"


def test_a_collective_booking_is_split_into_its_payments() -> None:
    both = payments(
        paid("200.00", "青海甲公司", "6300020000000002"),
        paid("300.00", "青海乙公司", "6300030000000003", "<Refs><EndToEndId>QL-2</EndToEndId></Refs>"),
    )
    claims = "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries></TtlNtries></TxsSummry>"
    entries, checking = read(
        document(statement(balance("OPBD", "0.00"), balance("CLBD", "500.00"), claims, entry("500.00", more=both)))
    )
    assert checking.clean, told(checking)
    assert [(each.fen, each.name, each.account, each.part, each.serial) for each in entries] == [
        (20_000, "青海甲公司", "6300020000000002", 1, "B9"),
        (30_000, "青海乙公司", "6300030000000003", 2, "B9"),
    ]
    assert entries[1].reference == "QL-2"


@pytest.mark.parametrize(
    "parts",
    [
        (paid("200.00", "甲", "630002"), paid("299.99", "乙", "630003")),
        (paid("", "甲", "630002"), paid("", "乙", "630003")),
        (paid("200.00", "甲", "630002"), paid("300.00", "乙", "630003", currency="USD")),
        (paid("0.00", "甲", "630002"), paid("500.00", "乙", "630003")),
    ],
)
def test_payments_that_do_not_make_the_sum_leave_it_whole_and_without_a_party(parts: tuple[str, ...]) -> None:
    entries, checking = read(document(statement(balance("OPBD", "0.00"), entry("500.00", more=payments(*parts)))))
    assert [(each.fen, each.name, each.account, each.part) for each in entries] == [(50_000, "", "", 0)]
    assert checking.clean and "汇总 2 笔付款" in checking.notes[0].message.zh


def test_payments_of_both_sides_make_the_net() -> None:
    fee = '<TxDtls><Amt Ccy="CNY">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>'
    amount = '<TxDtls><AmtDtls><TxAmt><Amt Ccy="CNY">101.00</Amt></TxAmt></AmtDtls></TxDtls>'
    entries, checking = read(document(statement(balance("OPBD", "0.00"), entry("100.00", more=payments(amount, fee)))))
    assert checking.clean and [each.fen for each in entries] == [10_100, -100]


RETURNED = "<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>"
HOLDER, FIRM = ("省物流办公室", NUMBER), ("青海甲公司", "6300020000000002")


@pytest.mark.parametrize(
    ("side", "debtor", "creditor", "more", "expected"),
    [
        ("CRDT", FIRM, HOLDER, "", FIRM),
        ("DBIT", HOLDER, FIRM, "", FIRM),
        ("CRDT", HOLDER, FIRM, "", FIRM),  # a return that does not say so: the holder's account tells
        ("DBIT", FIRM, HOLDER, RETURNED, FIRM),
        ("CRDT", ("省物流办公室", ""), ("青海甲公司", ""), "", ("青海甲公司", "")),  # by name
        ("CRDT", ("某甲", ""), ("某乙", ""), RETURNED, ("某乙", "")),  # nobody is known: a return turns the direction
        ("DBIT", ("某甲", ""), ("某乙", ""), RETURNED, ("某甲", "")),
        ("CRDT", ("某甲", ""), ("某乙", ""), "", ("某甲", "")),
        ("CRDT", HOLDER, HOLDER, "", HOLDER),
    ],
)
def test_the_other_party_is_who_is_not_the_holder(
    side: str, debtor: tuple[str, str], creditor: tuple[str, str], more: str, expected: tuple[str, str]
) -> None:
    parties = party("Dbtr", *debtor) + party("Cdtr", *creditor)
    details = f"<NtryDtls><TxDtls><RltdPties>{parties}</RltdPties>{more}</TxDtls></NtryDtls>"
    entries, _ = read(document(statement(balance("OPBD", "100.00"), entry("5.00", side, details))))
    assert (entries[0].name, entries[0].account) == expected


def test_a_reversal_of_the_whole_entry_turns_the_direction_as_well() -> None:
    parties = "<RltdPties><Dbtr><Nm>某甲</Nm></Dbtr><Cdtr><Nm>某乙</Nm></Cdtr></RltdPties>"
    details = f"<RvslInd>true</RvslInd><NtryDtls><TxDtls>{parties}</TxDtls></NtryDtls>"
    entries, _ = read(document(statement(balance("OPBD", "100.00"), entry("5.00", "CRDT", details))))
    assert entries[0].name == "某乙"


def test_ultimate_parties_and_other_forms_of_accounts_are_read() -> None:
    details = (
        "<NtryDtls><TxDtls><RltdPties><UltmtDbtr><Nm>某甲</Nm></UltmtDbtr><DbtrAcct><Id>"
        "<IBAN>NL91 ABNA 0417 1643 00</IBAN></Id></DbtrAcct></RltdPties>"
        "<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>"
        "<AddtlTxInf>说明</AddtlTxInf></TxDtls></NtryDtls><AddtlNtryInf>补充</AddtlNtryInf>"
    )
    entries, _ = read(document(statement(balance("OPBD", "100.00"), entry("5.00", "CRDT", details))))
    assert (entries[0].name, entries[0].account, entries[0].summary) == ("某甲", "NL91ABNA0417164300", "RF18 说明 补充")


@pytest.mark.parametrize(
    ("given", "serial"),
    [
        ("<AcctSvcrRef>NONREF</AcctSvcrRef>", ""),
        ("<AcctSvcrRef>NOTPROVIDED</AcctSvcrRef><NtryRef>7</NtryRef>", ""),
        ("<NtryRef>2026110200017</NtryRef>", "2026110200017"),
        ("<NtryDtls><TxDtls><Refs><Prtry><Tp>ID</Tp><Ref>P1</Ref></Prtry></Refs></TxDtls></NtryDtls>", "P1"),
        ("<NtryRef>1</NtryRef><AcctSvcrRef>B77</AcctSvcrRef>", "B77"),
        (
            "<NtryDtls><TxDtls><Refs><AcctSvcrRef>T1</AcctSvcrRef></Refs></TxDtls></NtryDtls><AcctSvcrRef>B77</AcctSvcrRef>",
            "T1",
        ),
    ],
)
def test_a_number_of_the_bank_is_one_that_says_something(given: str, serial: str) -> None:
    entries, _ = read(document(statement(balance("OPBD", "100.00"), entry("5.00", more=given))))
    assert entries[0].serial == serial


@pytest.mark.parametrize(
    ("state", "passed", "problems"),
    [
        ("<Cd>PDNG</Cd>", 1, []),
        ("<Cd>INFO</Cd>", 1, []),
        ("<Cd>FUTR</Cd>", 1, []),
        ("<Prtry>BOOKED</Prtry>", 0, []),
        ("<Prtry>MAYBE</Prtry>", 0, ["认不出状态“MAYBE”。"]),
    ],
)
def test_what_is_not_booked_is_told(state: str, passed: int, problems: list[str]) -> None:
    text = document(statement(balance("OPBD", "1.00"), entry("9.00"), entry("5.00").replace("<Cd>BOOK</Cd>", state)))
    _, checking = read(text)
    assert (checking.passed, told(checking)) == (passed, problems)


def test_a_notice_has_no_balances_and_says_so() -> None:
    notice = (
        f"<Ntfctn><Id>N</Id>{account()}{entry('5.00', more='<AcctSvcrRef>B1</AcctSvcrRef>')}{entry('7.00')}</Ntfctn>"
    )
    text = document(notice, kind="054", message="BkToCstmrDbtCdtNtfctn")
    entries, checking = read(text)
    assert checking.clean and len(entries) == 2 and checking.unmarked == 1
    assert "文件没有余额" in checking.notes[0].message.zh
    twice = text.replace(entry("7.00"), entry("5.00", more="<AcctSvcrRef>B1</AcctSvcrRef>"))
    assert told(read(twice)[1]) == ["与第 1 行重复。"]
    fee = text.replace(entry("7.00"), entry("1.00", "DBIT", more="<AcctSvcrRef>B1</AcctSvcrRef>"))
    assert read(fee)[1].clean, "a fee has the number of its payment and is another line"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ("²", "“²”不是笔数。"),
        ("１", "“１”不是笔数。"),
        ("9" * 5000, f"“{'9' * 30}”不是笔数。"),
        ("-1", "“-1”不是笔数。"),
    ],
)
def test_a_count_is_of_plain_digits(count: str, words: str) -> None:
    claims = f"<TxsSummry><TtlNtries><NbOfNtries>{count}</NbOfNtries></TtlNtries></TxsSummry>"
    _, checking = read(document(statement(balance("OPBD", "1.00"), claims, entry("9.00"))))
    assert told(checking) == [words]


@pytest.mark.parametrize("amount", ["9" * 5000, "²", "NaN", "Infinity", "1e9", "-5", "5,00", "", "٣.00"])
def test_an_amount_is_a_bounded_number(amount: str) -> None:
    _, checking = read(document(statement(balance("OPBD", "1.00"), entry(amount))))
    assert told(checking)[0] == f"“{amount[:30]}”不是金额。"
    _, claimed = read(document(statement(balance("OPBD", amount), entry("1.00"))))
    assert f"“{amount[:30]}”不是金额。" in told(claimed)


def many(count: int) -> Iterator[bytes]:
    yield document(statement()).partition("</Stmt>")[0].encode()
    for _ in range(count):
        yield balance("ITBD", "1.00").encode()


def test_what_an_entry_and_a_statement_hold_is_bounded() -> None:
    with pytest.raises(Refusal) as balances:
        list(read_camt(many(1_100)))
    assert balances.value.code == "banking.xml.large"

    def endless(inside: bytes) -> Iterator[bytes]:
        yield document(statement()).partition("</Stmt>")[0].encode() + b"<Ntry><NtryDtls>"
        while True:
            yield inside * 10_000

    for inside in (b"<AddtlNtryInf>x</AddtlNtryInf>", b"<TxDtls/>"):
        with pytest.raises(Refusal) as large:
            list(read_camt(endless(inside)))
        assert large.value.code == "banking.xml.large"


@pytest.mark.parametrize(
    "hostile", ['<!DOCTYPE Document [<!ENTITY a "x">]>', '<!DOCTYPE Document SYSTEM "file:///etc/passwd">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_entities_are_refused_in_every_encoding(hostile: str, encoding: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(f'<?xml version="1.0" encoding="{encoding}"?>{hostile}{document(ONE)}', encoding)
    assert refused.value.code == "banking.xml.doctype"
