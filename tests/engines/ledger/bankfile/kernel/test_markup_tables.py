"""Downloads that call themselves .xls and are markup: HTML pages and spreadsheets in XML."""

from collections.abc import Iterator

import pytest

from qilian.core.papers.sheets.api import Line
from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.channels import BankFile
from qilian.engines.ledger.bankfile.kernel import Checking, Wanted

NUMBER = "6228480000012345678"
PAGE = (
    '<html><head><meta charset="gbk"><style>td { color: "x" }</style></head><body><script>var a = "<td>";</script>'
    f"<table><tr><td colspan=4>账号：{NUMBER}</td></tr>"
    "<tr><th>交易日期</th><th>收入&nbsp;金额</th><th>支出金额<th>余额</tr>"
    "<tr><td>2026-11-02</td><td>1,500.00</td><td></td><td>1,500.00</td></tr>"
    "<tr><td>2026-11-03<br>10:00</td><td>&#45;</td><td><b>120</b>.00</td><td>1,380.00</td></tr></table></body></html>"
)
BOOK = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="1"><Table><Row><Cell ss:MergeAcross="3"><Data ss:Type="String">某银行</Data></Cell></Row>'
    "<Row><Cell><Data>交易日期</Data></Cell><Cell><Data>收入</Data></Cell><Cell><Data>支出</Data></Cell>"
    "<Cell><Data>余额</Data></Cell></Row>"
    '<Row ss:Index="5"><Cell><Data>2026-11-02</Data></Cell><Cell><Data>5.00</Data></Cell>'
    '<Cell ss:Index="4"><Data>5.00</Data></Cell></Row></Table></Worksheet></Workbook>'
)


def read(content: bytes) -> Checking:
    checking = Checking(Wanted(NUMBER))
    list(checking.run(BankFile().read(lambda: [content])))
    return checking


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_page_is_read_as_the_table_in_it(encoding: str) -> None:
    checking = read(PAGE.encode(encoding))
    assert checking.clean, checking.problems
    assert (checking.inflow, checking.outflow, checking.closing) == (150_000, 12_000, 138_000)
    [_, head, first, second] = kernel.read_page([PAGE.encode(encoding)])
    assert head == Line(2, ("交易日期", "收入 金额", "支出金额", "余额"))
    assert (first.number, second.cells) == (3, ("2026-11-03 10:00", "-", "120.00", "1,380.00"))


def test_a_spreadsheet_in_xml_is_read_with_the_places_that_it_names() -> None:
    checking = read(BOOK.encode())
    assert checking.clean and checking.closing == 500
    assert [line.number for line in kernel.read_spreadsheet([BOOK.encode()])] == [1, 2, 5]
    chunks = (BOOK.encode()[place : place + 40] for place in range(0, len(BOOK.encode()), 40))
    assert list(kernel.read_spreadsheet(chunks))[2].cells == ("2026-11-02", "5.00", "", "5.00")
    assert list(kernel.read_spreadsheet([b"<Workbook> </Workbook>"])) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PAGE.replace("<td>2026-11-02", "<td rowspan=2>2026-11-02").encode(), "banking.table.merged"),
        (f"<table><tr>{'<td>x</td>' * 300}</tr></table>".encode(), "banking.table.wide"),
        (b"<table><tr><td>\x81\xff</td></tr></table>", "banking.table.encoding"),
        (BOOK.replace("<Cell><Data>2026", '<Cell ss:MergeDown="1"><Data>2026').encode(), "banking.table.merged"),
        (BOOK.replace('Index="4"', 'Index="9999999"').encode(), "banking.table.wide"),
        (BOOK[:-20].encode(), "banking.table.broken"),
        (PAGE[:-3].encode(), "banking.table.broken"),
        (PAGE.replace("<table>", "<!-- <table>").encode(), "banking.table.broken"),
        (BOOK.replace("<Workbook", "<!DOCTYPE a><Workbook").encode(), "banking.table.doctype"),
    ],
)
def test_what_would_move_cells_or_harm_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.code == code and refused.value.remedy is not None


def test_a_page_is_bounded() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"<table>" + b" " * 10**6

    with pytest.raises(Refusal) as large:
        list(kernel.read_page(endless()))
    assert large.value.code == "banking.table.large"


def test_odd_markup_is_read_as_far_as_it_is_a_table() -> None:
    def cells(text: str) -> list[tuple[str, ...]]:
        return [line.cells for line in kernel.read_page([text.encode()])]

    assert cells("<td>a</td><td>b") == [("a", "b")] and cells("<p>a<br>b</p>") == [] and cells("") == []
    assert cells('<tr><td colspan="x">a<td colspan="²">b</tr></script><tr></tr>') == [("a", "b"), ()]
    assert cells("<tr><td>a<SCRIPT>b</td></Script>c<style>d</style><!-- <td>e --></td></tr>") == [("ac",)]
    assert cells("<TR><TD CLASS=x ColSpan = '2'>a&amp;b&nbsp;&#20803;<TD>c<script>d") == [("a&b 元", "", "c")]
    assert cells(f"<td>&#{'9' * 5000};</td><td>&#x{'f' * 5000}</td>< td>") == [("\ufffd", "\ufffd")]
    assert (
        not kernel.is_page(b"<Document/>")
        and kernel.is_page(b"<!DOCTYPE HTML PUBLIC>")
        and not kernel.is_page(BOOK.encode())
    )
    assert kernel.is_spreadsheet(BOOK.encode())
