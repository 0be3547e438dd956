"""Where a statement or an order turns: one fen, one day, one row more; what a file says of itself, and what is said."""

from datetime import date
from hashlib import sha256

import pytest

from qilian.core.papers.sheets.api import read_csv
from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.kernel import Checking, Claim, Entry, Prints, Wanted
from qilian.engines.ledger.bankfile.kernel.orders import Order, check_order

DAY = date(2026, 11, 2)


def entry(row: int, fen: int, balance: int | None = None, day: int = 2) -> Entry:
    return Entry(row=row, day=date(2026, 11, day), fen=fen, balance=balance, name="", account="", summary="")


def run(*items: Entry | Claim) -> Checking:
    checking = Checking(Wanted("1"))
    list(checking.run(items))
    return checking


def read(text: str) -> Checking:
    checking = Checking(Wanted("1"))
    list(checking.run(kernel.read_statement_csv(read_csv(text.encode("gb18030")))))
    return checking


def test_one_fen_comes_in() -> None:
    checking = run(entry(1, 1, 101), entry(2, -1, 100))
    assert (checking.inflow, checking.outflow, checking.count_in, checking.net) == (1, 1, 1, 0)


@pytest.mark.parametrize(("what", "value", "clean"), [
    ("count", 3, True), ("count", 4, False), ("count_in", 1, True), ("count_in", 2, False),
    ("count_out", 2, True), ("count_out", 4, False), ("count_out", 1, False),
])  # fmt: skip
def test_what_the_file_says_it_counts_is_counted(what: str, value: int, clean: bool) -> None:
    rows = (entry(1, 5, 105), entry(2, -1, 104), entry(3, -1, 103))
    assert (run(*rows, Claim(what, 9, value)).problems == []) is clean


def test_balances_say_which_way_a_file_runs_and_days_do_where_they_do_not() -> None:
    forward = (entry(1, 5, 105, day=3), entry(2, -1, 104, day=2), entry(3, -2, 102, day=1))
    assert not run(*forward).backward and run(*reversed(forward)).backward
    assert run(*forward).problems == [] and run(*reversed(forward)).problems == []
    silent = tuple(entry(row, 1, None, day) for row, day in ((1, 3), (2, 2)))
    assert run(*silent).backward and not run(*reversed(silent)).backward
    half = (entry(1, 5, None, day=2), entry(2, 1, 6, day=2), entry(3, 1, None, day=3))
    assert not run(*half).backward


BY_SIDE = "日期,金额,借贷标志,余额\n{}\n"


def test_a_side_that_is_unknown_is_shown_by_ten_letters() -> None:
    [problem] = read(BY_SIDE.format("2026-11-02,5.00,一二三四五六七八九十甲,105.00")).problems
    assert problem.message.zh == "认不出“一二三四五六七八九十”是收还是支。"
    assert problem.message.en == "“一二三四五六七八九十” says neither debit nor credit."
    assert problem.remedy.en == "It should say 借 or 贷, 收 or 支."
    [day] = read(BY_SIDE.format("昨天,5.00,贷,105.00")).problems
    assert day.remedy.en == "A date looks like 2026-11-24."


def test_amounts_with_a_sign_need_no_mark() -> None:
    checking = read("日期,金额,余额\n2026-11-02,5.00,105.00\n2026-11-02,-1.00,104.00\n2026-11-02,0.00,104.00\n")
    assert checking.problems == [] and (checking.inflow, checking.outflow, checking.passed) == (500, 100, 1)


def test_the_third_equal_line_of_a_day_has_the_print_of_the_third() -> None:
    prints = Prints()
    said = f"plain|{DAY}|5||||"
    line = Entry(row=1, day=DAY, fen=5, balance=None, name="", account="", summary="")
    for number in (1, 2, 3):
        assert prints.print_of(line) == sha256(f"{said}|{number}".encode()).hexdigest()[:32]


def test_an_order_pays_a_fen_at_least() -> None:
    def order(fen: int) -> Order:
        return Order("R1", "甲公司", "6217000011112222", "某银行", fen, "货款")

    check_order(order(1))
    for fen in (0, -1):
        with pytest.raises(Refusal) as refused:
            check_order(order(fen))
        assert refused.value.code == "banking.order.amount"


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("账号：6.22848E+18", "2026-11-02,5.00,,5.00,6300020000000002,甲"),
        ("户名：某办公室", "2026-11-02,5.00,,5.00,6.30002e15,甲"),
        ("户名：某办公室", "2026-11-02,5.00,,5.00,6300020000000002,2E+11"),
    ],
)
def test_a_number_that_a_spreadsheet_rounded_is_never_taken_for_an_account(title: str, row: str) -> None:
    checking = read(f"{title}\n交易日期,收入,支出,余额,对方账号,流水号\n{row}\n")
    (problem,) = checking.problems
    assert "科学计数" in str(problem.message) and problem.remedy and not checking.clean
