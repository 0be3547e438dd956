"""What happens to links between persons and identities; subjects stay out of the log."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("provider.identity.linked", title=Text("绑定统一身份", "Identity linked"), dimensions=("how",))
@dataclass(frozen=True, slots=True)
class IdentityLinked:
    """An identity was linked: by its owner, who proved it, or by an administrator with a reason."""

    issuer: str
    how: str
    reason: str


@event_type("provider.identity.unlinked", title=Text("解除统一身份", "Identity unlinked"))
@dataclass(frozen=True, slots=True)
class IdentityUnlinked:
    """An identity signs in as nobody any more."""

    issuer: str
