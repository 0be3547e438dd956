"""The rights of budgets, and where a programme lies for them."""

from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Text

from .models import Programme

VIEW, OPEN, APPROPRIATE = "budgets.view", "budgets.open", "budgets.appropriate"
PROPOSE, APPROVE = "budgets.propose", "budgets.approve"
COMMIT, CONFIRM, PAY = "budgets.commit", "budgets.confirm", "budgets.pay"

TITLES = {
    VIEW: Text("查看预算资金", "see budgets"),
    OPEN: Text("设立资金项目和科目", "open programmes and lines"),
    APPROPRIATE: Text("下达预算", "appropriate budgets"),
    PROPOSE: Text("提出调剂和结转", "propose adjustments and the close of a year"),
    APPROVE: Text("批准调剂和结转", "approve adjustments and the close of a year"),
    COMMIT: Text("承诺和退回预算", "commit and release budgets"),
    CONFIRM: Text("确认拨付条件", "confirm conditions of tranches"),
    PAY: Text("拨付资金", "pay tranches"),
}


def scope_of(programme: Programme) -> Scope:
    """What a programme belongs to."""
    return Scope(unit=programme.unit, offer=programme.offer, clause=programme.clause)
