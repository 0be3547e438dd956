"""Ratings, what they come to, who is rated, and what looks wrong, each said once."""

from collections.abc import Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb, Fact, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import Event, event_title
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import Scope, allowed, require, require_somewhere, visible
from qilian.core.values import clock
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.registry.parties.api import Party, parties, parties_with, party_by_code, party_ref

from .kernel.alarms import KINDS, Alarm
from .kernel.mean import STARS
from .models import Rating, RatingFlag, RatingTally
from .queries import (
    categories,
    comes_to,
    flag_by_code,
    flag_ref,
    open_engagements,
    open_flags,
    public_ratings,
    ranked,
    rating_by_code,
    rating_ref,
    rating_scope,
    ratings_of,
    standing_named,
    standings,
    tally_of,
)
from .services import CLAUSE, JUDGE, answer, put_aside, rate, restore, settle, withdraw
from .words import (
    POINTS,
    STAR_CHOICES,
    TITLE,
    WRONG,
    acts_in,
    category_title,
    flag_status,
    sees,
    stars_of,
    status,
)

LATEST = 100
"""How many ratings of a party are shown and told to programs."""
_NOTHING = Text("没有可以评分的事项。", "There is nothing to rate.")
_WHY = Form("reason", Text("理由", "Reason"), (
    FieldSpec("reason", Text("理由（公开）", "Reason (public)"), "textarea", length=300),
))  # fmt: skip
_ANSWER = Form("answer", Text("答复", "Answer"), (
    FieldSpec("words", Text("答复（公开，只能一次）", "Answer (public, once)"), "textarea", length=500),
))  # fmt: skip
_FINDING = Form("finding", Text("记录核查结论", "Say what was found"), (
    FieldSpec("finding", Text("核查结论", "Finding"), "textarea", length=300),
))  # fmt: skip


def rating_form(rated: Party) -> Form:
    """Which finished thing is rated, for which of one's own parties, with how many stars and words."""
    choices = tuple((key, _engagement(event, rater)) for key, (event, rater) in _open(rated).items())
    hint = None if choices else _NOTHING
    once = Text(
        "公开，最多 500 字。一件事只评一次，可以撤回，不能修改。",
        "Public, 500 characters. Once; withdrawn, never edited.",
    )
    return Form(
        "rating",
        _RATE,
        (
            FieldSpec("engagement", Text("办结的事项", "Finished engagement"), "choice", choices=choices, hint=hint),
            FieldSpec("stars", Text("评分", "Stars"), "choice", choices=STAR_CHOICES),
            FieldSpec("words", Text("评语", "Words"), "textarea", required=False, length=500, hint=once),
        ),
    )


def _open(rated: Party) -> dict[str, tuple[Event, Party]]:
    """What the reader may still rate a party for, by the number of the event and the party for which he would."""
    return {f"{event.pk}:{rater.code}": (event, rater) for event, rater in open_engagements(current_principal(), rated)}


def _engagement(event: Event, rater: Party) -> Text:
    title, day = event_title(event), event.at.astimezone(SHANGHAI).date()
    return Text(f"{day} {title.zh}（以“{rater.name}”名义）", f"{day} {title.en} (for “{rater.name}”)")


def _only(rated: Party) -> Values:
    found = list(_open(rated))
    return {"engagement": found[0]} if len(found) == 1 else {}


def _rated(_rated: Party, values: Values) -> Values:
    number, _, rater = values["engagement"].partition(":")
    named = {"evidence": Ref("core.event", number), "rater": parties_with([rater])[rater]}
    return {**named, "stars": int(values["stars"]), "words": values["words"]}


def _given(row: Rating) -> Sequence[Fact]:
    """A rating as whoever answers or judges it reads it."""
    return (
        Fact(Text("评分", "Stars"), stars_of(row)),
        Fact(Text("评分人", "Rater"), row.rater.name),
        Fact(Text("评语", "Words"), row.words or None),
    )


def figures(row: RatingFlag) -> Text:
    """The figures of a flag, as a sentence."""
    return Alarm(row.kind, row.figures).words


def _seen_flag(me: Principal, row: RatingFlag) -> bool:
    """Officials of the division see it; everybody else is told which right is missing."""
    require(me, JUDGE, rating_scope(row))
    return True


def _flags(me: Principal, _place: str) -> Any:
    require_somewhere(me, JUDGE)
    return visible(open_flags(), me, JUDGE)


def _seen_party(me: Principal, row: Party) -> bool:
    """Natural persons are listed nowhere: they themselves and officials see what they were given."""
    return row.kind != "citizen" or row.code in me.parties or allowed(me, JUDGE, Scope(region=row.region[:6]))


