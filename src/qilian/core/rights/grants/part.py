"""What grants bring into the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from .services import GrantGiven, GrantRevoked

PART = Part(
    name="core.grants",
    title=Text("权限", "Rights"),
    events={"grants.grant.given": GrantGiven, "grants.grant.revoked": GrantRevoked},
)
