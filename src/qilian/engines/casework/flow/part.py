"""How cases present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_dependants

from .models import Case, CaseExtension
from .resource import CASES, EXTENSIONS
from .rights import ACCEPT, HANDLE, STEER, VIEW
from .words import TITLE

name_actions(
    {
        "casework.*": Text("办件管理", "manage cases"),
        ACCEPT: Text("窗口收件", "accept applications"),
        HANDLE: Text("办理本单位的环节", "do the steps of one's unit"),
        STEER: Text("调度办件（转办、跳转、中止、终止、延期）", "steer cases (hand on, jump, suspend, end, extend)"),
        VIEW: Text("查看办件", "see cases"),
    }
)
refer(
    {
        "casework.case": reference(CASES, lambda code: Case.objects.filter(code=code).first()),
        "casework.extension": reference(EXTENSIONS, lambda code: CaseExtension.objects.filter(code=code).first()),
        "casework.step": Reference(Text("办件环节", "Step of a case")),
    }
)
add_dependants(Dependants(TITLE, Case))

PART = Part(
    name="casework.flow",
    title=TITLE,
    kinds=("procedure",),
    resources=(CASES, EXTENSIONS),
    jobs=("qilian.engines.casework.flow.jobs",),
    pages={"procedure": "qilian.engines.casework.flow.pages"},
    tellers={"procedure": "qilian.engines.casework.flow.story"},
)
