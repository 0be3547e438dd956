"""How ratings speak on pages: stars in words, states, addresses, who acts for whom."""

from decimal import Decimal

from django.urls import reverse

from qilian.core.grants.api import allowed
from qilian.core.pages import Colour, Crumb, Status
from qilian.core.principal import Principal
from qilian.core.text import Text
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.ratings.kernel.life import STATES
from qilian.engines.registry.ratings.kernel.mean import Posterior
from qilian.engines.registry.ratings.models import Rating, RatingFlag
from qilian.engines.registry.ratings.queries import categories, rating_scope
from qilian.engines.registry.ratings.services import JUDGE

TITLE = Text("评分", "Ratings")
FLAGS = Text("评分异常核查", "Ratings that look wrong")
POINTS = Text("分", "of 5")
_COLOURS: dict[str, Colour] = {"standing": "green", "withdrawn": "grey", "aside": "amber"}


def status(row: Rating) -> Status:
    """Whether a rating counts, in a word."""
    return Status(STATES[row.state], _COLOURS[row.state])


def category_title(name: str) -> Text:
    """What a category is called."""
    return categories().get(name, Text(name, name))


def interval(found: Posterior) -> str:
    """The interval of a mean."""
    return f"{found.low}–{found.high}"


def mean_of(value: Decimal) -> str:
    """A mean as it is shown: two decimals."""
    return f"{value:.2f}"


def party_url(party: Party) -> str:
    """The address of a party."""
    return reverse("parties:party", args=[party.code])


def rating_url(row: Rating) -> str:
    """The address of a rating."""
    return reverse("ratings:rating", args=[row.code])


def flag_url(row: RatingFlag) -> str:
    """The address of a flag."""
    return reverse("ratings:flag", args=[row.code])


def crumbs(*further: Crumb) -> tuple[Crumb, ...]:
    """The path of a page."""
    return (Crumb(TITLE, reverse("ratings:list")), *further)


def sees(reader: Principal, row: Rating) -> bool:
    """Whether the reader finds a rating.

    Everybody does while both parties are public and it was not withdrawn; its parties and officials always.
    """
    if {row.rater.code, row.rated.code} & set(reader.parties) or allowed(reader, JUDGE, rating_scope(row)):
        return True
    return row.state != "withdrawn" and row.rated.kind != "citizen"