def _others(row: Rating) -> bool:
    """Whether a rating is of parties for which the reader does not act: nobody judges his own."""
    return not acts_in(current_principal(), row)


def _latest(row: Party) -> list[Rating]:
    me = current_principal()
    return [each for each in ratings_of(row).select_related("event")[:LATEST] if sees(me, each)]


def _party_url(row: Party) -> str:
    return "" if row.kind == "citizen" else f"/parties/{row.code}/"


def _crumbs(at: Rating | RatingTally | RatingFlag | Party | str) -> Sequence[Crumb]:
    first = Crumb(TITLE, "/ratings/")
    match at:
        case Rating():
            return (first, Crumb(at.rated.name, RATED.url(at.rated)))
        case RatingFlag():
            return (first, Crumb(WRONG, "/ratings/flags/"))
    return (first,)


def _category(rows: Any, said: str) -> Any:
    if said not in categories():
        message = Text(f"没有“{said}”这个类别。", f"There is no category “{said}”.")
        raise Refusal("registry.rating_category.unknown", message, where="category")
    return rows.filter(category=said)


def _filters(_place: str) -> Sequence[Filter]:
    named = Text("名称", "Name")
    by_name = Filter("name", named, lambda rows, said: rows.filter(party__name__contains=said.strip()[:80]))
    return (by_name, Filter("category", Text("类别", "Category"), _category, tuple(categories().items())))


def _count(stars: int) -> Trait[RatingTally]:
    title = Text(f"{stars} 分", f"{stars} stars" if stars > 1 else "1 star")
    return Trait(f"stars{stars}", title, lambda row: tally_of(row).counts[stars - 1], "integer", list=False)


