"""What takes no grant is done through a token only where it was made for that: one's own matters, and those of parties.

A person needs no right to withdraw what he proposed or to act for a party that he represents; whoever finds a token of
his, made to read one list, must not be able to do either.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from qilian.core.house.principal import Principal
from qilian.core.values.text import Refusal, Text

from .kernel import matches

FOR_ONESELF, FOR_PARTIES = "own.act", "parties.act"
TOKEN_RIGHTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        FOR_ONESELF: Text("办理本人的事项", "do what is one's own"),
        FOR_PARTIES: Text("为所代表的主体办事", "act for the parties one represents"),
    }
)
"""The rights that no grant gives and a token alone is told, with their words."""


def told(actor: Principal, *rights: str) -> bool:
    """Whether an actor may do what is his without a grant: through a token, when it names one of these rights.

    >>> told(Principal("person", person=1), FOR_PARTIES), told(Principal("person", person=1, limits=()), FOR_PARTIES)
    (True, False)
    """
    limits = actor.limits
    return limits is None or any(matches(pattern, right) for pattern in limits for right in rights)


def not_told(right: str) -> Refusal:
    """The refusal of a token that was not made for this (HTTP 403): `tokens.oneself` or `tokens.parties`."""
    code, words = ("oneself", "本人") if right == FOR_ONESELF else ("parties", "您代表的主体")
    whom = "you" if right == FOR_ONESELF else "the parties that you represent"
    title = TOKEN_RIGHTS[right]
    message = Text(f"这个令牌不能为{words}办事。", f"This token does not act for {whom}.")
    remedy = Text(f"请生成选有“{title.zh}”的令牌。", f"Make one with “{title.en}”.")
    return Refusal(f"tokens.{code}", message, where="Authorization", remedy=remedy)
