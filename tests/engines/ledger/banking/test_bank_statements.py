"""Statements in the database: checked without a trace, booked whole, nothing twice, gaps told, personal data sealed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.engines.ledger.banking.conftest import NUMBER

from qilian.core.house.principal import Principal, acting
from qilian.core.log.events.api import written
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal
from qilian.core.who.people.models import Person
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking import jobs
from qilian.engines.ledger.banking.api import BankAccount, Match, Statement, StatementLine
from qilian.engines.ledger.banking.services import statements as verbs

pytestmark = pytest.mark.django_db
FIRM = "青海高原检测有限公司"
ONE = ("", "500.00", FIRM, "6217000011112222", "保证金", "S1")
TWO = ("120.50", "", "张三", "6217000033334444", "转账", "S2")
THREE = ("", "3.00", "演示银行", "", "利息", "S3")


def refused(act: Callable[[], object]) -> str:
    before = written().count()
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        assert written().count() == before
        return refusal.code
    return ""


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
    assert refused(lambda: banking.book_statement(actor=clerk, statement=first)) == "banking.statement.booked"
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
    assert refused(lambda: banking.book_statement(actor=clerk, statement=other)) == "banking.statement.gap"
    assert refused(lambda: banking.book_statement(actor=clerk, statement=late)) == "banking.statement.problems"
    assert StatementLine.objects.count() == 1, "nothing is half saved"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 workbook", "CSV 或 camt.053"),
        (b"<Document/>", "camt.053"),
        (b'<!DOCTYPE a><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "文档类型或实体"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>', "损坏或被截断"),
        ("姓名,年龄\n".encode(), "没有找到表头"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_hostile_file_ends_in_the_list_of_problems(
    clerk: Principal, bank: BankAccount, content: bytes, words: str
) -> None:
    brought = bring(clerk, bank, content, "statement.zip" if content.startswith(b"PK") else "statement")
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
    assert refused(lambda: banking.book_statement(actor=clerk, statement=queued)) == "banking.statement.problems"
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
        ("banking.text", {"bank": " "}),
        ("banking.text", {"holder": "长" * 121}),
        ("banking.account.opening", {"opening": Money(-1)}),
        ("banking.account.day", {"opened_on": clock.today() + timedelta(days=1)}),
    ]
    for code, more in wrong:
        assert refused(lambda more=more: open_one(**more)) == code
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
        assert refused(act) == "grants.denied"
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
