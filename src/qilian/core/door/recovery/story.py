"""An ordinary month of those who keep accounts: one asks to let somebody in again, another confirms it or does not."""

from collections.abc import Callable
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.who.people.api import Person, register_person

from .api import Recovery, ask, confirm, turn_down

_REASONS = ("新入职，处室来函", "换岗后首次登录，处室来函", "借调到岗，组织部门来函")


def month(chance: Random) -> Story:
    """A colleague gets a first password, a second request is turned down; a reader and who asked are refused."""
    reason = chance.choice(_REASONS)
    colleague: Person = yield Scene("sysadmin", lambda me: register_person(actor=me, login="colleague", name="白玉梅"))
    yield Scene("reader", _asking(colleague, reason), refused="grants.denied")
    first: Recovery = yield Scene("sysadmin", _asking(colleague, reason), hours=2)
    yield Scene("sysadmin", lambda me: confirm(actor=me, recovery=first), refused="grants.denied")
    yield Scene("secadmin", lambda me: confirm(actor=me, recovery=first), hours=3)
    second: Recovery = yield Scene("sysadmin", _asking(colleague, "电话申请"), hours=5)
    yield Scene("secadmin", lambda me: turn_down(actor=me, recovery=second, reason="本人没有到场"))


def _asking(person: Person, reason: str) -> Callable[[Principal], Recovery]:
    return lambda me: ask(actor=me, person=person, kind="password", reason=reason)
