"""Reading ratings: priors and limits of a day, what a party comes to, lists by category, flags that wait."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from qilian.core.house.principal import Principal
from qilian.core.house.tables import running
from qilian.core.log.events.api import Event
from qilian.core.offers.packs.api import packs
from qilian.core.rights.grants.api import Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.work.parameters.api import dated_at
from qilian.engines.registry.parties.api import Party, parties_with
from qilian.engines.registry.relations.api import beneficial_owners_of, relations_of
from qilian.engines.registry.representation.api import same_hands

from .engagements import proofs, took_part
from .kernel.alarms import Given, Limits
from .kernel.life import Engagement, Life, State
from .kernel.mean import Posterior, Prior, Tally, posterior, prior_of
from .models import Rating, RatingFlag, RatingTally

PRIORS, LIMITS = "registry.ratings.priors", "registry.ratings.limits"
GENERAL = "general"
LOOKED_AT = 500
"""How many of a party's latest ratings are looked at for what looks wrong."""


def categories() -> dict[str, Text]:
    """The categories of ratings: the sections of the plan by the word of their pack, and what belongs to none."""
    return {**{pack.slug: pack.title for pack in packs()}, GENERAL: Text("其他往来", "Other engagements")}


def category_of(event: Event) -> str:
    """The category of an engagement: the section of the offer in which it happened."""
    slug = event.offer.partition("/")[0]
    return slug if slug in categories() else GENERAL


def priors_on(day: date) -> dict[str, Prior]:
    """The priors by category on a day: the published table, else the declared one, which is the same for all."""
    found = {}
    for row in _table(PRIORS, day):
        try:
            found[row["category"]] = Prior(Decimal(row["mean"]), Decimal(row["weight"]))
        except (KeyError, InvalidOperation, ValueError) as wrong:
            raise _unreadable(PRIORS) from wrong
    return found or {"*": Prior()}


def limits_on(day: date) -> Limits:
    """The limits of alarms on a day: the published table, else the declared ones."""
    rows = _table(LIMITS, day)
    try:
        return Limits(**{row["limit"]: int(row["value"]) for row in rows})
    except (KeyError, TypeError, ValueError) as wrong:
        raise _unreadable(LIMITS) from wrong


def source_of(key: str, day: date) -> Text:
    """Where the values of a day come from, as pages cite it."""
    try:
        found = dated_at(key, day)
    except Refusal:
        return Text("本系统声明值，尚未由两人公布", "Declared by this system, not yet published by two people")
    return Text(f"{found.source}，自 {found.valid_from}", f"{found.source}, from {found.valid_from}")


def ratings() -> QuerySet[Rating]:
    """All ratings, the latest first."""
    return Rating.objects.select_related("rated", "rater").order_by("-given_at", "-pk")


def public_ratings() -> QuerySet[Rating]:
    """The ratings that everybody may read: of parties that are no natural persons, those that are not withdrawn."""
    return ratings().select_related("event").exclude(state="withdrawn").exclude(rated__kind="citizen")


def ratings_of(party: Party) -> QuerySet[Rating]:
    """The ratings of a party that everybody may read: those that count, and those that were set aside."""
    return ratings().filter(rated=party).exclude(state="withdrawn")


def rating_by_code(code: str) -> Rating:
    """A rating by its public code; Refusal `registry.rating.unknown` (404)."""
    row = ratings().select_related("event").filter(code=code).first()
    if row is None:
        raise Refusal("registry.rating.unknown", Text("没有这条评分。", "There is no such rating."), where=code)
    return row


def tallies_of(party: Party) -> dict[str, Tally]:
    """What counts for a party, by category."""
    return {row.category: tally_of(row) for row in RatingTally.objects.filter(party=party, number__gt=0)}


def standing_of(party: Party, on: date) -> dict[str, Posterior]:
    """What the ratings of a party come to on a day, by category."""
    table = priors_on(on)
    return {name: posterior(prior_of(name, table), tally) for name, tally in tallies_of(party).items()}


def ranked(on: date) -> QuerySet[RatingTally]:
    """Everybody rated, by category, the best first. Natural persons are rated too, and listed nowhere."""
    return standings(on).exclude(party__kind="citizen").order_by(F("mean").desc(), "-number", "pk")


def standings(on: date) -> QuerySet[RatingTally]:
    """The tallies that hold something, each with its prior and `mean`, as the kernel computes it, in the database."""
    table = priors_on(on)
    other = prior_of("*", table)
    weight = _by_category({name: each.weight for name, each in table.items()}, other.weight)
    believed = _by_category({name: each.mean for name, each in table.items()}, other.mean)
    exact = DecimalField(max_digits=20, decimal_places=10)
    rows = RatingTally.objects.filter(number__gt=0).select_related("party").annotate(weight=weight, believed=believed)
    whole = Cast(F("weight") * F("believed") + F("total"), exact)
    mean = ExpressionWrapper(whole / Cast(F("weight") + F("number"), exact), output_field=exact)
    return rows.annotate(mean=mean).order_by("category")


def comes_to(row: Any) -> Posterior:
    """What a row of `standings` comes to."""
    return posterior(Prior(row.believed, row.weight), tally_of(row))


