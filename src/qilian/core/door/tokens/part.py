"""How tokens present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE
from .services import REVOKE

name_actions({REVOKE: Text("撤销他人的接口令牌", "revoke tokens of others")})

PART = Part(
    name="core.tokens",
    title=TITLE,
    urls="qilian.core.door.tokens.urls",
    prefix="account/tokens/",
)