_RATE = Text("评分", "Rate")
_COMMON: dict[str, Any] = {"under": "ratings", "crumbs": _crumbs}
MEANS: Resource[RatingTally] = Resource(
    plural="means", row="tally", title=Text("评分均值", "Means"), noun=Text("均值", "Mean"), key="standing",
    key_of=lambda row: f"{row.party.code}.{row.category}", find=lambda _place, key: standing_named(key),
    rows=lambda _me, _place: ranked(clock.today()), seen=lambda _me, row: row.party.kind != "citizen",
    named=lambda row: row.party.name, ref=lambda row: party_ref(row.party),
    scope=lambda row: Scope(region=row.party.region[:6]), filters=_filters,
    traits=(
        Trait("party", Text("主体编码", "Code of the party"), lambda row: row.party.code, "code", list=False),
        Trait("name", Text("主体", "Party"), lambda row: row.party.name, url=lambda row: RATED.url(row.party)),
        Trait("category", Text("类别", "Category"), lambda row: category_title(row.category),
              plain=lambda row: row.category, sort="category"),
        Trait("mean", Text("均值", "Mean"), lambda row: f"{comes_to(row).mean:.2f}", "number", unit=POINTS,
              sort="mean"),
        Trait("interval", Text("区间", "Interval"), lambda row: f"{comes_to(row).low}–{comes_to(row).high}", "number",
              json=False),
        Trait("low", Text("下限", "Low"), lambda row: comes_to(row).low, "number", list=False),
        Trait("high", Text("上限", "High"), lambda row: comes_to(row).high, "number", list=False),
        Trait("number", Text("次数", "Ratings"), lambda row: row.number, "integer", sort="number"),
        *(_count(stars) for stars in reversed(STARS)),
    ),
    **_COMMON,
)  # fmt: skip
RATINGS: Resource[Rating] = Resource(
    plural="ratings", row="rating", title=TITLE, noun=Text("评分", "Rating"),
    find=lambda _place, code: rating_by_code(code), rows=lambda _me, _place: public_ratings(), seen=sees,
    named=lambda row: Text(f"对“{row.rated.name}”的评分", f"A rating of “{row.rated.name}”"), ref=rating_ref,
    scope=rating_scope, clause=lambda row: row.clause,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("stars", Text("评分", "Stars"), stars_of, "integer", plain=lambda row: row.stars, leads=True),
        Trait("state", Text("状态", "State"), status, "status", plain=lambda row: row.state),
        Trait("category", Text("类别", "Category"), lambda row: category_title(row.category), list=False,
              plain=lambda row: row.category),
        Trait("rated", Text("被评方编码", "Code of the rated"), lambda row: row.rated.code, "code", list=False,
              fact=False),
        Trait("rater", Text("评分人编码", "Code of the rater"), lambda row: row.rater.code, "code", list=False,
              fact=False),
        Trait("rater_name", Text("评分人", "Rater"), lambda row: row.rater.name,
              url=lambda row: _party_url(row.rater)),
        Trait("words", Text("评语", "Words"), lambda row: row.words, fact=False),
        Trait("answer", Text("答复", "Answer"), lambda row: row.answer, fact=False),
        Trait("answered_at", Text("答复时间", "Answered"), lambda row: row.answered_at, "datetime", list=False,
              fact=False),
        Trait("given_at", Text("评分时间", "Given"), lambda row: row.given_at, "datetime"),
        Trait("reason", Text("撤回或排除的理由", "Reason"), lambda row: row.reason, list=False, fact=False),
        Trait("evidence", Text("依据的事件", "Event"), lambda row: f"core.event:{row.event_id}", "code", list=False,
              fact=False),
    ),
    operations=(
        Operation("answer", _ANSWER.title, "", answer, _ANSWER, facts=_given,
                  own=lambda me, row: row.rated.code in me.parties, whose=Text("被评方", "the rated party"),
                  when=lambda row: row.state != "withdrawn" and not row.answer),
        Operation("restoration", Text("恢复计入", "Let it count again"), JUDGE, restore, _WHY, facts=_given,
                  when=lambda row: row.state == "aside" and _others(row)),
        Operation("withdrawal", Text("撤回评分", "Withdraw"), "", withdraw, _WHY, facts=_given, dangerous=True,
                  own=lambda me, row: row.rater.code in me.parties, whose=Text("评分人", "the rater"),
                  when=in_state("standing")),
        Operation("exclusion", Text("排除，不计入", "Set aside"), JUDGE, put_aside, _WHY, facts=_given, dangerous=True,
                  when=lambda row: row.state == "standing" and _others(row)),
    ),
    **_COMMON,
)  # fmt: skip
RATED: Resource[Party] = Resource(
    plural="parties", row="rated", title=Text("被评的主体", "Rated parties"), noun=Text("被评的主体", "Rated party"),
    find=lambda _place, code: party_by_code(code), seen=_seen_party, ref=party_ref,
    rows=lambda _me, _place: parties().filter(pk__in=ranked(clock.today()).values("party")).order_by("pk"),
    named=lambda row: Text(f"“{row.name}”的评分", f"Ratings of “{row.name}”"),
    scope=lambda row: Scope(region=row.region[:6]), clause=lambda _row: CLAUSE,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("name", Text("主体", "Party"), lambda row: row.name, leads=True, url=_party_url),
        Trait("means", MEANS.title, lambda row: list(standings(clock.today()).filter(party=row)), "rows",
              of=MEANS.traits_at("")),
        Trait("latest", Text("最近的评分", "Latest ratings"), _latest, "rows", of=RATINGS.traits_at("")),
    ),
    operations=(
        Operation("rating", _RATE, "", rate, rating_form, given=_only, takes=_rated, gives=lambda: RATINGS,
                  when=lambda row: bool(_open(row))),
    ),
    **_COMMON,
)  # fmt: skip
FLAGS: Resource[RatingFlag] = Resource(
    plural="flags", row="flag", title=WRONG, noun=Text("评分异常", "Flag"),
    find=lambda _place, code: flag_by_code(code), rows=_flags, seen=_seen_flag, ref=flag_ref, scope=rating_scope,
    named=lambda row: Text(f"{row.party.name}：{KINDS[row.kind].zh}", f"{row.party.name}: {KINDS[row.kind].en}"),
    clause=lambda _row: CLAUSE,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("party", Text("主体编码", "Code of the party"), lambda row: row.party.code, "code", list=False,
              fact=False),
        Trait("name", Text("主体", "Party"), lambda row: row.party.name, leads=True,
              url=lambda row: _party_url(row.party)),
        Trait("kind", Text("情形", "What"), lambda row: KINDS[row.kind], plain=lambda row: row.kind, fact=False),
        Trait("state", Text("状态", "State"), flag_status, "status", list=False, json=False),
        Trait("said", Text("数据", "Figures"), figures, json=False),
        Trait("figures", Text("数据", "Figures"), lambda row: row.figures, "object"),
        Trait("raised_at", Text("提示时间", "Raised"), lambda row: row.raised_at, "datetime", sort="raised_at"),
        Trait("settled_at", Text("核查时间", "Settled"), lambda row: row.settled_at, "datetime", list=False),
        Trait("finding", Text("核查结论", "Finding"), lambda row: row.finding, list=False),
    ),
    operations=(
        Operation("finding", _FINDING.title, JUDGE, settle, _FINDING,
                  facts=lambda row: (Fact(Text("数据", "Figures"), figures(row)),),
                  when=lambda row: row.settled_at is None and row.party.code not in current_principal().parties),
    ),
    **_COMMON,
)  # fmt: skip