def standing_named(key: str) -> RatingTally:
    """The standing of a party in a category, by `<party>.<category>`; Refusal `registry.rating_mean.unknown` (404)."""
    party, _, category = key.partition(".")
    row = standings(clock.today()).filter(party__code=party, category=category).first()
    if row is None:
        message = Text("这个主体在这个类别没有评分。", "This party is not rated in this category.")
        raise Refusal("registry.rating_mean.unknown", message, where=key)
    return row


def engagement_of(event: Event) -> Engagement:
    """An engagement with who was rated for it, and by whom."""
    pairs = list(Rating.objects.filter(event=event).values_list("rater__code", "rated__code"))
    return Engagement(took_part(event), frozenset(a for a, _ in pairs), frozenset(b for _, b in pairs))


def open_engagements(actor: Principal, rated: Party) -> list[tuple[Event, Party]]:
    """The finished things for which the actor's parties may still rate a party, the latest first, with the rater."""
    mine = parties_with(actor.parties)
    known = proofs()
    rows = Event.objects.filter(type__in=known, party__in=[rated.code, *mine]).order_by("-id")[:200]
    found = []
    for event in rows:
        if not event.subject.startswith(f"{known[event.type].subject}:"):
            continue
        engagement = engagement_of(event)
        if rated.code in engagement.parties - engagement.rated:
            found += [(event, mine[code]) for code in sorted(engagement.parties - engagement.raters) if code in mine]
    return [pair for pair in found if pair[1] != rated]


def are_related(one: Party, other: Party, on: date) -> bool:
    """Whether two parties are related on a day.

    They are in a relation with each other, stand under one ultimate controller or in one circle (公司法 § 265), or one
    person is the legal representative of both.
    """
    rows = relations_of(one).filter(running(on))
    if rows.filter(Q(holder=other) | Q(held=other)).exists():
        return True
    return bool(_group(one, on) & _group(other, on)) or same_hands(one, other, on=on)


def _group(party: Party, on: date) -> set[str]:
    behind = beneficial_owners_of(party, on=on)
    return {party.code, *behind.controllers, *behind.circle}


def given_to(party: Party) -> list[Given]:
    """The latest ratings of a party that count, as the alarms read them."""
    rows = ratings().filter(rated=party, state="standing")[:LOOKED_AT]
    return [Given(row.rater.code, row.given_at, row.stars, row.rater.registered_at) for row in rows]


def seen_by_kind(party: Party) -> dict[str, datetime]:
    """Until when officials have looked into each kind of alarm of a party."""
    rows = RatingFlag.objects.filter(party=party, settled_at__isnull=False).order_by()
    return dict(rows.values_list("kind").annotate(last=Max("settled_at")))


def open_flags() -> QuerySet[RatingFlag]:
    """The flags that wait for an official, the oldest first."""
    return flags().filter(settled_at=None)


def flags() -> QuerySet[RatingFlag]:
    """All flags, the oldest first."""
    return RatingFlag.objects.select_related("party", "settled_by").order_by("raised_at", "pk")


def flag_by_code(code: str) -> RatingFlag:
    """A flag by its public code; Refusal `registry.rating_flag.unknown` (404)."""
    row = flags().filter(code=code).first()
    if row is None:
        raise Refusal("registry.rating_flag.unknown", Text("没有这条提示。", "There is no such flag."), where=code)
    return row


def life_of(row: Rating) -> Life:
    """A rating as the kernel reads it."""
    return Life(_state(row.state), row.answered_at is not None)


def tally_of(row: RatingTally) -> Tally:
    """A tally as the kernel reads it."""
    return Tally((row.ones, row.twos, row.threes, row.fours, row.fives))


def rating_ref(row: Rating) -> Ref:
    """A rating as the subject of events."""
    return Ref("registry.rating", row.code)


def flag_ref(row: RatingFlag) -> Ref:
    """A flag as the subject of events."""
    return Ref("registry.rating_flag", row.code)


def rating_scope(row: Rating | RatingFlag) -> Scope:
    """What grants compare for a rating or a flag: the division of the rated party."""
    return Scope(region=row.region)


def _table(key: str, day: date) -> Sequence[dict[str, str]]:
    try:
        found = dated_at(key, day).value
    except Refusal:
        return ()
    return [dict(row) for row in found] if isinstance(found, tuple) else ()


def _unreadable(key: str) -> Refusal:
    message = Text(f"参数 {key} 的表格读不懂。", f"The table of the parameter {key} cannot be read.")
    return Refusal(
        "registry.rating.parameter", message, where=key, remedy=Text("请公布更正的表。", "Publish a right one.")
    )


def _by_category(values: dict[str, Decimal], default: Decimal) -> Case:
    whens = [When(category=name, then=Value(value)) for name, value in values.items() if name != "*"]
    return Case(*whens, default=Value(default), output_field=DecimalField(max_digits=20, decimal_places=10))


def _state(word: str) -> State:
    match word:
        case "standing" | "withdrawn" | "aside":
            return word
        case _:
            raise ValueError(word)  # registry_rating_state keeps others out
