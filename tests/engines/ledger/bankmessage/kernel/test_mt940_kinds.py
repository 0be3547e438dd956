"""SWIFT's MT940 and MT942: reversals, pages, words in three structures, damaged fields."""

from datetime import date

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankcheck.api import Checking, Entry, Wanted
from qilian.engines.ledger.bankmessage.api import looks_like_mt940, read_mt940

NUMBER = "6228480000012345678"
HEAD = f":20:STARTUMS\n:25:{NUMBER}\n:28C:5/1\n:60F:C261102CNY1000,00\n"


def read(text: str, number: str = NUMBER, size: int = 50) -> tuple[list[Entry], Checking]:
    checking = Checking(Wanted(number))
    content = text.encode()
    return list(checking.run(read_mt940(content[at : at + size] for at in range(0, len(content), size)))), checking


def one(line: str, words: str = "", closing: str = "") -> Entry:
    entries, checking = read(f"{HEAD}:61:{line}\n{f':86:{words}' if words else ''}\n{closing or ':62F:C261102CNY'}")
    assert len(entries) == 1, checking.problems
    return entries[0]


def told(checking: Checking) -> list[str]:
    return [problem.message.zh for problem in checking.problems]


def test_a_message_is_read_and_adds_up() -> None:
    text = HEAD + (
        ":61:2611021103DR112,5N024NONREF//B123\n"
        ":86:116?00UEBERWEISUNG?109310?20EREF+QL-2026-000123?21SVWZ+Miete?22 Juli?3010020030"
        "?31DE02100100100006820101?32Max?33 Mustermann\n"
        ":61:261102C100,NTRFREF1//4711\n/OCMT/EUR100,00/\n"
        ":86:/NAME/Firma X/REMI//USTD//Rechnung 7/IBAN/NL91ABNA0417164300\n"
        ":62F:C261103CNY987,50\n:64:C261103CNY987,50\n-\n"
    )
    entries, checking = read("{1:F01ABNANL2AXXXX}{2:O9401708}{4:\n" + text + "-}\n")
    assert checking.clean, told(checking)
    paid, came = entries
    assert (paid.row, paid.day, paid.fen, paid.serial) == (6, date(2026, 11, 3), -11_250, "B123")
    assert (paid.name, paid.account) == ("Max Mustermann", "DE02100100100006820101")
    assert (paid.summary, paid.reference) == ("UEBERWEISUNG Miete Juli", "QL-2026-000123")
    assert (came.row, came.day, came.fen, came.serial) == (8, date(2026, 11, 2), 10_000, "4711")
    assert (came.name, came.account) == ("Firma X", "NL91ABNA0417164300")
    assert (came.summary, came.reference) == ("/OCMT/EUR100,00/ Rechnung 7", "REF1")
    assert (checking.opening, checking.closing) == (100_000, 98_750)
    assert told(read(text.replace("987,50\n:64", "987,51\n:64"))[1]) == [
        "期末余额对不上：文件写 987.51，按行计算是 987.50。"
    ]


@pytest.mark.parametrize(
    ("mark", "fen"), [("C", 500), ("D", -500), ("RC", -500), ("RD", 500), ("CR", 500), ("DR", -500), ("RCR", -500)]
)
def test_a_reversal_turns_the_side(mark: str, fen: int) -> None:
    assert one(f"261102{mark}5,00NTRFX").fen == fen


def test_what_is_expected_or_of_zero_moves_nothing() -> None:
    text = HEAD + ":61:261102EC5,00NTRFX\n:61:261102C0,00NTRFX\n:61:261102C1,00NTRFX\n:62F:C261102CNY1001,00\n"
    entries, checking = read(text)
    assert checking.clean and len(entries) == 1 and dict(checking.left) == {"pending": 1, "zero": 1, "text": 1}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("261231C5,00NTRFX", date(2026, 12, 31)),
        ("2612310102C5,00NTRFX", date(2027, 1, 2)),
        ("2701021231C5,00NTRFX", date(2026, 12, 31)),
        ("991231C5,00NTRFX", date(1999, 12, 31)),
    ],
)
def test_the_day_of_booking_lies_near_the_value_date(line: str, day: date) -> None:
    assert one(line).day == day


