"""What happens to tokens; the token itself stands nowhere."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("tokens.token.made", title=Text("生成接口令牌", "Token made"))
@dataclass(frozen=True, slots=True)
class TokenMade:
    """A person made a token for a program."""

    prefix: str
    actions: tuple[str, ...]
    writes: bool
    expires_at: datetime


@event_type("tokens.token.revoked", title=Text("撤销接口令牌", "Token revoked"))
@dataclass(frozen=True, slots=True)
class TokenRevoked:
    """A token ended before its time."""

    prefix: str
