"""A hold, said once: its traits, and how it is taken, given back or set to return by law."""

from collections.abc import Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.time.clocks.api import Limit
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import (
    ACCOUNTS,
    POST,
    TRANSFER_KINDS,
    TRANSFERS,
    VOUCHER_NUMBER,
    Hold,
    account_scope,
    amount_field,
    amount_trait,
    between,
    books,
    capture,
    hold_coded,
    hold_ref,
    hold_status,
    holds,
    minimal,
    own_accounts,
    play,
    sees,
    title_of,
    unit_of,
    void,
)

from .services import schedule_return

_WORDS = Text("摘要", "For")
_UNITS = (
    ("workday", Text("个工作日", "working days")),
    ("natural_day", Text("日", "days")),
    ("month", Text("个月", "months")),
)


def capture_form(row: Hold) -> Form:
    """How much of a hold is taken: all of it when nothing is said."""
    words = FieldSpec("words", _WORDS, required=False, length=300)
    return Form(
        "capture", Text("扣款", "Capture"), (amount_field(row.debit.asset, required=False), words, VOUCHER_NUMBER)
    )


_VOID = Form("void", Text("撤销", "Void"), (FieldSpec("words", _WORDS, required=False, length=300), VOUCHER_NUMBER))
_RETURN = Form(
    "return",
    Text("定期退回", "Return"),
    (
        FieldSpec("value", Text("期限", "Limit"), "integer", low="1", high="3650"),
        FieldSpec("unit", Text("单位", "Unit"), "choice", choices=_UNITS),
        FieldSpec("basis", Text("依据", "Basis"), length=200),
    ),
)


def _captured(row: Hold, values: Values) -> Values:
    amount = values["amount"]
    return {**values, "hold": row.transfer.code, "amount": None if amount is None else minimal(row.debit.asset, amount)}


def _returned(row: Hold, values: Values) -> Values:
    limit = Limit(values["value"], values["unit"])
    return {"hold": row.transfer.code, "limit": limit, "basis": values["basis"]}


def _takes(me: Principal, row: Hold) -> bool:
    return row.credit.owner in own_accounts(me, POST)


def _takeable(row: Hold) -> bool:
    return row.state == "open" and books(current_principal(), row.credit) and not row.debit.engine


def _crumbs(at: Any) -> Sequence[Crumb]:
    first = Crumb(ACCOUNTS.title, ACCOUNTS.home(""))
    return (first, Crumb(HOLDS.title, f"{HOLDS.home('')}holds/")) if isinstance(at, Hold) else (first,)


HOLDS: Resource[Hold] = Resource(
    plural="holds", row="hold", title=Text("未结预留", "Open holds"), noun=Text("预留", "Hold"),
    key_of=lambda row: row.transfer.code, find=lambda _place, code: hold_coded(code),
    rows=lambda me, _place: between(me, holds().filter(state="open")),
    seen=lambda me, row: sees(me, row.debit_id, row.credit_id),
    named=lambda row: row.transfer.words or TRANSFER_KINDS["pending"], ref=lambda row: hold_ref(row.transfer.code),
    scope=lambda row: account_scope(row.credit),
    quote=lambda at: play(at.debit.asset) if isinstance(at, Hold) else play(),
    traits=(
        Trait("code", Text("流水号", "Code"), lambda row: row.transfer.code, "code", list=False,
              url=lambda row: TRANSFERS.url(row.transfer)),
        Trait("due", Text("退回日", "Goes back"), lambda row: row.due, "datetime", sort="due"),
        Trait("state", Text("状态", "State"), hold_status, "status", plain=lambda row: row.state),
        amount_trait("amount", Text("数额", "Amount"), lambda row: row.debit.asset, lambda row: row.amount, leads=True),
        Trait("measure", Text("计量", "Unit"), lambda row: unit_of(row.debit.asset), json=False),
        Trait("debit", Text("付方", "From"), lambda row: title_of(row.debit), plain=lambda row: row.debit.code),
        Trait("credit", Text("收方", "For"), lambda row: title_of(row.credit), plain=lambda row: row.credit.code),
        Trait("words", Text("摘要", "For"), lambda row: row.transfer.words),
        Trait("basis", Text("依据", "Basis"), lambda row: row.basis),
        Trait("failure", Text("未能退回的原因", "Why it could not be given back"), lambda row: row.failure, list=False),
    ),
    filters=lambda _place: (
        Filter("due", Text("到期", "Due"), lambda rows, _chosen: rows.filter(due__lte=clock.now()),
               (("over", Text("已到期", "Due now")),)),
    ),
    operations=(
        Operation("capture", Text("扣款", "Capture"), POST, capture, capture_form, subject="", takes=_captured,
                  own=_takes, when=_takeable),
        Operation("return", Text("定期退回", "Set its return"), POST, schedule_return, _RETURN, subject="",
                  takes=_returned, own=_takes, when=lambda row: _takeable(row) and not row.basis),
        Operation("void", Text("撤销预留", "Void"), POST, void, _VOID, subject="", own=_takes, when=_takeable,
                  takes=lambda row, values: {**values, "hold": row.transfer.code}, dangerous=True),
    ),
    under="ledger", crumbs=_crumbs,
)  # fmt: skip
