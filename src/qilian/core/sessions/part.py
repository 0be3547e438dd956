"""What sessions bring into the house."""

from qilian.core.grants.api import name_actions
from qilian.core.packs.api import Part
from qilian.core.people.api import add_person_action
from qilian.core.text import Text

from .events import SessionBegun, SessionEnded
from .pages import END_OF, TITLE
from .services import END

name_actions({END: Text("结束他人的会话", "end sessions of others")})
add_person_action(END_OF, "sessions:end-of", END)

PART = Part(
    name="core.sessions",
    title=TITLE,
    events={"sessions.session.begun": SessionBegun, "sessions.session.ended": SessionEnded},
    urls="qilian.core.sessions.urls",
    prefix="account/sessions/",
    jobs=("qilian.core.sessions.jobs",),
)
