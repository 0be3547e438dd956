"""How parties present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.rights.privacy.api import Looking, let_look
from qilian.core.values.text import Text
from qilian.core.work.imports.api import register_bulk_sheet

from .choosing import PARTIES
from .models import Contact
from .services.common import scope_of
from .services.importing import SHEET, Parties

name_actions(
    {
        "registry.*": Text("主体登记", "manage parties"),
        "registry.view": Text("查看主体的非公开信息", "see what is not public of parties"),
        "registry.register": Text("登记主体", "register parties"),
        "registry.amend": Text("变更主体", "amend parties"),
        "registry.reveal": Text("查看主体的个人数据", "see personal data of parties"),
        "registry.merge": Text("合并重复主体", "merge duplicates"),
    }
)

register_bulk_sheet(SHEET, Parties())
let_look(
    Looking(
        "registry.contact",
        Contact,
        "registry.reveal",
        {
            "name": Text("姓名", "Name"),
            "phone": Text("电话", "Phone"),
            "email": Text("电子邮箱", "E-mail"),
            "identity": Text("证件号码", "Identity number"),
        },
        scope=lambda row: scope_of(row.party.region),
        url=lambda row: f"/parties/{row.party.code}/",
    )
)

PART = Part(
    name="registry.parties",
    title=Text("主体", "Parties"),
    jobs=("qilian.engines.registry.parties.jobs",),
    choices=(PARTIES,),
)
