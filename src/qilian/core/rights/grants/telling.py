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


def told(actor: Principal, *, personal: bool, right: str = "") -> bool:
    """Whether an actor may do what is his without a grant, for himself or for a party: by a token, if it names that.

    It may name the `right` of others who do it as well.

    >>> told(Principal("person", person=1, limits=("own.act",)), personal=True)
    True
    """
    limits, wanted = actor.limits, (_kind(personal), *([right] if right else []))
    return limits is None or any(matches(pattern, each) for pattern in limits for each in wanted)


def not_told(*, personal: bool) -> Refusal:
    """The refusal of a token that was not made for this (HTTP 403): `tokens.oneself` or `tokens.parties`."""
    title = TOKEN_RIGHTS[_kind(personal)]
    code, zh, en = (
        ("oneself", "本人", "you") if personal else ("parties", "您代表的主体", "the parties that you represent")
    )
    message = Text(f"这个令牌不能为{zh}办事。", f"This token does not act for {en}.")
    remedy = Text(f"请生成选有“{title.zh}”的令牌。", f"Make one with “{title.en}”.")
    return Refusal(f"tokens.{code}", message, where="Authorization", remedy=remedy)


def _kind(personal: bool) -> str:
    return FOR_ONESELF if personal else FOR_PARTIES
