"""How coming in by oneself presents itself to the house; its pages open sessions and therefore lie in `web/layout`."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(
    name="core.signup",
    title=Text("注册和密码", "Sign-up and passwords"),
    urls="qilian.core.door.signup.urls",
    prefix="account/",
    jobs=("qilian.core.door.signup.jobs",),
)
