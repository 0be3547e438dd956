"""How access present themselves to the house."""

from django.urls import reverse

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.house.principal import current_principal
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.rights.grants.api import name_actions, possible
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person

from .choosing import HOLDERS, PERSONS
from .pages.emergencies import TITLE as EMERGENCIES
from .pages.rights import TITLE, VIEW
from .services import BREAK

name_actions({BREAK: Text("启用紧急授权", "break the glass in an emergency")})


def _person(code: str) -> Pointed | None:
    """A person by name, for whoever sees people."""
    row = Person.objects.filter(code=code).first() if possible(current_principal(), ["people.view"]) else None
    return Pointed(row.name, reverse("people:record", args=[code])) if row else None


refer(
    {
        "core.person": Reference(Text("人员", "Person"), _person),
        "core.post": Reference(Text("岗位", "Post")),
        "core.grant": Reference(Text("权限", "Right")),
        "core.emergency": Reference(Text("紧急授权", "Emergency")),
    }
)

PART = Part(
    name="core.access",
    title=TITLE,
    urls="qilian.core.who.access.urls",
    prefix="access/",
    choices=(PERSONS, HOLDERS),
    menu=(
        MenuItem(TITLE, "access:list", 910, VIEW),
        MenuItem(EMERGENCIES, "access:emergencies", 911, BREAK),
    ),
)
