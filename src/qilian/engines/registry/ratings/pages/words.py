"""How ratings speak on pages: stars in words, states, addresses, who acts for whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.urls import reverse

from qilian.core.house.pages import Colour, Crumb, Status, TimelineEntry
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.ratings.kernel.life import STATES
from qilian.engines.registry.ratings.kernel.mean import Posterior, prior_of
from qilian.engines.registry.ratings.models import Rating, RatingFlag
from qilian.engines.registry.ratings.queries import categories, limits_on, priors_on, rating_scope
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


def named_to(reader: Principal, row: Rating, entries: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """What happened to a rating; who acted is named to its parties and officials only: raters are masked elsewhere."""
    return entries if concerns(reader, row) else [replace(entry, actor="", note="") for entry in entries]


def prior_words(day: date) -> Text:
    """The priors of a day, category by category."""
    table = priors_on(day)
    other, own = prior_of("*", table), [name for name in table if name != "*"]
    said = [Text(f"均值 {other.mean}，权重 {other.weight}", f"mean {other.mean}, weight {other.weight}")]
    for name in own:
        title, prior = category_title(name), table[name]
        said.append(
            Text(f"{title.zh}：{prior.mean}，{prior.weight}", f"{title.en}: {prior.mean}, weight {prior.weight}")
        )
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))


def limit_words(day: date) -> Text:
    """From when on ratings are looked into, as a sentence."""
    a = limits_on(day)
    return Text(
        f"{a.burst_hours} 小时内 {a.burst_count} 条；{a.dominant_count} 条以上中一人超过 {a.dominant_share}%；"
        f"{a.fresh_count} 个登记不满 {a.fresh_days} 天的评分人只给最高分或最低分",
        f"{a.burst_count} within {a.burst_hours} hours; over {a.dominant_share}% of {a.dominant_count} from one rater; "
        f"{a.fresh_count} raters registered for {a.fresh_days} days at most who give the highest or the lowest only",
    )


def concerns(reader: Principal, row: Rating) -> bool:
    """Whether the reader acts for one of a rating's parties, or judges it."""
    return bool({row.rater.code, row.rated.code} & set(reader.parties)) or allowed(reader, JUDGE, rating_scope(row))


def sees(reader: Principal, row: Rating) -> bool:
    """Whether the reader finds a rating.

    Everybody does while both parties are public and it was not withdrawn; its parties and officials always.
    """
    return concerns(reader, row) or (row.state != "withdrawn" and row.rated.kind != "citizen")
