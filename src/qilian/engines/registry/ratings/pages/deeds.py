"""What can be done with a rating, as a table: the noun in the address, who, in which state, what is asked, the verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values.text import Text
from qilian.engines.registry.ratings.models import Rating
from qilian.engines.registry.ratings.queries import rating_scope
from qilian.engines.registry.ratings.services import JUDGE, answer, put_aside, restore, withdraw
from qilian.engines.registry.representation.api import require_party

Side = Literal["rater", "rated", "official"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: `side` says who, `fits` when; `asks` is the label of the one field, `run` calls the verb."""

    title: Text
    side: Side
    fits: Callable[[Rating], bool]
    asks: Text
    run: Callable[[Principal, Rating, str], Rating]
    dangerous: bool = False

    def ask(self, actor: Principal, row: Rating) -> None:
        """Refuse whoever may not do it: `grants.denied`, or as `require_party` does."""
        if self.side == "official":
            require(actor, JUDGE, rating_scope(row))
        else:
            require_party(actor, row.rater if self.side == "rater" else row.rated)


def possible_for(row: Rating, me: Principal) -> list[tuple[str, Deed]]:
    """What the reader may do with a rating as it stands."""
    own = {row.rater.code, row.rated.code} & set(me.parties)
    sides = {
        "rater": row.rater.code in me.parties,
        "rated": row.rated.code in me.parties,
        "official": not own and allowed(me, JUDGE, rating_scope(row)),
    }
    return [(noun, deed) for noun, deed in DEEDS.items() if deed.fits(row) and sides[deed.side]]


_WHY = Text("理由（公开）", "Reason (public)")

DEEDS: Mapping[str, Deed] = {
    "answer": Deed(
        Text("答复", "Answer"),
        "rated",
        lambda row: row.state != "withdrawn" and not row.answer,
        Text("答复（公开，只能一次）", "Answer (public, once)"),
        lambda me, row, words: answer(actor=me, rating=row, words=words),
    ),
    "withdrawal": Deed(
        Text("撤回评分", "Withdraw"),
        "rater",
        lambda row: row.state == "standing",
        _WHY,
        lambda me, row, words: withdraw(actor=me, rating=row, reason=words),
        dangerous=True,
    ),
    "exclusion": Deed(
        Text("排除，不计入", "Set aside"),
        "official",
        lambda row: row.state == "standing",
        _WHY,
        lambda me, row, words: put_aside(actor=me, rating=row, reason=words),
        dangerous=True,
    ),
    "restoration": Deed(
        Text("恢复计入", "Let it count again"),
        "official",
        lambda row: row.state == "aside",
        _WHY,
        lambda me, row, words: restore(actor=me, rating=row, reason=words),
    ),
}
"""By the noun that stands in the address."""
