"""Ratings for programs under `/api/v1/ratings`: the same verbs, the same grants, the same figures."""

from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import possible, require, signed_in, visible
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party, party_by_code

from .kernel.mean import Tally, posterior, prior_of
from .models import Rating, RatingFlag
from .pages.words import sees
from .queries import (
    categories,
    flag_by_code,
    open_engagements,
    open_flags,
    priors_on,
    ranked,
    rating_by_code,
    ratings_of,
    tallies_of,
    tally_of,
)
from .services import JUDGE, answer, put_aside, rate, restore, settle, withdraw

router = Router()
PAGE = 100


class RatingIn(Schema):
    """Stars (1 to 5) for an engagement: `evidence` is `core.event:<number>`, the parties are named by public codes."""

    evidence: str
    rater: str
    rated: str
    stars: int
    words: str = ""


class WordsIn(Schema):
    """What is said: an answer, a reason or a finding."""

    words: str


class RatingOut(Schema):
    """One rating: `standing` counts, `withdrawn` and `aside` do not."""

    code: str
    rated: str
    rater: str
    rater_name: str
    category: str
    stars: int
    words: str
    given_at: datetime
    state: str
    reason: str
    answer: str
    answered_at: datetime | None
    evidence: str


class MeanOut(Schema):
    """What the ratings of a party come to in a category; `counts` from one star to five."""

    party: str
    name: str
    category: str
    mean: Decimal
    low: Decimal
    high: Decimal
    number: int
    counts: list[int]


class RatedOut(Schema):
    """The means of a party by category, and its latest ratings."""

    means: list[MeanOut]
    latest: list[RatingOut]


class EngagementOut(Schema):
    """A finished thing for which one of one's own parties may still rate a party."""

    evidence: str
    type: str
    at: datetime
    rater: str


class FlagOut(Schema):
    """What looks wrong about the ratings of a party, with its figures; `finding` once an official has looked."""

    code: str
    party: str
    kind: str
    figures: dict[str, str]
    raised_at: datetime
    settled_at: datetime | None
    finding: str


@router.get("", response=list[MeanOut], summary="Everybody rated")
def list_means(request: HttpRequest, category: str = "") -> list[MeanOut]:
    """The first hundred, the best first, of a category when one is named; natural persons are not listed."""
    if category and category not in categories():
        message = Text(f"没有“{category}”这个类别。", f"There is no category “{category}”.")
        raise Refusal("registry.rating_category.unknown", message, where="category")
    rows = ranked(clock.today())
    rows = rows.filter(category=category) if category else rows
    return [_mean(row.party, row.category, tally_of(row)) for row in rows[:PAGE]]


@router.get("/parties/{code}", response=RatedOut, summary="The ratings of a party")
def get_party(request: HttpRequest, code: str) -> RatedOut:
    """The means of a party by category, and its latest hundred ratings that the reader may read."""
    me, party = current_principal(), party_by_code(code)
    rows = [row for row in ratings_of(party).select_related("event")[:PAGE] if sees(me, row)]
    hidden = party.kind == "citizen" and not rows
    means = [] if hidden else [_mean(party, *pair) for pair in sorted(tallies_of(party).items())]
    return RatedOut(means=means, latest=[_out(row) for row in rows])


@router.get("/parties/{code}/engagements", response=list[EngagementOut], summary="What may be rated")
def get_engagements(request: HttpRequest, code: str) -> list[EngagementOut]:
    """The finished things for which who is signed in may rate a party, the latest first."""
    found = open_engagements(signed_in(), party_by_code(code))
    return [
        EngagementOut(evidence=f"core.event:{event.pk}", type=event.type, at=event.at, rater=rater.code)
        for event, rater in found
    ]


@router.get("/flags", response=list[FlagOut], summary="Ratings that look wrong")
def get_flags(request: HttpRequest) -> list[FlagOut]:
    """The flags of one's divisions that wait, the oldest first; needs `ratings.judge`."""
    me = current_principal()
    if not possible(me, [JUDGE]):
        require(me, JUDGE)
    return [_flag(row) for row in visible(open_flags(), me, JUDGE)[:PAGE]]


