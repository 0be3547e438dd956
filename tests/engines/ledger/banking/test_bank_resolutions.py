"""Two people bring bank and book to zero; payment orders go out as a file; nobody decides alone."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.support.refusals import code_of

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import written
from qilian.core.values.money import Money
from qilian.core.values.text import Ref
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking import jobs
from qilian.engines.ledger.banking.api import BankAccount, Match, PaymentOrder, Resolution, StatementLine
from qilian.engines.ledger.book.api import Account, Entry, balance, post, transfer_coded

pytestmark = pytest.mark.django_db
FIRM = "青海高原检测有限公司"


def book(actor: Principal, bank: BankAccount, content: bytes) -> None:
    brought = banking.bring(actor=actor, bank_account=bank, name="x.csv", content=content)
    assert brought.problem_count == 0, banking.problems_of(brought)
    banking.book_statement(actor=actor, statement=brought)
    bank.refresh_from_db()


def test_two_mismatches_are_resolved_to_zero(
    clerk: Principal,
    head: Principal,
    bank: BankAccount,
    firm: Account,
    received: Callable[..., str],
    statement: Callable[..., bytes],
) -> None:
    received(50_000, "QL-000001 保证金")
    typo = transfer_coded(received(12_354, "QL-000002 检测费"))
    rows = [
        ("", "500.00", FIRM, "6217000011112222", "QL-000001", "S1"),
        ("", "123.45", FIRM, "6217000011112222", "QL-000002", "S2"),
        ("", "66.00", "李四", "6217000055556666", "来款", "S3"),
    ]
    book(clerk, bank, statement(rows))
    assert Match.objects.filter(rule="reference").count() == 1
    found = banking.reconciliation(bank)
    assert found.difference == 6_600 - 9 and found.unexplained == 0 and len(found.differences) == 3
    wrong, unknown = StatementLine.objects.get(serial="S2"), StatementLine.objects.get(serial="S3")
    (hint,) = [each for each in banking.matching_of(bank).suggestions if each.line == wrong.pk]
    assert (hint.transfer, hint.why, hint.apart) == (typo.pk, "amount", -9)
    assert (
        code_of(lambda: banking.propose_match(actor=clerk, line=wrong, transfer=typo, reason="x"))
        == "banking.match.amount"
    )
    mend = banking.propose_correction(actor=clerk, line=wrong, transfer=typo, reason="录入时两位数字颠倒")
    put = banking.propose_booking(actor=clerk, line=unknown, counter=bank.suspense, reason="来款单位待查")
    assert code_of(lambda: banking.approve(actor=clerk, resolution=mend)) == "approvals.oneself"
    banking.approve(actor=head, resolution=mend)
    banking.approve(actor=head, resolution=put)
    assert banking.reconciliation(bank).at_zero
    assert balance(firm).balance == 50_000 + 12_345 and balance(bank.suspense).balance == 6_600
    assert code_of(lambda: banking.approve(actor=head, resolution=mend)) == "approvals.decided"
    proposed = written().filter(type="ledger.bank.resolution_proposed").latest("id")
    assert len(proposed.data["party"]) == 64 and "李四" not in str(proposed.data)


def test_a_transfer_that_never_reached_the_bank_is_reversed(
    clerk: Principal, head: Principal, bank: BankAccount, firm: Account, received: Callable[..., str]
) -> None:
    lost = transfer_coded(received(7_000))
    row = banking.propose_reversal(actor=clerk, bank_account=bank, transfer=lost, reason="退票")
    assert (
        code_of(lambda: banking.propose_reversal(actor=clerk, bank_account=bank, transfer=lost, reason="再退"))
        == "banking.resolution.waiting"
    )
    banking.approve(actor=head, resolution=row)
    assert banking.reconciliation(bank).at_zero and balance(firm).balance == 0
    assert Match.objects.filter(rule="reverse").count() == 2
    assert (
        code_of(lambda: banking.propose_reversal(actor=clerk, bank_account=bank, transfer=lost, reason="又退"))
        == "banking.transfer.matched"
    )


def test_a_correction_that_the_book_refuses_changes_nothing(
    clerk: Principal,
    head: Principal,
    bank: BankAccount,
    firm: Account,
    received: Callable[..., str],
) -> None:
    lost = transfer_coded(received(7_000))
    row = banking.propose_reversal(actor=clerk, bank_account=bank, transfer=lost, reason="退票")
    post(
        actor=SYSTEM, entries=[Entry(debit=firm, credit=bank.outside, amount=5_000)], engine="ledger.banking"
    )  # it is spent meanwhile
    assert code_of(lambda: banking.approve(actor=head, resolution=row)) == "ledger.exceeds_credits"
    row.refresh_from_db()
    assert row.state == "proposed" and not Match.objects.filter(rule="reverse").exists()
    banking.reject(actor=head, resolution=row, reason="款项已使用")
    assert Resolution.objects.get().answer == "款项已使用"


def test_what_cannot_be_proposed(
    clerk: Principal,
    head: Principal,
    bank: BankAccount,
    firm: Account,
    received: Callable[..., str],
    statement: Callable[..., bytes],
    somebody: Callable[..., Principal],
) -> None:
    paid_in = transfer_coded(received(50_000))
    rows = [
        ("", "500.00", FIRM, "6217000011112222", "", "S1"),
        ("20.00", "", "王五", "", "", "S2"),
        ("", "9.00", "赵六", "", "", "S3"),
    ]
    book(clerk, bank, statement(rows))
    done, out, into = (StatementLine.objects.get(serial=serial) for serial in ("S1", "S2", "S3"))
    later = transfer_coded(received(900))
    nobody = somebody("nobody")
    wrong = [
        ("banking.line.matched", lambda: banking.propose_match(actor=clerk, line=done, transfer=later, reason="x")),
        (
            "banking.transfer.matched",
            lambda: banking.propose_match(actor=clerk, line=into, transfer=paid_in, reason="x"),
        ),
        (
            "banking.correct.equal",
            lambda: banking.propose_correction(actor=clerk, line=into, transfer=later, reason="x"),
        ),
        ("banking.correct.side", lambda: banking.propose_correction(actor=clerk, line=out, transfer=later, reason="x")),
        ("banking.counter", lambda: banking.propose_booking(actor=clerk, line=into, counter=bank.account, reason="x")),
        ("text.missing", lambda: banking.propose_match(actor=clerk, line=into, transfer=later, reason=" ")),
        ("approvals.person", lambda: banking.propose_match(actor=SYSTEM, line=into, transfer=later, reason="x")),
        ("grants.denied", lambda: banking.propose_match(actor=nobody, line=into, transfer=later, reason="x")),
    ]
    for code, act in wrong:
        assert code_of(act) == code
    row = banking.propose_match(actor=clerk, line=into, transfer=later, reason="人工核对")
    assert (
        code_of(lambda: banking.propose_booking(actor=clerk, line=into, counter=firm, reason="x"))
        == "banking.resolution.waiting"
    )
    for act in (
        lambda: banking.approve(actor=nobody, resolution=row),
        lambda: banking.reject(actor=nobody, resolution=row, reason="x"),
    ):
        assert code_of(act) == "grants.denied"
    assert code_of(lambda: banking.reject(actor=clerk, resolution=row, reason="x")) == "approvals.oneself"
    banking.approve(actor=head, resolution=row)
    assert into.match.transfer_id == later.pk
    put = banking.propose_booking(actor=clerk, line=out, counter=bank.outside, reason="手续费")
    banking.approve(actor=head, resolution=put)
    assert banking.reconciliation(bank).at_zero


def test_payments_go_out_as_a_file_and_come_back_as_lines(
    clerk: Principal, head: Principal, bank: BankAccount, statement: Callable[..., bytes], own_folders: Path
) -> None:
    def order(name: str, yuan: int, account: str = "6217 0000 3333 4444") -> PaymentOrder:
        return banking.order_payment(
            actor=clerk,
            bank_account=bank,
            name=name,
            account=account,
            amount=Money.yuan(yuan),
            purpose="补助",
            cause=Ref("budget.commitment", "c1"),
        )

    first, second, third = order("张三", 300), order("青海冷链物流有限公司", 700), order("李四", 1)
    banking.cancel_order(actor=clerk, order=third)
    assert code_of(lambda: banking.cancel_order(actor=clerk, order=third)) == "banking.order.cancelled"
    release = lambda who, *orders: banking.release_orders(actor=who, bank_account=bank, orders=orders)  # noqa: E731
    assert code_of(lambda: release(clerk, first)) == "approvals.oneself"
    assert code_of(lambda: release(head)) == "banking.batch.empty"
    assert code_of(lambda: release(head, third)) == "banking.order.cancelled"
    batch = release(head, second, first)
    assert code_of(lambda: release(head, first)) == "banking.order.released"
    assert code_of(lambda: banking.cancel_order(actor=clerk, order=first)) == "banking.order.released"
    for _ in range(2):
        jobs.write_file(batch=batch.pk)
    (file,) = (own_folders / "payments").iterdir()
    lines = file.read_bytes().decode("utf-8-sig").splitlines()
    assert file.name == f"{batch.number}.csv" and (file.stat().st_mode & 0o777) == 0o600
    assert lines[2].startswith("1,张三,6217000033334444,,300.00,CNY,补助,QL") and lines[-1] == "合计,2,,,1000.00,CNY,,"
    batch.refresh_from_db()
    assert batch.written_at is not None and hashlib.sha256(file.read_bytes()).hexdigest() == batch.sha256
    assert banking.ledger_fen(bank) == 900_000
    first.refresh_from_db()
    rows = [
        ("300.00", "", "张三", "6217000033334444", first.reference, "S1"),
        ("700.00", "", "青海冷链物流有限公司", "", "转账", "S2"),
    ]
    book(clerk, bank, statement(rows))
    assert sorted(Match.objects.exclude(rule="opening").values_list("rule", flat=True)) == ["name", "reference"]
    assert banking.reconciliation(bank).at_zero
    ordered = written().filter(type="ledger.bank.payment_ordered").first()
    assert ordered is not None and "张三" not in str(ordered.data)


def test_an_account_is_not_overdrawn(clerk: Principal, head: Principal, bank: BankAccount) -> None:
    order = banking.order_payment(
        actor=clerk, bank_account=bank, name="张三", account="6217000033334444", amount=Money.yuan(10_001), purpose="x"
    )
    act = lambda: banking.release_orders(actor=head, bank_account=bank, orders=[order])  # noqa: E731
    assert code_of(act) == "ledger.exceeds_debits"
    order.refresh_from_db()
    assert order.batch_id is None
    for code, more in (
        ("banking.order.amount", {"amount": Money(0)}),
        ("banking.order.account", {"account": "62"}),
        ("banking.order.name", {"name": " "}),
        ("banking.order.purpose", {"purpose": ""}),
    ):
        asked = {"name": "张三", "account": "6217000033334444", "amount": Money(1), "purpose": "x", **more}
        assert code_of(lambda asked=asked: banking.order_payment(actor=clerk, bank_account=bank, **asked)) == code


def test_the_database_says_the_same(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str]
) -> None:
    lost = transfer_coded(received(7_000))
    row = banking.propose_reversal(actor=clerk, bank_account=bank, transfer=lost, reason="退票")
    for change in (
        {"decided_by": clerk.person},
        {"state": "approved"},
        {"state": "lost"},
        {"kind": "match"},
        {"reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=row.pk).update(**change)
    for code, look in (
        ("banking.account.unknown", banking.bank_account_coded),
        ("banking.statement.unknown", banking.statement_coded),
        ("banking.line.unknown", banking.line_coded),
        ("banking.resolution.unknown", banking.resolution_coded),
        ("banking.order.unknown", banking.order_coded),
        ("banking.batch.unknown", banking.batch_coded),
    ):
        assert code_of(lambda look=look: look("none")) == code
    assert banking.resolution_coded(row.code) == row and banking.bank_account_coded(bank.code) == bank


def test_a_reference_binds_several_lines_and_a_batch_binds_one_line_to_its_payments(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str], statement: Callable[..., bytes]
) -> None:
    received(50_000, "QL-000777 保证金")
    orders = [
        banking.order_payment(
            actor=clerk,
            bank_account=bank,
            name=name,
            account="6217000011112222",
            amount=Money(fen),
            purpose="补助",
            bank="",
        )
        for name, fen in (("甲某", 1_000), ("乙某", 2_500))
    ]
    batch = banking.release_orders(actor=head, bank_account=bank, orders=orders)
    rows = [
        ("", "200.00", FIRM, "", "QL-000777 第一笔", "S1"),
        ("", "300.00", FIRM, "", "QL-000777 第二笔", "S2"),
        ("35.00", "", "代发", "", f"批量代发 {batch.number}", "S3"),
    ]
    book(clerk, bank, statement(rows))
    assert banking.reconciliation(bank).at_zero
    found = Match.objects.filter(rule="sum")
    assert found.count() == 4 and found.values("pair").distinct().count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(line=None, transfer=None)


def test_a_sum_is_proposed_and_approved_by_two_people_and_its_rules_are_asked_again(
    clerk: Principal, head: Principal, bank: BankAccount, received: Callable[..., str], statement: Callable[..., bytes]
) -> None:
    one, two = (transfer_coded(received(fen, f"款{fen}")) for fen in (10_000, 20_000))
    rows = [("", "300.00", "某人", "", "合并", "S1"), ("", "100.00", "某人", "", "单笔", "S2")]
    book(clerk, bank, statement(rows))
    line, other = StatementLine.objects.get(serial="S1"), StatementLine.objects.get(serial="S2")
    propose = lambda **more: banking.propose_match(actor=clerk, line=line, transfer=one, reason="合并到账", **more)  # noqa: E731 — called six times below
    assert code_of(propose) == "banking.match.amount"
    assert code_of(lambda: propose(more_transfers=[one])) == "banking.match.several"
    assert code_of(lambda: propose(more_lines=[other], more_transfers=[two])) == "banking.match.several"
    waiting = propose(more_transfers=[two])
    assert code_of(lambda: propose(more_transfers=[two])) == "banking.resolution.waiting"
    taken = banking.propose_reversal
    assert (
        code_of(lambda: taken(actor=clerk, bank_account=bank, transfer=two, reason="x")) == "banking.resolution.waiting"
    )
    banking.approve(actor=head, resolution=waiting)
    assert code_of(lambda: propose(more_transfers=[two])) == "banking.line.matched"
    assert {each.rule for each in Match.objects.filter(resolution=waiting)} == {"match"}
    far = banking.open_bank_account(
        actor=clerk,
        number="6228480000099999999",
        bank="演示",
        holder="演示",
        unit="qh-czt",
        opening=Money(0),
        opened_on=bank.opened_on,
    )
    StatementLine.objects.filter(pk=other.pk).update(bank_account=far)
    third = transfer_coded(received(40_000, "款"))
    mine = StatementLine.objects.create(
        bank_account=bank, statement=line.statement, row=9, day=line.day, fen=30_000, mark="m" * 32
    )
    assert (
        code_of(
            lambda: banking.propose_match(
                actor=clerk, line=mine, transfer=third, reason="x", more_lines=[StatementLine.objects.get(pk=other.pk)]
            )
        )
        == "banking.line.foreign"
    )
