"""Payment orders as a file, by hand."""

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.ledger.bankfile import kernel
from qilian.engines.ledger.bankfile.kernel import Order

ORDER = Order("QL-1", "青海高原检测有限公司", "6217000011112222", "中国银行西宁分行", 123_405, "检测费")


def test_a_batch_file_by_hand() -> None:
    content = kernel.write_batch("B1", "6228", [ORDER, Order("QL-2", "=1+1", "62170000", "", 5, "@x")])
    assert content.startswith(b"\xef\xbb\xbf") and content.decode("utf-8-sig").split("\r\n") == [
        "批次号,B1,付款账号,6228",
        "序号,收款人户名,收款账号,收款银行,金额,币种,用途,参考号",
        "1,青海高原检测有限公司,6217000011112222,中国银行西宁分行,1234.05,CNY,检测费,QL-1",
        "2,'=1+1,62170000,,0.05,CNY,'@x,QL-2",
        "合计,2,,,1234.10,CNY,,",
        "",
    ]
    assert content == kernel.write_batch("B1", "6228", [ORDER, Order("QL-2", "=1+1", "62170000", "", 5, "@x")])


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order("r", "甲", "6217000011112222", "", 0, "x"), "banking.order.amount"),
        (Order("r", " ", "6217000011112222", "", 5, "x"), "banking.order.name"),
        (Order("r", "甲", "62-17", "", 5, "x"), "banking.order.account"),
        (Order("r", "甲", "6217000011112222", "", 5, " "), "banking.order.purpose"),
    ],
)
def test_an_order_that_a_bank_would_refuse(order: Order, code: str) -> None:
    kernel.check_order(ORDER)
    with pytest.raises(Refusal) as refused:
        kernel.check_order(order)
    assert refused.value.code == code


def test_accounts_and_currencies_are_cleaned() -> None:
    assert kernel.clean_account(" 6217 0000-1111a") == "621700001111A"
    assert kernel.currency_of("人民币") == "CNY"
