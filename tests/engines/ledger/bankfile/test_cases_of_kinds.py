"""The small inputs that real life broke on, beside the repository: each says what is right and why."""

from pathlib import Path

import pytest

from qilian.engines.ledger.bankfile.api import BankFile, Checking, Entry, Wanted

NUMBER = "6228480000012345678"
EXPECTED: dict[str, tuple[list[int], int, int]] = {  # amounts, opening and closing, by the pages beside the files
    "bankcsv-1.csv": ([50_000, -12_000, -500], 100_000, 137_500),
    "bankcsv-2.csv": ([50_000, -12_000], 100_000, 138_000),
    "bankcsv-3.csv": ([50_000, -12_000], 100_000, 138_000),
    "bankcsv-4.csv": ([-10_000, -500, 5_000], 100_000, 94_500),
    "bankcsv-5.csv": ([50_000, -12_000], 100_000, 138_000),
    "bankcsv-6.csv": ([50_000, -12_000], 100_000, 138_000),
    "camt-1.xml": ([-10_000, -500], 100_000, 89_500),
    "camt-2.xml": ([500, 300], 10_000, 10_800),
    "camt-3.xml": ([20_000, 30_000], 10_000, 60_000),
    "camt-4.xml": ([10_000], 100_000, 110_000),
    "camt-5.xml": ([500], 10_000, 10_500),
    "camt-6.xml": ([500], 10_000, 10_500),
}


def read(path: Path) -> tuple[list[Entry], Checking]:
    checking = Checking(Wanted(NUMBER))
    return list(checking.run(BankFile().read(lambda: [path.read_bytes()]))), checking


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_is_read_as_its_page_says(name: str, shared: Path) -> None:
    entries, checking = read(shared / "testdata/cases/files" / name)
    assert checking.clean, checking.problems
    assert ([each.fen for each in entries], checking.opening, checking.closing) == EXPECTED[name]


def test_parties_are_those_that_the_pages_name(shared: Path) -> None:
    folder = shared / "testdata/cases/files"
    assert all(each.name != "青海甲公司" or each.fen != 50_000 for each in read(folder / "camt-3.xml")[0])
    [returned] = read(folder / "camt-4.xml")[0]
    assert (returned.name, returned.account) == ("青海甲公司", "6300020000000002")
    assert read(folder / "camt-5.xml")[0][0].name == "青海甲公司"
    assert read(folder / "camt-6.xml")[1].others == 1, "the other statement is told"
    assert [each.account for each in read(folder / "bankcsv-2.csv")[0]] == ["6300020000000002", "6300030000000003"]
