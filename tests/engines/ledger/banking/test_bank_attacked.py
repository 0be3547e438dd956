"""Payment orders under attack: rewritten in the table, and released by whom their author chose himself."""

from collections.abc import Callable

import pytest

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.proofs.api import changed_columns
from qilian.core.rights.grants.api import Grant
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, appoint, deputise, principal_of
from qilian.core.who.units.api import Unit
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking.api import BankAccount, PaymentBatch, PaymentOrder

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


@pytest.fixture
def order(clerk: Principal, bank: BankAccount) -> PaymentOrder:
    return banking.order_payment(
        actor=clerk,
        bank_account=bank,
        name="张三",
        account="6217 0000 3333 4444",
        amount=Money.yuan(300),
        purpose="补助",
    )


def released(actor: Principal, bank: BankAccount, order: PaymentOrder) -> PaymentBatch:
    return banking.release_orders(actor=actor, bank_account=bank, orders=[order])


@pytest.mark.parametrize(
    ("column", "value"), [("fen", 99_999_900), ("account", "6217000099999999"), ("name", "李四"), ("bank", "别的银行")]
)
def test_an_order_that_was_rewritten_in_the_table_is_not_paid(
    clerk: Principal, head: Principal, bank: BankAccount, order: PaymentOrder, column: str, value: object
) -> None:
    assert changed_columns(order) == []
    PaymentOrder.objects.filter(pk=order.pk).update(**{column: value})
    assert refused(lambda: released(head, bank, order)) == "banking.order.changed"
    assert banking.ledger_fen(bank) == 1_000_000, "nothing moved"
    banking.cancel_order(actor=clerk, order=order)
    assert changed_columns(PaymentOrder.objects.get(pk=order.pk)) == [column], "no later verb takes it on"


def test_an_order_is_not_released_by_a_right_that_its_author_lent(
    clerk: Principal, bank: BankAccount, order: PaymentOrder
) -> None:
    unit, today = Unit.objects.create(slug="qh-czt", kind="department"), clock.today()
    deputy = Person.objects.create(login="deputy", name="代理", created_at=clock.now())
    chief, seat = (
        appoint(actor=SYSTEM, person=who, unit=unit, role=role, valid_from=today)
        for who, role in ((Person.objects.get(pk=clerk.person), "处长"), (deputy, "科员"))
    )
    Grant.objects.create(post=chief, actions=["banking.release"], valid_from=today)
    deputise(actor=SYSTEM, post=chief, person=deputy, valid_from=today, valid_to=today, reason="出差")
    assert refused(lambda: released(principal_of(deputy), bank, order)) == "approvals.lent"
    Grant.objects.create(post=seat, actions=["banking.release"], valid_from=today)
    assert released(principal_of(deputy), bank, order).fen == 30_000
