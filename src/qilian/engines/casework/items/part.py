"""How items present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .models import ItemVersion
from .resource import VERSIONS
from .services import PROPOSE, PUBLISH
from .words import TITLE

name_actions(
    {
        PROPOSE: Text("提出事项版本", "propose versions of items"),
        PUBLISH: Text("公布事项", "publish items"),
    }
)
refer({"casework.item_version": reference(VERSIONS, lambda code: ItemVersion.objects.filter(code=code).first())})

PART = Part(
    name="casework.items",
    title=TITLE,
    urls="qilian.engines.casework.items.urls",
    resources=(VERSIONS,),
    menu=(MenuItem(TITLE, "casework-items", order=20),),
)
