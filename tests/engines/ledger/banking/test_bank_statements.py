"""Statements in the database: checked without a trace, booked whole, nothing twice, gaps told, personal data sealed."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook
from tests.engines.ledger.banking.conftest import NUMBER
from tests.support.refusals import code_of

from qilian.core.house.principal import Principal, acting
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.who.people.models import Person
from qilian.engines.ledger.bankfile.api import Entry, Prints
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking import jobs
from qilian.engines.ledger.banking.adapters import workbooks
from qilian.engines.ledger.banking.api import BankAccount, Match, Statement, StatementLine
from qilian.engines.ledger.banking.queries import report_of
from qilian.engines.ledger.banking.services import statements as verbs

pytestmark = pytest.mark.django_db
FIRM = "青海高原检测有限公司"
assert workbooks, "the worker loads it, and so does this test"
ONE = ("", "500.00", FIRM, "6217000011112222", "保证金", "S1")
TWO = ("120.50", "", "张三", "6217000033334444", "转账", "S2")
THREE = ("", "3.00", "演示银行", "", "利息", "S3")


def bring(actor: Principal, bank: BankAccount, content: bytes, name: str = "十一月.csv") -> Statement:
    return banking.bring(actor=actor, bank_account=bank, name=name, content=content)


def test_a_statement_is_checked_then_booked_and_matched(
    clerk: Principal, bank: BankAccount, received: Callable[..., str], statement: Callable[..., bytes]
) -> None:
    received(50_000)
    assert banking.reconciliation(bank).difference == -50_000
    brought = bring(clerk, bank, statement([ONE, TWO, THREE]))
    assert (brought.state, brought.lines_read, brought.problem_count) == ("checked", 3, 0)
    assert not StatementLine.objects.exists(), "a check leaves no trace"
    booked = banking.book_statement(actor=clerk, statement=brought)
    bank.refresh_from_db()
    assert (booked.state, bank.bank_fen, bank.last_day) == ("booked", 1_038_250, clock.today())
    assert Match.objects.filter(line__serial="S1", rule="name").count() == 1
    found = banking.reconciliation(bank)
    assert found.unexplained == 0 and found.difference == -11_750
    assert [each.effect for each in found.differences] == [-12_050, 300]
    event = written().get(type="ledger.bank.statement_booked")
    assert (event.data["lines"], event.data["known"], event.data["matched"]) == (3, 0, 1)
    assert FIRM not in str(event.data) and "张三" not in str(event.data)


def test_the_same_statement_twice_books_nothing_twice(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    content = statement([ONE, TWO])
    first = banking.book_statement(actor=clerk, statement=bring(clerk, bank, content))
    assert bring(clerk, bank, content) == first, "the same file is answered with its record"
    assert code_of(lambda: banking.book_statement(actor=clerk, statement=first)) == "banking.statement.booked"
    longer = bring(clerk, bank, statement([ONE, TWO, THREE]))
    assert (longer.state, longer.lines_known) == ("checked", 2)
    banking.book_statement(actor=clerk, statement=longer)
    bank.refresh_from_db()
    assert StatementLine.objects.count() == 3 and bank.bank_fen == 1_038_250
    again = bring(clerk, bank, statement([ONE, TWO, THREE]) + b"\n")
    banking.book_statement(actor=clerk, statement=again)
    bank.refresh_from_db()
    assert StatementLine.objects.count() == 3 and bank.bank_fen == 1_038_250


def test_a_missing_statement_is_told(clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]) -> None:
    late = bring(clerk, bank, statement([TWO], opening=1_050_000))
    assert late.state == "refused" and "中间缺了一份" in banking.problems_of(late)[0].remedy.zh
    early = bring(clerk, bank, statement([ONE]))
    other = bring(clerk, bank, statement([TWO]))
    banking.book_statement(actor=clerk, statement=early)
    assert code_of(lambda: banking.book_statement(actor=clerk, statement=other)) == "banking.statement.gap"
    assert code_of(lambda: banking.book_statement(actor=clerk, statement=late)) == "banking.statement.problems"
    assert StatementLine.objects.count() == 1, "nothing is half saved"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<Document/>", "camt.052、053 或 054"),
        (b'<?xml version="1.0" encoding="utf-7"?><Document/>', "编码“utf-7”不收"),
        (b'<?xml version="1.0" encoding="GB18030"?><Document>\x81</Document>', "文字不是所声明的编码"),
        (f":20:X\n:25:{NUMBER}\n:60F:C2611".encode(), "不是金额"),
        (b'<!DOCTYPE a><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "文档类型或实体"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>', "损坏或被截断"),
        ("姓名,年龄\n".encode(), "没有找到表头"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_hostile_file_ends_in_the_list_of_problems(
    clerk: Principal, bank: BankAccount, content: bytes, words: str
) -> None:
    brought = bring(clerk, bank, content, "statement")
    assert brought.state == "refused" and words in banking.problems_of(brought)[0].message.zh


def test_the_other_party_is_sealed_and_masked(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    banking.book_statement(actor=clerk, statement=bring(clerk, bank, statement([ONE, TWO])))
    person = StatementLine.objects.get(serial="S2")
    assert (str(person.name), str(person.account), person.shown_name) == ("张*", "****4444", "张*")
    assert StatementLine.objects.get(serial="S1").shown_name == FIRM, "an organisation's name is no secret"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, account FROM ledger_bank_line")
        stored = b"".join(bytes(cell) for row in cursor.fetchall() for cell in row)
    assert "张三".encode() not in stored and b"6217000033334444" not in stored


def test_a_large_file_is_the_workers(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "AT_ONCE_BYTES", 10)
    queued = bring(clerk, bank, statement([ONE]))
    assert queued.state == "queued"
    assert code_of(lambda: banking.book_statement(actor=clerk, statement=queued)) == "banking.statement.problems"
    for _ in range(2):
        jobs.check_file(statement=queued.pk)
    queued.refresh_from_db()
    assert queued.state == "checked"
    for _ in range(2):
        jobs.book_file(statement=queued.pk, person=Person.objects.get(login="clerk").pk)
    queued.refresh_from_db()
    assert queued.state == "booked" and StatementLine.objects.count() == 1


def test_a_bank_account_begins_in_agreement(clerk: Principal, bank: BankAccount) -> None:
    assert banking.reconciliation(bank).at_zero and banking.ledger_fen(bank) == 1_000_000
    open_one = lambda **more: banking.open_bank_account(  # noqa: E731 — the refusals below differ in one word each
        actor=clerk,
        **{
            "number": "6228480000099999999",
            "bank": "演示银行",
            "holder": "演示",
            "unit": "qh-czt",
            "opening": Money(0),
            "opened_on": clock.today(),
            **more,
        },
    )
    wrong = [
        ("banking.account.taken", {"number": NUMBER}),
        ("banking.account.number", {"number": "12"}),
        ("banking.account.number", {"number": "账号账号账号"}),
        ("text.missing", {"bank": " "}),
        ("text.long", {"holder": "长" * 121}),
        ("banking.account.opening", {"opening": Money(-1)}),
        ("banking.account.day", {"opened_on": clock.today() + timedelta(days=1)}),
    ]
    for code, more in wrong:
        assert code_of(lambda more=more: open_one(**more)) == code
    assert banking.reconciliation(open_one()).at_zero


def test_without_a_right_nothing_happens(
    somebody: Callable[..., Principal], clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    nobody = somebody("nobody")
    checked = bring(clerk, bank, statement([ONE]))
    for act in (
        lambda: bring(nobody, bank, statement([TWO])),
        lambda: banking.book_statement(actor=nobody, statement=checked),
        lambda: banking.open_bank_account(
            actor=nobody,
            number="6228480000099999999",
            bank="x",
            holder="x",
            unit="qh-czt",
            opening=Money(0),
            opened_on=clock.today(),
        ),
    ):
        assert code_of(act) == "grants.denied"
    with acting(nobody):
        assert not banking.bank_accounts(nobody).exists()
    assert banking.bank_accounts(clerk).get() == bank


def test_the_database_says_the_same(clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]) -> None:
    banking.book_statement(actor=clerk, statement=bring(clerk, bank, statement([ONE, TWO])))
    first, second = StatementLine.objects.order_by("pk")
    for rows, change in (
        (StatementLine.objects.filter(pk=second.pk), {"mark": first.mark}),
        (StatementLine.objects.filter(pk=second.pk), {"fen": 0}),
        (Statement.objects.all(), {"booked_at": None}),
        (Statement.objects.all(), {"problem_count": 1}),
        (Match.objects.all(), {"pair": ""}),
        (Match.objects.all(), {"rule": "luck"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A1:B1" if len(rows[0]) == 1 else "D1:E1")
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_and_booked_by_the_worker(clerk: Principal, bank: BankAccount) -> None:
    day = f"{clock.today():%Y-%m-%d}"
    rows = [
        ("账号", NUMBER),
        ("日期", "收入", "支出", "余额", "对方户名"),
        (day, "500.00", "", "10500.00", FIRM),
        (day, "", 120.5, 10379.5, "张三"),
    ]
    brought = bring(clerk, bank, workbook(rows), "明细.xlsx")
    assert brought.state == "queued", "the web process loads no reader of workbooks"
    jobs.check_file(statement=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.lines_read, brought.closing) == ("checked", 2, 1_037_950), brought.problems
    assert verbs.ask_to_book(actor=clerk, statement=brought).state == "checked"
    jobs.book_file(statement=brought.pk, person=Person.objects.get(login="clerk").pk)
    brought.refresh_from_db()
    assert brought.state == "booked" and StatementLine.objects.count() == 2
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<broken")
    cut = bring(clerk, bank, out.getvalue(), "坏.xlsx")
    jobs.check_file(statement=cut.pk)
    cut.refresh_from_db()
    assert cut.state == "refused" and banking.problems_of(cut)[0].message.zh
    zipped = bring(clerk, bank, b"PK\x03\x04 no workbook", "坏.zip")
    jobs.check_file(statement=zipped.pk)
    zipped.refresh_from_db()
    assert zipped.state == "refused" and banking.problems_of(zipped)[0].message.zh


def test_a_page_that_a_bank_calls_a_workbook_is_read_for_what_it_is(clerk: Principal, bank: BankAccount) -> None:
    cells = "</td><td>".join((f"{clock.today()}", "500.00", "", "10500.00"))
    page = f"<html><table><tr><th>日期<th>收入<th>支出<th>余额</tr><tr><td>{cells}</td></tr></table></html>"
    for name, content in (("明细.xls", page.encode("gb18030")), ("明细.XLSX", page.encode())):
        brought = bring(clerk, bank, content, name)
        assert (brought.state, brought.name) == ("checked", name), banking.problems_of(brought)
    tabs = bring(
        clerk, bank, f"日期\t收入\t支出\t余额\n{clock.today()}\t500.00\t\t10500.00\n".encode("gb18030"), "明细.xls"
    )
    assert tabs.state == "checked"
    old = bring(clerk, bank, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧.xls")
    jobs.check_file(statement=old.pk)
    old.refresh_from_db()
    assert old.state == "refused" and banking.problems_of(old)[0].message.zh


def test_a_short_statement_is_booked_at_once_when_asked(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verbs.ask_to_book(actor=clerk, statement=bring(clerk, bank, statement([ONE]))).state == "booked"
    monkeypatch.setattr(verbs, "BOOKED_AT_ONCE", 1)
    assert verbs.ask_to_book(actor=clerk, statement=bring(clerk, bank, statement([ONE, TWO]))).state == "checked"
    refused_one = bring(clerk, bank, statement([TWO], opening=1))
    assert code_of(lambda: verbs.ask_to_book(actor=clerk, statement=refused_one)) == "banking.statement.problems"


def test_what_was_left_out_is_kept_with_the_statement(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    brought = bring(clerk, bank, statement([ONE]) + "\n小计,,500.00\n,,\n温馨提示\n".encode("gb18030"))
    report = report_of(brought)
    assert brought.state == "checked" and dict(report.left) == {
        "before": 1,
        "head": 1,
        "sums": 1,
        "blank": 1,
        "text": 1,
    }
    fee = (*ONE[:3], "6217000011112222", "手续费", "S1")
    two = bring(clerk, bank, statement([ONE, fee]))
    assert two.state == "checked" and two.lines_read == 2, "one number on two lines: the balances tell them apart"
    banking.book_statement(actor=clerk, statement=two)
    again = bring(clerk, bank, statement([ONE, fee]) + b"\n")
    assert again.lines_known == 2
    banking.book_statement(actor=clerk, statement=again)
    assert StatementLine.objects.count() == 2


NOTICE = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><Ntfctn><Acct><Id>'
    f'<Othr><Id>{NUMBER}</Id></Othr></Id></Acct><Ntry><Amt Ccy="CNY">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    "<BookgDt><Dt>{}</Dt></BookgDt>{}</Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
)


def test_a_notice_is_booked_only_when_a_statement_will_know_its_entries(clerk: Principal, bank: BankAccount) -> None:
    bare = bring(clerk, bank, NOTICE.format(clock.today(), "").encode())
    assert bare.state == "checked"
    assert code_of(lambda: banking.book_statement(actor=clerk, statement=bare)) == "banking.statement.unmarked"
    marked = bring(clerk, bank, NOTICE.format(clock.today(), "<AcctSvcrRef>B1</AcctSvcrRef>").encode())
    banking.book_statement(actor=clerk, statement=marked)
    bank.refresh_from_db()
    assert bank.bank_fen == 1_000_500
    event = written().filter(type="ledger.bank.statement_booked").latest("id")
    assert (event.data["opening"], event.data["closing"]) == (1_000_000, 1_000_500)


def test_a_balance_larger_than_any_can_be_is_refused(clerk: Principal, bank: BankAccount) -> None:
    entry = NOTICE.partition("<Ntry>")[2].partition("</Ntfctn>")[0].replace("5.00", "1000000000000000.00")
    entries = "".join("<Ntry>" + entry.format(clock.today(), f"<AcctSvcrRef>B{n}</AcctSvcrRef>") for n in range(90))
    text = NOTICE.partition("<Ntry>")[0] + entries + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    brought = bring(clerk, bank, text.encode())
    assert brought.state == "refused" and "超过可记的最大数" in banking.problems_of(brought)[0].message.zh


def test_lines_booked_before_balances_were_part_of_a_mark_are_still_known(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]
) -> None:
    banking.book_statement(actor=clerk, statement=bring(clerk, bank, statement([ONE, TWO])))
    for line in StatementLine.objects.all():
        entry = Entry(1, line.day, line.fen, line.balance, serial=line.serial)
        StatementLine.objects.filter(pk=line.pk).update(mark=Prints.former(entry))
    again = bring(clerk, bank, statement([ONE, TWO, THREE]))
    assert (again.state, again.lines_known) == ("checked", 2)
    banking.book_statement(actor=clerk, statement=again)
    assert StatementLine.objects.count() == 3


def test_a_check_that_dies_tells_the_page(
    clerk: Principal, bank: BankAccount, statement: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "AT_ONCE_BYTES", 10)
    queued = bring(clerk, bank, statement([ONE]))
    for _ in range(2):
        jobs.say_unchecked(statement=queued.pk)
    queued.refresh_from_db()
    assert queued.state == "refused" and "程序中断了" in banking.problems_of(queued)[0].message.zh
