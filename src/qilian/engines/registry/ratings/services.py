"""Verbs of ratings: rate, withdraw, answer, set aside and restore, settle what looked wrong."""

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text, required_text
from qilian.core.who.inbox.api import done
from qilian.core.work.parameters.api import define
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of
from qilian.engines.registry.representation.api import require_party, tell_party

from .engagements import event_named
from .events import (
    FlagSettled,
    RatingAnswered,
    RatingGiven,
    RatingRestored,
    RatingSetAside,
    RatingWithdrawn,
)
from .flagging import flag_key, look_at
from .kernel.life import Life, answered, may_rate, restored, set_aside, stars_in, withdrawn
from .models import Rating, RatingFlag, RatingTally
from .queries import (
    LIMITS,
    PRIORS,
    are_related,
    category_of,
    engagement_of,
    flag_ref,
    life_of,
    rating_ref,
    rating_scope,
    tally_of,
)

JUDGE = "ratings.judge"
CLAUSE = "3.3.4"
_FIELDS = ("ones", "twos", "threes", "fours", "fives")

_REASON = Text("理由", "reason")


@internal("a database of the house begins with its parameters")
def define_ratings(*, actor: Principal) -> None:
    """Make sure that the parameters of ratings exist: priors by category, limits of alarms. Again is harmless.

    Refusals: those of `parameters.define`.
    """
    priors = Text("各类评分的先验", "Priors of ratings by category")
    limits = Text("评分异常提示的界限", "Limits of alarms on ratings")
    define(actor=actor, key=PRIORS, title=priors, kind="table", clause=CLAUSE)
    define(actor=actor, key=LIMITS, title=limits, kind="table", clause=CLAUSE)


@transaction.atomic
def rate(*, actor: Principal, evidence: Ref, rater: Party, rated: Party, stars: int, words: str = "") -> Rating:
    """Give one to five stars for an engagement that the log proves; who acts for the rater does.

    `evidence` is `core.event:<number>`. Refusals: those of `require_party`, `registry.rating.evidence`, `.engagement`,
    `.used`, `.oneself`, `.related`, `.stars`, and those of a closed rated party.
    """
    require_party(actor, rater)
    refuse_closed(registration_of(rated))
    event = event_named(evidence)
    tally = _locked_tally(rated, category_of(event))
    may_rate(engagement_of(event), rater.code, rated.code, related=are_related(rater, rated, clock.today()))
    row = Rating(rated=rated, rater=rater, event=event, category=tally.category, stars=stars_in(stars))
    row.offer, row.clause, row.region = event.offer, event.clause or CLAUSE, rated.region[:6]
    row.words = fitting_text(words, "words", Text("评语", "words"), most=500)
    row.given_by_id, row.given_at = actor.person, clock.now()
    row.save(force_insert=True)
    _count(tally, row, 1)
    _tell(actor, row, RatingGiven(row.category, row.stars, f"registry.party:{rater.code}", str(evidence)))
    title = Text(f"“{rated.name}”收到一条评分", f"“{rated.name}” was rated")
    _tell_people(
        actor, rated, row, title, Text(f"{row.stars} 分，可以答复一次。", f"{row.stars} of 5; you may answer once.")
    )
    look_at(rated)
    return row


@transaction.atomic
def withdraw(*, actor: Principal, rating: Rating, reason: str) -> Rating:
    """Take a rating back; who acts for its rater does. The engagement is not rated again.

    Refusals: those of `require_party`, `registry.rating.state`, `text.…`.
    """
    row, tally = _locked(rating)
    require_party(actor, row.rater)
    life, said = withdrawn(life_of(row)), required_text(reason, "reason", _REASON)
    _move(row, tally, life, said)
    _tell(actor, row, RatingWithdrawn(row.category, row.stars, said))
    return row


@transaction.atomic
def answer(*, actor: Principal, rating: Rating, words: str) -> Rating:
    """Answer a rating, once; who acts for the rated party does.

    Refusals: those of `require_party`, `registry.rating.state`, `.answered`, `.words`.
    """
    row, _ = _locked(rating)
    require_party(actor, row.rated)
    answered(life_of(row))
    row.answer, row.answered_at = required_text(words, "words", Text("答复", "answer"), most=500), clock.now()
    row.save(update_fields=["answer", "answered_at"])
    _tell(actor, row, RatingAnswered(row.category, row.stars))
    title = Text(f"“{row.rated.name}”答复了您的评分", f"“{row.rated.name}” answered your rating")
    _tell_people(actor, row.rater, row, title, Text(row.answer, row.answer))
    return row


