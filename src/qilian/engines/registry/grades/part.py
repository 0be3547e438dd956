"""How grades present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section

from .models import Grading
from .pages import grade_actions, grade_sections
from .resource import METHODS, RESULTS
from .services.common import APPEAL, APPROVE, DECIDE, PROPOSE, PUBLISH, RUN
from .words import TITLE

name_actions(
    {
        "grades.*": Text("评价管理", "manage grades"),
        PROPOSE: Text("提出评价方法", "propose methods of grades"),
        APPROVE: Text("批准评价方法", "approve methods of grades"),
        RUN: Text("评价主体", "evaluate parties"),
        PUBLISH: Text("公布和撤销评价", "publish and withdraw grades"),
        APPEAL: Text("代录书面申诉", "write down paper appeals"),
        DECIDE: Text("答复申诉", "answer appeals"),
    }
)
refer({"registry.grading": reference(RESULTS, lambda code: Grading.objects.filter(code=code).first())})
add_section("registry.grades", 40, grade_sections)
add_action("registry.grades", 40, grade_actions)
add_dependants(Dependants(TITLE, Grading))
refer({"registry.grade_method": Reference(Text("评价方法", "Method of a grade"))})

PART = Part(
    name="registry.grades",
    title=TITLE,
    kinds=("grade",),
    urls="qilian.engines.registry.grades.urls",
    resources=(METHODS, RESULTS),
    menu=(MenuItem(TITLE, "registry-grades", order=42),),
    jobs=("qilian.engines.registry.grades.jobs",),
    pages={"grade": "qilian.engines.registry.grades.pages"},
    tellers={"grade": "qilian.engines.registry.grades.story"},
)
