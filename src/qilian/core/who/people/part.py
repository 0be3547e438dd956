"""How people presents itself to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.rights.privacy.api import Looking, let_look
from qilian.core.values.text import Text

from .models import Person
from .pages.reading import EMAIL, MINE, PEOPLE, PHONE, person_url

name_actions(
    {
        "people.view": Text("查看人员", "see people"),
        "people.register": Text("登记人员", "register people"),
        "people.deactivate": Text("停用账号", "close accounts"),
        "people.appoint": Text("任职和交接", "appoint and hand over"),
        "people.reveal": Text("查看人员的完整联系方式", "see people's contacts in full"),
    }
)
_CONTACTS = {"phone": PHONE, "email": EMAIL}
let_look(Looking("core.person", Person, "people.reveal", _CONTACTS, about=lambda row: row.pk, url=person_url))

PART = Part(
    name="core.people",
    title=PEOPLE,
    urls="qilian.core.who.people.urls",
    prefix="people/",
    menu=(MenuItem(MINE, "people:mine", 60, SIGNED_IN), MenuItem(PEOPLE, "people:list", 900, "people.view")),
    jobs=("qilian.core.who.people.jobs",),
)
