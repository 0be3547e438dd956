"""How sessions present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.who.people.api import add_person_action

from .pages import END_OF, TITLE
from .services import END

name_actions({END: Text("结束他人的会话", "end sessions of others")})
add_person_action(END_OF, "sessions:end-of", END)

PART = Part(
    name="core.sessions",
    title=TITLE,
    urls="qilian.core.door.sessions.urls",
    prefix="account/sessions/",
    jobs=("qilian.core.door.sessions.jobs",),
)
