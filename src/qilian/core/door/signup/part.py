"""How coming in by oneself presents itself to the house; its pages open sessions and therefore lie in `web/layout`."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.who.people.api import add_person_action

from .pages import TITLE
from .passwords import ISSUE

name_actions({ISSUE: Text("发放初始密码", "issue first passwords")})
add_person_action(TITLE, "signup:first-password", ISSUE)

PART = Part(
    name="core.signup",
    title=Text("注册和密码", "Sign-up and passwords"),
    urls="qilian.core.door.signup.urls",
    prefix="account/",
    jobs=("qilian.core.door.signup.jobs",),
)
