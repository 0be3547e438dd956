"""How credit presents itself to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section

from .models import CreditRecord
from .pages import credit_actions, credit_sections
from .resource import RECORDS
from .services import APPLY, DECIDE, RECORD
from .words import TITLE

name_actions(
    {
        "credit.*": Text("失信信息管理", "manage credit records"),
        RECORD: Text("登记和撤销失信信息", "enter and annul credit records"),
        APPLY: Text("代录信用修复申请", "write down applications for repair"),
        DECIDE: Text("决定信用修复", "decide on repair"),
    }
)
refer({"registry.credit_record": reference(RECORDS)})
add_section("registry.credit", 50, credit_sections)
add_action("registry.credit", 50, credit_actions)
add_dependants(Dependants(TITLE, CreditRecord))

PART = Part(
    name="registry.credit",
    title=TITLE,
    urls="qilian.engines.registry.credit.pages",
    resources=(RECORDS,),
    prefix="credit-records/",
    menu=(MenuItem(TITLE, "credit:list", order=44),),
    jobs=("qilian.engines.registry.credit.jobs",),
    story="qilian.engines.registry.credit.story",
)
