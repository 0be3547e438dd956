"""Ratings as pages: everybody rated by category, one rating with its answer, what looks wrong, on a party's page."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import event_title, timeline
from qilian.core.rights.grants.api import possible, require, visible
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.ratings.kernel.alarms import KINDS, Alarm
from qilian.engines.registry.ratings.kernel.mean import STARS, Tally, posterior, prior_of
from qilian.engines.registry.ratings.models import Rating, RatingFlag, RatingTally
from qilian.engines.registry.ratings.queries import (
    LIMITS,
    PRIORS,
    categories,
    flag_by_code,
    flag_ref,
    open_engagements,
    open_flags,
    priors_on,
    ranked,
    rating_by_code,
    rating_ref,
    rating_scope,
    ratings,
    ratings_of,
    source_of,
    tallies_of,
    tally_of,
)
from qilian.engines.registry.ratings.services import CLAUSE, JUDGE

from .deeds import possible_for
from .words import (
    FLAGS,
    POINTS,
    TITLE,
    category_title,
    crumbs,
    flag_url,
    interval,
    limit_words,
    mean_of,
    named_to,
    party_url,
    prior_words,
    rating_url,
    sees,
    status,
)

_SHOWN = 20
_LAW = Text(
    "依据《电子商务法》第三十九条：评价规则公开，评价不删除。一件办结的事项只评一次，双方须都在日志里参与过这件事。"
    "均值按类别的先验计算：（先验权重×先验均值＋各次评分之和）÷（先验权重＋次数）。",
    "By § 39 of the E-commerce Law the rules are public and no rating is deleted. One finished engagement is rated"
    " once, by a party that the log knows took part. The mean is (weight × prior + sum of stars) ÷ (weight + number),"
    " by category.",
)


@require_safe
def everybody(_request: HttpRequest) -> HttpResponse:
    """Everybody rated, the best first, with number and interval beside the mean."""
    me, today = current_principal(), clock.today()
    table = priors_on(today)

    def found(row: RatingTally) -> Any:
        return posterior(prior_of(row.category, table), tally_of(row))

    columns = (
        Column("party", Text("主体", "Party"), lambda row: row.party.name, url=lambda row: party_url(row.party)),
        Column("category", Text("类别", "Category"), lambda row: category_title(row.category), sort="category"),
        Column("mean", Text("均值", "Mean"), lambda row: mean_of(found(row).mean), "number", POINTS, sort="mean"),
        Column("interval", Text("区间", "Interval"), lambda row: interval(found(row)), "number"),
        Column("number", Text("次数", "Ratings"), lambda row: row.number, "number", sort="number"),
    )
    by = Filter(
        "category", Text("类别", "Category"), lambda rows, said: rows.filter(category=said), list(categories().items())
    )
    named = Filter(
        "name", Text("名称", "Name"), lambda rows, said: rows.filter(party__name__contains=said.strip()[:80])
    )
    actions = [Action(FLAGS, reverse("ratings:flags"))] if possible(me, [JUDGE]) else []
    facts = (
        Fact(Text("先验", "Prior"), prior_words(today), _parameter(PRIORS), source_of(PRIORS, today)),
        Fact(Text("异常界限", "Limits of alarms"), limit_words(today), _parameter(LIMITS), source_of(LIMITS, today)),
    )
    empty = Empty(
        Text(
            "还没有评分。办结的事项里，双方可以互相评分。", "Nobody is rated yet: parties of finished engagements rate."
        )
    )
    head = Head(TITLE, (Crumb(TITLE),), CLAUSE, facts=facts, actions=actions)
    return show(ListPage(head, ranked(today), columns, empty, (named, by), order="-mean", intro=(_LAW,)))


@require_safe
def rating(_request: HttpRequest, code: str) -> HttpResponse:
    """One rating with its engagement, answer and reason; a withdrawn one only for its parties and officials."""
    row, me = rating_by_code(code), current_principal()
    if not sees(me, row):
        raise Http404(code)
    facts = (
        Fact(Text("评分", "Stars"), Text(f"{row.stars} / 5", f"{row.stars} / 5")),
        Fact(Text("状态", "State"), status(row)),
        Fact(Text("类别", "Category"), category_title(row.category)),
        Fact(Text("评分人", "Rater"), row.rater.name, "" if row.rater.kind == "citizen" else party_url(row.rater)),
        Fact(Text("评分时间", "Given"), row.given_at),
    )
    actions = [
        Action(deed.title, reverse("ratings:deed", args=[code, noun]), primary=not place, dangerous=deed.dangerous)
        for place, (noun, deed) in enumerate(possible_for(row, me))
    ]
    path = crumbs(Crumb(row.rated.name, party_url(row.rated)), Crumb(Text("一条评分", "A rating")))
    title = Text(f"对“{row.rated.name}”的评分", f"A rating of “{row.rated.name}”")
    head = Head(title, path, row.clause, facts=facts, actions=actions)
    return show(RecordPage(head, [_said(row), _proof(row)], named_to(me, row, timeline(rating_ref(row)))))


@require_safe
def flags(_request: HttpRequest) -> HttpResponse:
    """What looks wrong and waits for an official of the division, the oldest first, with its figures."""
    me = current_principal()
    if not possible(me, [JUDGE]):
        require(me, JUDGE)
    columns = (
        Column("party", Text("主体", "Party"), lambda row: row.party.name, url=flag_url),
        Column("kind", Text("情形", "What"), lambda row: KINDS[row.kind]),
        Column("figures", Text("数据", "Figures"), figures),
        Column("raised", Text("提示时间", "Raised"), lambda row: row.raised_at, "datetime", sort="raised_at"),
    )
    empty = Empty(Text("没有待核查的评分异常。", "Nothing looks wrong."))
    head = Head(FLAGS, crumbs(Crumb(FLAGS)), CLAUSE)
    return show(ListPage(head, visible(open_flags(), me, JUDGE), columns, empty))


@require_safe
def flag(_request: HttpRequest, code: str) -> HttpResponse:
    """One flag: its figures, the party's ratings beside, and what an official found."""
    row, me = flag_by_code(code), current_principal()
    require(me, JUDGE, rating_scope(row))
    settled = Text("已核查", "Settled") if row.settled_at else Text("待核查", "To be looked into")
    facts = [
        Fact(Text("状态", "State"), Status(settled, "grey" if row.settled_at else "amber")),
        Fact(Text("提示时间", "Raised"), row.raised_at),
        Fact(Text("数据", "Figures"), figures(row)),
    ]
    if row.finding:
        facts.append(Fact(Text("核查结论", "Finding"), row.finding))
    action = Action(Text("记录核查结论", "Say what was found"), reverse("ratings:settle", args=[code]), primary=True)
    head = Head(
        Text(f"{row.party.name}：{KINDS[row.kind].zh}", f"{row.party.name}: {KINDS[row.kind].en}"),
        crumbs(Crumb(FLAGS, reverse("ratings:flags")), Crumb(row.party.name)),
        CLAUSE,
        facts=facts,
        actions=[] if row.settled_at or row.party.code in me.parties else [action],
    )
    rows = list(ratings().filter(rated=row.party)[:50])
    section = Section(Text("最近的评分", "Latest ratings"), "ratings", Table(_columns(state=True), rows))
    return show(RecordPage(head, [section], timeline(flag_ref(row))))


