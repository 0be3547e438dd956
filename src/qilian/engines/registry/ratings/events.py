"""What happens to ratings, as facts; words of people stay in the record, the category's offer stands on the event."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.rating.given", title=Text("评分", "Rated"), dimensions=("category", "stars"))
@dataclass(frozen=True, slots=True)
class RatingGiven:
    """A party of a finished engagement (`evidence`) gave the event's party so many stars."""

    category: str
    stars: int
    rater: str
    evidence: str


@event_type("registry.rating.withdrawn", title=Text("撤回评分", "Rating withdrawn"), dimensions=("category",))
@dataclass(frozen=True, slots=True)
class RatingWithdrawn:
    """Who gave it takes it back, with a reason."""

    category: str
    stars: int
    reason: str


@event_type("registry.rating.answered", title=Text("答复评分", "Rating answered"), dimensions=("category",))
@dataclass(frozen=True, slots=True)
class RatingAnswered:
    """The rated party answered; its words stand beside the rating."""

    category: str
    stars: int


@event_type("registry.rating.set_aside", title=Text("排除评分", "Rating set aside"), dimensions=("category",))
@dataclass(frozen=True, slots=True)
class RatingSetAside:
    """An official took it out of the mean, with a reason; it stays readable."""

    category: str
    stars: int
    reason: str


@event_type("registry.rating.restored", title=Text("恢复计入评分", "Rating counts again"), dimensions=("category",))
@dataclass(frozen=True, slots=True)
class RatingRestored:
    """An official let it count again, with a reason."""

    category: str
    stars: int
    reason: str


@event_type("registry.rating.flagged", title=Text("评分异常提示", "Ratings look wrong"), dimensions=("alarm",))
@dataclass(frozen=True, slots=True)
class RatingsFlagged:
    """The ratings of the event's party look wrong in this way; an official judges."""

    alarm: str
    count: int
    number: int


@event_type("registry.rating.flag_settled", title=Text("评分异常已核查", "Flag settled"), dimensions=("alarm",))
@dataclass(frozen=True, slots=True)
class FlagSettled:
    """An official looked into it and says what he found."""

    alarm: str
    finding: str
