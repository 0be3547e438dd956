"""How the book presents itself to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import implies, name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_dependants

from .models import Account
from .resource import ACCOUNTS, RESTRAINTS, TRANSFERS
from .resource import ASSETS as ASSETS_
from .rights import ASSETS, FREEZE, OPEN, POST, READ, RECONCILE, VIEW
from .words import TITLE

refer(
    {
        "ledger.account": reference(ACCOUNTS),
        "ledger.transfer": reference(TRANSFERS),
        "ledger.asset": reference(ASSETS_),
        "ledger.restraint": reference(RESTRAINTS),
    }
)
name_actions(
    {
        "ledger.*": Text("账本管理", "manage the ledger"),
        ASSETS: Text("登记资产", "register assets"),
        OPEN: Text("开户", "open accounts"),
        VIEW: Text("查看账户", "see accounts"),
        POST: Text("记账", "book transfers"),
        FREEZE: Text("冻结、质押和销户", "freeze, release and close accounts"),
        RECONCILE: Text("核对账本", "reconcile the ledger"),
        READ: Text("查看资金页面（只读）", "see pages of money, without acting"),
    }
)
add_dependants(Dependants(Text("账户", "Accounts"), Account, ("owner",)))
implies(READ, (VIEW,))

PART = Part(
    name="ledger.book",
    title=Text("账本", "Ledger"),
    urls="qilian.engines.ledger.book.pages",
    prefix="ledger/",
    resources=(ASSETS_, ACCOUNTS, TRANSFERS, RESTRAINTS),
    menu=(MenuItem(TITLE, "ledger:accounts", 40, SIGNED_IN),),
    story="qilian.engines.ledger.book.story",
)
