"""What happens to second factors; no secret and no code stands in a fact."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("factors.factor.added", title=Text("设置第二重验证", "Second factor added"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class FactorAdded:
    """A person set up an authenticator app or a passkey."""

    kind: str


@event_type("factors.factor.removed", title=Text("移除第二重验证", "Second factor removed"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class FactorRemoved:
    """A factor was taken away, by its owner or by an administrator for a reason."""

    kind: str
    reason: str


@event_type("factors.factor.shown", title=Text("通过第二重验证", "Second factor shown"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class FactorShown:
    """A person showed a second factor: a code, a recovery code or a passkey."""

    kind: str


@event_type("factors.codes.made", title=Text("生成恢复码", "Recovery codes made"))
@dataclass(frozen=True, slots=True)
class CodesMade:
    """A person has new recovery codes; the old ones are void."""

    count: int
