"""The rights of banking."""

from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Text

from .models import BankAccount

VIEW, OPEN, IMPORT = "banking.view", "banking.open", "banking.import"
PROPOSE, APPROVE, REVEAL = "banking.propose", "banking.approve", "banking.reveal"
ORDER, RELEASE, RECEIVE = "banking.order", "banking.release", "banking.receive"

TITLES = {
    VIEW: Text("查看银行对账", "see bank reconciliation"),
    OPEN: Text("登记银行账户", "register bank accounts"),
    IMPORT: Text("导入对账单", "import bank statements"),
    PROPOSE: Text("提出对账处理", "propose resolutions of differences"),
    APPROVE: Text("批准对账处理", "approve resolutions of differences"),
    REVEAL: Text("查看对方户名和账号全文", "see names and accounts of other parties in full"),
    ORDER: Text("提交付款指令", "order payments"),
    RECEIVE: Text("登记收款", "book receipts"),
    RELEASE: Text("放行付款批次", "release payments"),
}


def scope_of(row: BankAccount) -> Scope:
    """What a bank account belongs to."""
    return Scope(unit=row.unit, offer=row.offer)