@router.post("/flags/{code}/finding", response=FlagOut, summary="Settle a flag")
def post_finding(request: HttpRequest, code: str, said: WordsIn) -> FlagOut:
    """Say what was found about ratings that looked wrong; needs `ratings.judge`."""
    return _flag(settle(actor=current_principal(), flag=flag_by_code(code), finding=said.words))


@router.post("", response={201: RatingOut}, summary="Rate a party")
def post_rating(request: HttpRequest, given: RatingIn) -> tuple[int, RatingOut]:
    """Rate a party for an engagement that the log proves; who acts for the rater does."""
    row = rate(
        actor=signed_in(),
        evidence=_evidence(given.evidence),
        rater=party_by_code(given.rater),
        rated=party_by_code(given.rated),
        stars=given.stars,
        words=given.words,
    )
    return 201, _out(row)


@router.get("/{code}", response=RatingOut, summary="One rating")
def get_rating(request: HttpRequest, code: str) -> RatingOut:
    """One rating; a withdrawn one only for its parties and officials."""
    row = rating_by_code(code)
    if not sees(current_principal(), row):
        raise Refusal("registry.rating.unknown", Text("没有这条评分。", "There is no such rating."), where=code)
    return _out(row)


@router.post("/{code}/answer", response=RatingOut, summary="Answer a rating")
def post_answer(request: HttpRequest, code: str, said: WordsIn) -> RatingOut:
    """Answer a rating, once; who acts for the rated party does."""
    return _out(answer(actor=signed_in(), rating=rating_by_code(code), words=said.words))


@router.post("/{code}/withdrawal", response=RatingOut, summary="Withdraw a rating")
def post_withdrawal(request: HttpRequest, code: str, said: WordsIn) -> RatingOut:
    """Take a rating back; who acts for its rater does."""
    return _out(withdraw(actor=signed_in(), rating=rating_by_code(code), reason=said.words))


@router.post("/{code}/exclusion", response=RatingOut, summary="Set a rating aside")
def post_exclusion(request: HttpRequest, code: str, said: WordsIn) -> RatingOut:
    """Take a rating out of the mean, with a public reason; needs `ratings.judge`."""
    return _out(put_aside(actor=current_principal(), rating=rating_by_code(code), reason=said.words))


@router.post("/{code}/restoration", response=RatingOut, summary="Let a rating count again")
def post_restoration(request: HttpRequest, code: str, said: WordsIn) -> RatingOut:
    """Let a rating count again; needs `ratings.judge`."""
    return _out(restore(actor=current_principal(), rating=rating_by_code(code), reason=said.words))


def _evidence(written: str) -> Ref:
    try:
        return Ref.parse(written)
    except ValueError:
        message = Text("证据写作 core.event:编号。", "Evidence is written core.event:<number>.")
        raise Refusal("registry.rating.evidence", message, where="evidence") from None


def _mean(party: Party, category: str, tally: Tally) -> MeanOut:
    found = posterior(prior_of(category, priors_on(clock.today())), tally)
    return MeanOut(
        party=party.code,
        name=party.name,
        category=category,
        mean=found.mean,
        low=found.low,
        high=found.high,
        number=found.number,
        counts=list(tally.counts),
    )


def _out(row: Rating) -> RatingOut:
    plain = ("code", "category", "stars", "words", "given_at", "state", "reason", "answer", "answered_at")
    return RatingOut(
        **{name: getattr(row, name) for name in plain},
        rated=row.rated.code,
        rater=row.rater.code,
        rater_name=row.rater.name,
        evidence=f"core.event:{row.event_id}",
    )


def _flag(row: RatingFlag) -> FlagOut:
    plain = ("code", "kind", "figures", "raised_at", "settled_at", "finding")
    return FlagOut(**{name: getattr(row, name) for name in plain}, party=row.party.code)
