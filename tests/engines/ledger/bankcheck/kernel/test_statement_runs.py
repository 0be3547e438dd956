"""One file, several runs: what belongs to whom, what proves a file, when two lines are one."""

from dataclasses import replace
from datetime import date

import pytest

from qilian.core.values.text import Text
from qilian.engines.ledger.bankcheck.api import (
    Begins,
    Checking,
    Claim,
    Entry,
    Item,
    Note,
    Passed,
    Prints,
    Wanted,
    read_count,
    reference_of,
)

NUMBER, DAY = "6228480000012345678", date(2026, 11, 2)
PLAIN = Entry(1, DAY, 500, name="甲", serial="S1")


def run(*items: Item) -> Checking:
    checking = Checking(Wanted(NUMBER))
    list(checking.run(items))
    return checking


def told(checking: Checking) -> list[str]:
    return [problem.message.zh for problem in checking.problems]


def test_marks_are_those_of_a_line_and_not_of_a_reference() -> None:
    prints = Prints()
    payment, fee, reversal = PLAIN, replace(PLAIN, fen=-5), replace(PLAIN, fen=-500)
    shown = [replace(PLAIN, balance=balance) for balance in (500, 1_000, 1_500)]
    marks = [prints.print_of(each) for each in (payment, fee, reversal, *shown, PLAIN, PLAIN)]
    assert len(set(marks)) == 8, "equal lines are counted, all others are told apart"
    assert Prints.former(shown[0]) == marks[0], "as it was before balances were part of a print"
    again = Prints()
    assert [again.print_of(each) for each in (PLAIN, *shown)] == [marks[0], *marks[3:6]], "and known in another file"


@pytest.mark.parametrize(
    "written", ["", "NONREF", "notprovided", "NOT PROVIDED", "N/A", "00000000", "--", "****", "`", " 0 "]
)
def test_what_says_that_there_is_no_reference_is_none(written: str) -> None:
    assert reference_of(written) == ""


def test_what_says_something_is_a_reference() -> None:
    assert reference_of("`QL-1") == "QL-1" and reference_of("12345678") == "12345678"
    assert read_count("12") == 12
    for wrong in ("", "²", "-1", "1.0", "9" * 13):
        with pytest.raises(ValueError):
            read_count(wrong)


def test_claims_that_come_too_late_are_problems_and_early_ones_make_a_statement_foreign() -> None:
    other = Claim("account", 3, words="6228480000099999999")
    assert told(run(PLAIN, Claim("opening", 0, 0), other)) == ["这是 …9999 的对账单，不是 …5678 的。"]
    foreign = run(
        Begins(1), other, Passed(2, "zero"), Passed(2, "text"), PLAIN, Begins(5), Claim("opening", 0, 5), PLAIN
    )
    assert foreign.clean and foreign.others == 2 and dict(foreign.left) == {"text": 1}
    assert foreign.count == 1 and foreign.opening == 5
    assert run(Begins(1), other, other, Claim("currency", 2, words="USD")).total == 1, "told once"


def test_problems_of_other_accounts_are_not_ours() -> None:
    from_them = run(Begins(1), Claim("account", 1, words="1" * 19), problem(), Begins(2), Claim("opening", 0, 5), PLAIN)
    assert from_them.clean
    assert told(run(problem(), Claim("opening", 0, 5), PLAIN)) == ["错"]


def problem() -> Item:
    checking = run(Claim("opening", 0, 5))
    [first] = checking.problems
    return replace(first, message=Text("错", "wrong"))


def test_sums_of_both_sides_prove_a_file_and_of_one_do_not() -> None:
    inflow, outflow = Claim("inflow", 0, 500), Claim("outflow", 0, 0)
    assert run(inflow, outflow, PLAIN).clean
    assert told(run(inflow, PLAIN)) == ["文件没有余额，无法核对。"]
    assert told(run(inflow, outflow, Claim("count", 0, 1), PLAIN, replace(PLAIN, row=2, fen=-1))) == [
        "支出合计对不上：文件写 0.00，按行计算是 0.01。",
        "笔数对不上：文件写 1，按行计算是 2。",
    ]


def test_payments_of_a_booking_are_counted_as_one_or_as_they_are() -> None:
    parts = (replace(PLAIN, fen=200, part=1), replace(PLAIN, fen=300, part=2))
    for count, clean in ((0, False), (1, True), (2, True), (3, False)):
        checking = run(Claim("opening", 0, 0), Claim("count", 0, count), Claim("count_in", 0, count), *parts)
        assert checking.clean is clean and checking.count == 2


def test_repeats_are_told_only_where_nothing_proves_that_they_are_others() -> None:
    same = replace(PLAIN, row=2)
    assert run(Claim("opening", 0, 0), Claim("closing", 0, 1_000), PLAIN, same).clean
    assert told(run(Begins(1, bare=True), PLAIN, same)) == ["与第 1 行重复。"]
    assert run(Begins(1, bare=True), PLAIN, replace(same, fen=-5)).clean
    marked = run(Begins(1, bare=True), replace(PLAIN, serial=""), replace(same, serial=""))
    assert marked.clean and marked.unmarked == 2
    assert run(Begins(1, bare=True), Claim("inflow", 0, 1_000), Claim("outflow", 0, 0), PLAIN, same).clean


def test_sums_larger_than_any_can_be_are_a_problem() -> None:
    most = replace(PLAIN, fen=10**17)
    entries = [replace(most, row=row, serial=f"S{row}") for row in range(91)]
    assert told(run(Claim("opening", 0, 0), *entries)) == ["合计大得不可能是真的。"]
    assert run(Claim("opening", 0, 0), *entries[:90]).clean


def test_only_so_many_notes_are_kept() -> None:
    notes = [Note(row, Text("注", "note")) for row in range(300)]
    assert len(run(Claim("opening", 0, 0), PLAIN, *notes).notes) == 100


def test_the_oldest_and_the_newest_of_a_file() -> None:
    later = replace(PLAIN, row=2, day=date(2026, 11, 3))
    assert run(Claim("opening", 0, 0), PLAIN, later).newest == later
    checking = run(Begins(1), Claim("opening", 0, 500), later, Begins(2), Claim("opening", 0, 0), PLAIN)
    assert checking.clean and checking.oldest == PLAIN and checking.newest == later and checking.backward
    empty = run()
    assert empty.oldest is None and empty.newest is None and told(empty) == ["文件里没有一笔记账。"]