@pytest.mark.parametrize(
    "line",
    [
        "261302C5,00NTRFX",
        "2611029931C5,00NTRFX",
        "261102C5,005NTRFX",
        "261102X5,00NTRFX",
        "261102C5,0,0NTRFX",
        "",
        "2611020230C5,00NTRFX",
        f"261102C{'9' * 20},00NTRFX",
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_never_left_out(line: str) -> None:
    _, checking = read(f"{HEAD}:61:{line}\n:62F:C261102CNY1000,00\n")
    assert told(checking) == [f"读不懂这一行：“{line[:30]}”。"]


@pytest.mark.parametrize(
    ("words", "name", "account", "summary", "reference"),
    [
        ("Miete\nJuli", "", "", "Miete Juli", "REF"),
        ("/CNTP/NL69RABO01/RABONL2U/Firma Y///REMI/STRD//Dank/EREF/E1", "Firma Y", "NL69RABO01", "Dank", "REF"),
        ("Vorweg /NAME/Firma Z", "Firma Z", "", "Vorweg", "REF"),
        ("166?00GUTSCHRIFT?20ohne Zeichen?32Y", "Y", "", "GUTSCHRIFT ohne Zeichen", "REF"),
        ("166?00X?20KREF+K1?21IBAN+DE99?60SVWZ+Rest", "", "DE99", "X Rest", "REF"),
    ],
)  # fmt: skip
def test_words_in_three_structures(words: str, name: str, account: str, summary: str, reference: str) -> None:
    entry = one("261102C5,00NTRFREF", words)
    assert (entry.name, entry.account, entry.summary, entry.reference) == (name, account, summary, reference)


def test_blanks_at_the_end_of_a_line_are_kept_between_its_words() -> None:
    assert (
        one("261102C5,00NTRFX", "166?20Abrechnung 29.05. ?21siehe \n?22dort").summary == "Abrechnung 29.05. siehe dort"
    )


def test_lines_before_a_message_are_told() -> None:
    entries, checking = read(
        "ABNANL2A\n940\nABNANL2A\n" + HEAD.replace("28C", "28") + ":61:2611020524D9,N192NONREF\n:62F:C261102CNY991\n"
    )
    assert checking.clean and entries[0].fen == -900 and checking.left["text"] == 4


def test_the_reference_of_the_payer_stands_in_for_one_that_is_none() -> None:
    assert one("261102C5,00NTRFNONREF", "/EREF/QL-9/NAME/X").reference == "QL-9"
    assert one("261102C5,00NTRFNONREF//NONREF", "/EREF/NOTPROVIDED/NAME/X").serial == ""


def test_pages_and_messages_follow_each_other() -> None:
    first = HEAD + ":61:261102C5,00NTRFX\n:62M:C261102CNY1005,00\n-\n"
    second = f":20:X\n:25:{NUMBER}\n:28C:5/2\n:60M:C261102CNY1005,00\n:61:261102D1,00NTRFX\n:62F:C261102CNY1004,00\n-\n"
    _, checking = read(first + second)
    assert checking.clean and (checking.opening, checking.closing) == (100_000, 100_400)
    assert told(read(first + second.replace("60M:C261102CNY1005", "60M:C261102CNY1006"))[1]) == [
        "期末余额对不上：文件写 1,004.00，按行计算是 1,005.00。",
        "文件里的对账单接不上：一份以 1,005.00 结束，下一份从 1,006.00 开始。",
    ]
    other = second.replace(NUMBER, "6228480000099999999")
    _, both = read(first + other)
    assert both.clean and both.others == 1 and both.closing == 100_500
    still = f":20:X\n:25:{NUMBER}\n:60F:C261102CNY1000,00\n:62F:C261102CNY1000,00\n"
    assert read(still)[1].clean, "no movement"
    debit = HEAD.replace("60F:C", "60F:D") + ":61:261102C5,00NTRFX\n:62F:D261102CNY995,00\n"
    assert read(debit)[1].opening == -100_000


def test_a_message_that_is_cut_off_is_told() -> None:
    assert told(read(HEAD + ":61:261102C5,00NTRFX\n")[1]) == ["对账单没有期末余额（:62F:），文件可能被截断。"]
    assert "“C2611”不是金额。" in told(read(HEAD.replace("C261102CNY1000,00", "C2611") + ":62F:C261102CNY1000,00")[1])
    undated = read(HEAD.replace("C261102CNY1000", "C000000CNY1000") + ":62F:C000000CNY1000,00\n")[1]
    assert undated.clean and undated.first is None, "a balance without a day is a balance"


def test_a_report_within_the_day_counts_instead_of_balancing() -> None:
    head = f":20:X\n:25:{NUMBER}\n:28C:1\n:34F:CNY0,\n:13D:2611021200+0800\n"
    text = head + ":61:261102C5,00NTRFX//B1\n:90D:0CNY0,\n:90C:1CNY5,00\n-\n"
    _, checking = read(text)
    assert checking.clean and "文件没有余额" in checking.notes[0].message.zh
    assert told(read(text.replace("90C:1CNY5,00", "90C:2CNY6,00"))[1]) == [
        "收入笔数对不上：文件写 2，按行计算是 1。",
        "收入合计对不上：文件写 6.00，按行计算是 5.00。",
    ]
    assert told(read(text.replace("90C:1CNY5,00", "90C:1CNYx"))[1]) == ["“1CNYx”不是金额。"]
    assert told(read(text.replace("90C:1CNY5,00", "90C:x"))[1]) == ["“x”不是金额。"]


def test_chinese_words_in_gbk_and_latin_bytes_are_read() -> None:
    def words(content: bytes) -> str:
        text = (HEAD + ":61:261102C5,00NTRFX\n:86:").encode() + content + b"\n:62F:C261102CNY1005,00"
        return next(Checking(Wanted(NUMBER)).run(read_mt940([text]))).summary

    assert words("货款".encode("gb18030")) == words("货款".encode()) == "货款"
    assert words(b"Stra\xdfe") == "Straße"


def test_what_is_no_message_is_refused() -> None:
    for text, code in (
        (":25:X\n:20:Y\n", "banking.mt940.format"),
        (HEAD + ":86:" + "x" * 10_001, "banking.mt940.long"),
        (HEAD + ":86:" + "x" * 10_001 + "\n", "banking.mt940.long"),
        (HEAD + ":86:" + "x\n" * 300, "banking.mt940.long"),
    ):
        for size in (50, 10**6):
            with pytest.raises(Refusal) as refused:
                read(text, size=size)
            assert refused.value.code == code


def test_a_file_is_known_by_its_first_bytes() -> None:
    assert looks_like_mt940(HEAD.encode()) and looks_like_mt940(b"{1:F01}{2:O940}{4:\r\n:20:X\r\n:25:1\r\n")
    assert looks_like_mt940(b"{1:F01}{2:O940}{4::20:X\r\n:25:1\r\n") and looks_like_mt940(b"\r\n:20:X\r\n:25:1\r\n")
    assert not looks_like_mt940("日期,摘要\n2026-11-02,:20:x".encode()) and not looks_like_mt940(b":20:X\n")