@transaction.atomic
def put_aside(*, actor: Principal, rating: Rating, reason: str) -> Rating:
    """Take a rating out of the mean, with a reason that everybody reads beside it; it is not deleted.

    Nobody judges ratings of his own parties. Refusals: `grants.denied`, `registry.rating.own`, `.state`, `.reason`.
    """
    row, tally = _judged(actor, rating)
    life, said = set_aside(life_of(row)), required_text(reason, "reason", _REASON)
    _move(row, tally, life, said)
    _tell(actor, row, RatingSetAside(row.category, row.stars, said))
    for party in (row.rater, row.rated):
        _tell_people(actor, party, row, Text("一条评分不再计入", "A rating no longer counts"), Text(said, said))
    return row


@transaction.atomic
def restore(*, actor: Principal, rating: Rating, reason: str) -> Rating:
    """Let a rating count again that was set aside.

    Refusals: `grants.denied`, `registry.rating.own`, `registry.rating.state`, `text.…`.
    """
    row, tally = _judged(actor, rating)
    life, said = restored(life_of(row)), required_text(reason, "reason", _REASON)
    _move(row, tally, life, "")
    _tell(actor, row, RatingRestored(row.category, row.stars, said))
    return row


@transaction.atomic
def settle(*, actor: Principal, flag: RatingFlag, finding: str) -> RatingFlag:
    """Say what was found about ratings that looked wrong; what is older does not raise the flag again.

    Refusals: `grants.denied`, `registry.rating.own`, `text.…`, `registry.rating_flag.settled`.
    """
    row = RatingFlag.objects.select_for_update(of=("self",)).select_related("party").get(pk=flag.pk)
    require(actor, JUDGE, rating_scope(row))
    _not_own(actor, row.party)
    if row.settled_at is not None:
        raise Refusal("registry.rating_flag.settled", Text("这条提示已经核查过。", "This flag was settled already."))
    row.finding = required_text(finding, "finding", Text("核查结论", "finding"))
    row.settled_at, row.settled_by_id = clock.now(), actor.person
    row.save(update_fields=["finding", "settled_at", "settled_by"])
    body = FlagSettled(row.kind, row.finding)
    emit(body, actor=actor, subject=flag_ref(row), clause=CLAUSE, party=row.party.code, region=row.region)
    done(actor=actor, key=flag_key(row))
    return row


def _locked(rating: Rating) -> tuple[Rating, RatingTally]:
    rows = Rating.objects.select_for_update(of=("self",)).select_related("rated", "rater")
    row = rows.get(pk=rating.pk)
    return row, _locked_tally(row.rated, row.category)


def _locked_tally(rated: Party, category: str) -> RatingTally:
    """The tally of a party, locked: whoever rates it or changes a rating of it waits here."""
    return RatingTally.objects.select_for_update().get_or_create(party=rated, category=category)[0]


def _judged(actor: Principal, rating: Rating) -> tuple[Rating, RatingTally]:
    row, tally = _locked(rating)
    require(actor, JUDGE, rating_scope(row))
    for party in (row.rated, row.rater):
        _not_own(actor, party)
    return row, tally


def _not_own(actor: Principal, party: Party) -> None:
    if party.code in actor.parties:
        message = Text("不能判断与自己代表的主体有关的评分。", "Nobody judges ratings of a party that he acts for.")
        remedy = Text("请由另一位有权限的人办理。", "Let another person with the right do it.")
        raise Refusal("registry.rating.own", message, remedy=remedy)


def _move(row: Rating, tally: RatingTally, life: Life, reason: str) -> None:
    counted = life_of(row).counts
    row.state, row.reason = life.state, reason
    row.save(update_fields=["state", "reason"])
    if counted != life.counts:
        _count(tally, row, 1 if life.counts else -1)


def _count(tally: RatingTally, row: Rating, change: int) -> None:
    counts = tally_of(tally).counting(row.stars, change)
    for name, value in zip(_FIELDS, counts.counts, strict=True):
        setattr(tally, name, value)
    tally.number, tally.total = counts.number, counts.total
    tally.save(update_fields=[*_FIELDS, "number", "total"])


def _tell(actor: Principal, row: Rating, body: object) -> None:
    emit(
        body,
        actor=actor,
        subject=rating_ref(row),
        offer=row.offer,
        clause=row.clause,
        party=row.rated.code,
        region=row.region,
    )


def _tell_people(actor: Principal, party: Party, row: Rating, title: Text, body: Text) -> None:
    tell_party(actor=actor, party=party, title=title, body=body, url=f"/ratings/{row.code}/")