def figures(row: RatingFlag) -> Text:
    """The figures of a flag, as a sentence."""
    return Alarm(row.kind, row.figures).words


def party_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """What a party's page says of its ratings: the mean by category with its counts, and the latest."""
    rows = list(ratings_of(party)[:_SHOWN])
    if not rows:
        return ()
    table = priors_on(clock.today())
    tallies = sorted(tallies_of(party).items())
    columns = (
        Column("category", Text("类别", "Category"), lambda pair: category_title(pair[0])),
        Column("mean", Text("均值", "Mean"), lambda pair: mean_of(_found(pair, table).mean), "number", POINTS),
        Column("interval", Text("区间", "Interval"), lambda pair: interval(_found(pair, table)), "number"),
        Column("number", Text("次数", "Ratings"), lambda pair: pair[1].number, "number"),
        *(_count_column(stars) for stars in reversed(STARS)),
    )
    sections = []
    if tallies:
        sections.append(Section(Text("评分", "Ratings"), "ratings", Table(columns, tallies)))
    listed = Table(_columns(state=True), [row for row in rows if sees(reader, row)])
    return [*sections, Section(Text("最近的评分", "Latest ratings"), "latest-ratings", listed)]


def party_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to rate a party, for who acts for a party that may."""
    if not set(reader.parties) - {party.code} or not open_engagements(reader, party):
        return ()
    return (Action(Text("评分", "Rate"), reverse("ratings:new", args=[party.code])),)


def _found(pair: tuple[str, Tally], table: Any) -> Any:
    return posterior(prior_of(pair[0], table), pair[1])


def _count_column(stars: int) -> Column:
    title = Text(f"{stars} 分", f"{stars} stars" if stars > 1 else "1 star")
    return Column(f"stars{stars}", title, lambda pair: pair[1].counts[stars - 1], "number")


def _columns(*, state: bool) -> Sequence[Column]:
    return (
        Column("stars", Text("分", "Stars"), lambda row: row.stars, "number", url=rating_url),
        Column("rater", Text("评分人", "Rater"), lambda row: row.rater.name),
        Column("words", Text("评语", "Words"), lambda row: row.words or "—"),
        Column("answer", Text("答复", "Answer"), lambda row: row.answer or "—"),
        Column("given", Text("时间", "Given"), lambda row: row.given_at, "date"),
        *((Column("state", Text("状态", "State"), status, "status"),) if state else ()),
    )


def _said(row: Rating) -> Section:
    facts = [
        Fact(Text("评语", "Words"), row.words or "—"),
        Fact(Text("被评方答复", "Answer of the rated"), row.answer or "—"),
    ]
    if row.answered_at:
        facts.append(Fact(Text("答复时间", "Answered"), row.answered_at))
    if row.reason:
        facts.append(Fact(Text("撤回或排除的理由", "Reason"), row.reason))
    return Section(Text("内容", "What was said"), "content", facts=facts)


def _proof(row: Rating) -> Section:
    facts = (
        Fact(Text("事项", "Engagement"), event_title(row.event)),
        Fact(Text("发生时间", "Happened"), row.event.at),
        Fact(Text("记录", "Record"), row.event.subject),
        Fact(Text("事件编号", "Event"), str(row.event_id)),
    )
    return Section(Text("所评的事项", "What it rates"), "engagement", facts=facts)


def _parameter(key: str) -> str:
    return reverse("parameters:parameter", args=[key])
