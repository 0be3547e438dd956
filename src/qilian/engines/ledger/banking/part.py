"""How banking presents itself to the house."""

from functools import partial

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.proofs.api import cover, sworn_differences
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import implies, name_actions
from qilian.core.rights.privacy.api import Looking, let_look
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import READ
from qilian.engines.ledger.owners.api import name_owners

from . import covering, jobs
from .models import BankAccount, PaymentBatch, PaymentOrder, Resolution, Statement, StatementLine
from .resource import BANKS, BATCHES, LINES, ORDERS, RESOLUTIONS, STATEMENTS, bank_owners, outside_owners
from .rights import REVEAL, TITLES, VIEW, scope_of

refer(
    {
        "bank.account": reference(BANKS),
        "bank.statement": reference(STATEMENTS),
        "bank.line": reference(LINES),
        "bank.resolution": reference(RESOLUTIONS),
        "bank.order": reference(ORDERS),
        "bank.batch": reference(BATCHES),
    }
)
name_actions({"banking.*": Text("银行对账和付款", "bank reconciliation and payments"), **TITLES})
implies(READ, (VIEW,))
_HERE = "qilian.engines.ledger.banking"
_FIELDS = {
    "name": Text("对方户名", "name of the other party"),
    "account": Text("对方账号", "account of the other party"),
}
let_look(Looking("bank.line", StatementLine, REVEAL, _FIELDS, scope=lambda row: scope_of(row.bank_account)))
let_look(Looking("bank.order", PaymentOrder, REVEAL, _FIELDS, scope=lambda row: scope_of(row.bank_account)))

name_owners("bank.account", bank_owners)
name_owners("world", outside_owners)
cover("ledger.banking", covering.TITLE, covering.differences)
_ROWS = (BankAccount, Statement, Resolution, PaymentBatch, PaymentOrder)
cover("ledger.banking.rows", Text("银行账户和付款", "Bank accounts and payments"), partial(sworn_differences, _ROWS))

PART = Part(
    name="ledger.banking",
    title=Text("银行对账", "Banking"),
    urls="qilian.engines.ledger.banking.pages",
    prefix="banking/",
    api="qilian.engines.ledger.banking.programs.router",
    resources=(BANKS, STATEMENTS, LINES, RESOLUTIONS, ORDERS, BATCHES),
    menu=(MenuItem(Text("银行对账", "Bank"), "banking:list", order=62, needs=VIEW),),
    story="qilian.engines.ledger.banking.story",
    jobs=(jobs.__name__, f"{_HERE}.adapters.workbooks"),
)
