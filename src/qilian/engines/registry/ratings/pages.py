"""Ratings as pages: everybody rated by category, one party, one rating with its answer, what looks wrong."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import NOT_A_RECORD, Action, Column, Crumb, Fact, Head, Section, Table
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import event_title, timeline
from qilian.core.offers.resource.api import columns, facts_named, forms, listed, record, visible
from qilian.core.rights.grants.api import possible, require_somewhere
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .models import Rating, RatingFlag
from .queries import LIMITS, PRIORS, open_engagements, rating_ref, ratings, ratings_of, source_of, standings
from .resource import FLAGS, LATEST, MEANS, RATED, RATINGS
from .services import CLAUSE, JUDGE
from .words import LAW, TITLE, limit_words, named_to, prior_words, sees

_SHOWN = 20
_NOBODY = Text(
    "还没有评分。办结的事项里，双方可以互相评分。", "Nobody is rated yet: parties of finished engagements rate."
)


@require_safe
def everybody(_request: HttpRequest) -> HttpResponse:
    """Everybody rated, the best first, with number and interval beside the mean."""
    today = clock.today()
    facts = (
        Fact(Text("先验", "Prior"), prior_words(today), _parameter(PRIORS), source_of(PRIORS, today)),
        Fact(Text("异常界限", "Limits of alarms"), limit_words(today), _parameter(LIMITS), source_of(LIMITS, today)),
    )
    actions = [Action(FLAGS.title, "/ratings/flags/")] if possible(current_principal(), [JUDGE]) else []
    head = Head(TITLE, (Crumb(TITLE),), CLAUSE, facts=facts, actions=actions)
    return listed(MEANS, "", head, empty=_NOBODY, order="-mean", intro=(LAW,))


@require_safe
def rated(_request: HttpRequest, code: str) -> HttpResponse:
    """The ratings of a party: the mean by category with its counts, and the latest."""
    row: Party = visible(RATED, "", code)
    return record(RATED, row, *_sections(row, current_principal(), LATEST), history=NOT_A_RECORD)


@require_safe
def rating(_request: HttpRequest, code: str) -> HttpResponse:
    """One rating with its engagement, answer and reason; a withdrawn one only for its parties and officials."""
    row: Rating = visible(RATINGS, "", code)
    said = facts_named(RATINGS, row, "words", "answer", "answered_at", "reason")
    engagement = (
        Fact(Text("事项", "Engagement"), event_title(row.event)),
        Fact(Text("发生时间", "Happened"), row.event.at),
        Fact(Text("记录", "Record"), row.event.subject),
        Fact(Text("事件编号", "Event"), str(row.event_id)),
    )
    return record(
        RATINGS,
        row,
        *([Section(Text("内容", "What was said"), "content", facts=said)] if said else []),
        Section(Text("所评的事项", "What it rates"), "engagement", facts=engagement),
        history=named_to(current_principal(), row, timeline(rating_ref(row))),
    )


@require_safe
def flags(_request: HttpRequest) -> HttpResponse:
    """What looks wrong and waits for an official of the division, the oldest first, with its figures."""
    require_somewhere(current_principal(), JUDGE)
    head = Head(FLAGS.title, (*MEANS.crumbs(""), Crumb(FLAGS.title)), CLAUSE)
    return listed(FLAGS, "", head, empty=Text("没有待核查的评分异常。", "Nothing looks wrong."))


@require_safe
def flag(_request: HttpRequest, code: str) -> HttpResponse:
    """One flag: its figures, the party's ratings beside, and what an official found."""
    row: RatingFlag = visible(FLAGS, "", code)
    rows = list(ratings().filter(rated=row.party)[:LATEST])
    return record(FLAGS, row, _latest(rows))


def party_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """What a party's page says of its ratings; nothing when there are none."""
    return _sections(party, reader, _SHOWN)


def party_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to rate a party, for who acts for a party that may."""
    if not set(reader.parties) - {party.code} or not open_engagements(reader, party):
        return ()
    operation = RATED.operation("rating")
    return (Action(operation.title, f"{RATED.url(party)}{operation.noun}/"),)


def _sections(party: Party, reader: Principal, most: int) -> list[Section]:
    rows = list(ratings_of(party)[:most])
    counted = [each for each in MEANS.traits_at("") if each.name.startswith("stars")]
    counts = [Column(each.name, each.title, each.value, "number") for each in counted]
    shown = [each for each in columns(MEANS, "", *counts) if each.name != "name"]
    means = list(standings(clock.today()).filter(party=party)) if rows else []
    return [
        *([Section(Text("评分", "Ratings"), "ratings", Table(shown, means))] if means else []),
        *([_latest([row for row in rows if sees(reader, row)])] if rows else []),
    ]


def _latest(rows: Sequence[Rating]) -> Section:
    return Section(Text("最近的评分", "Latest ratings"), "latest-ratings", Table(columns(RATINGS, ""), rows))


def _parameter(key: str) -> str:
    return reverse("parameters:parameter", args=[key])


app_name = "ratings"
urlpatterns = [
    path("", everybody, name="list"),
    path("flags/", flags, name="flags"),
    *(each for found in (RATED, FLAGS, RATINGS) for each in forms(found)),
    path("flags/<str:code>/", flag, name="flag"),
    path("parties/<str:code>/", rated, name="rated"),
    path("<str:code>/", rating, name="rating"),
]
