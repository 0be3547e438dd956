"""How standards present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.work.imports.api import register_sheet
from qilian.engines.registry.parties.api import Dependants, add_dependants, add_section

from .models import Adoption, Standard
from .pages import of_party
from .resource import ADOPTIONS, STANDARDS
from .services.adopting import CHECK, DECLARE
from .services.catalogue import REGISTER
from .sheet import CATALOGUE, register_row
from .words import TITLE

name_actions(
    {
        "standards.*": Text("标准管理", "manage standards"),
        REGISTER: Text("登记标准", "register standards"),
        DECLARE: Text("代主体登记采用声明", "declare adoptions for parties"),
        CHECK: Text("核查采用", "check adoptions"),
    }
)
refer(
    {
        "registry.standard": reference(STANDARDS, lambda code: Standard.objects.filter(code=code).first()),
        "registry.adoption": reference(ADOPTIONS, lambda code: Adoption.objects.filter(code=code).first()),
    }
)
register_sheet(CATALOGUE, register_row)
add_section("standards", 50, of_party)
add_dependants(Dependants(TITLE, Adoption))

PART = Part(
    name="registry.standards",
    title=TITLE,
    kinds=("standard",),
    urls="qilian.engines.registry.standards.urls",
    resources=(STANDARDS, ADOPTIONS),
    menu=(MenuItem(TITLE, "registry-standards:all", order=45),),
    pages={"standard": "qilian.engines.registry.standards.pages"},
    tellers={"standard": "qilian.engines.registry.standards.story"},
)
