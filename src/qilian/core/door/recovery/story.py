"""An ordinary month of those who keep accounts: one asks to let somebody in again, another confirms it or does not."""

from collections.abc import Callable
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.who.people.api import Person

from .api import Recovery, ask, confirm, turn_down

_REASONS = ("忘记密码，已当面核对身份", "换岗后首次登录，处室来函", "离岗培训后忘记密码")


def month(chance: Random) -> Story:
    """Two requests for first passwords. Refused by rule: who asked confirms it himself, a reader asks."""
    reason = chance.choice(_REASONS)
    yield Scene("reader", _asking("liaison", reason), refused="grants.denied")
    first: Recovery = yield Scene("sysadmin", _asking("liaison", reason), hours=2)
    yield Scene("sysadmin", lambda me: confirm(actor=me, recovery=first), refused="grants.denied")
    yield Scene("secadmin", lambda me: confirm(actor=me, recovery=first), hours=3)
    second: Recovery = yield Scene("sysadmin", _asking("liaison2", "电话申请"), hours=5)
    yield Scene("secadmin", lambda me: turn_down(actor=me, recovery=second, reason="本人没有到场"))


def _asking(login: str, reason: str) -> Callable[[Principal], Recovery]:
    return lambda me: ask(actor=me, person=Person.objects.get(login=login), kind="password", reason=reason)
