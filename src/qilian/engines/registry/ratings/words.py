"""How ratings speak: stars in words, states, priors and limits as sentences, who finds what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from qilian.core.house.pages import Colour, Status, TimelineEntry
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Text

from .kernel.life import STATES
from .kernel.mean import STARS, prior_of
from .models import Rating, RatingFlag
from .queries import categories, limits_on, priors_on, rating_scope
from .services import JUDGE

TITLE = Text("评分", "Ratings")
WRONG = Text("评分异常核查", "Ratings that look wrong")
POINTS = Text("分", "of 5")
LAW = Text(
    "依据《电子商务法》第三十九条：评价规则公开，评价不删除。一件办结的事项只评一次，双方须都在日志里参与过这件事。"
    "均值按类别的先验计算：（先验权重×先验均值＋各次评分之和）÷（先验权重＋次数）。",
    "By § 39 of the E-commerce Law the rules are public and no rating is deleted. One finished engagement is rated"
    " once, by a party that the log knows took part. The mean is (weight × prior + sum of stars) ÷ (weight + number),"
    " by category.",
)
_PRIOR_WORDS: Mapping[str, Text] = {
    "category": Text("类别", "Category"),
    "mean": Text("先验均值", "Prior mean"),
    "weight": Text("先验权重", "Weight"),
    "*": Text("其他类别", "All other categories"),
}
_LIMIT_WORDS: Mapping[str, Text] = {
    "limit": Text("界限", "Limit"),
    "value": Text("取值", "Value"),
    "burst_count": Text("短时间内集中评分：次数", "Many at once: ratings"),
    "burst_hours": Text("短时间内集中评分：小时数", "Many at once: hours"),
    "dominant_count": Text("单一评分人占比：最少次数", "One rater dominates: least ratings"),
    "dominant_share": Text("单一评分人占比：百分之", "One rater dominates: per cent"),
    "fresh_count": Text("新登记主体的极端分：评分人数", "Extremes from new parties: raters"),
    "fresh_days": Text("新登记主体的极端分：登记不满天数", "Extremes from new parties: days since registered"),
}
_SAID: Mapping[int, Text] = {
    5: Text("很好", "very good"),
    4: Text("好", "good"),
    3: Text("一般", "fair"),
    2: Text("差", "poor"),
    1: Text("很差", "very poor"),
}
STAR_CHOICES = tuple(
    (str(each), Text(f"{each} 分，{_SAID[each].zh}", f"{each}, {_SAID[each].en}")) for each in reversed(STARS)
)
_COLOURS: Mapping[str, Colour] = {"standing": "green", "withdrawn": "grey", "aside": "amber"}
_OPEN, _SETTLED = (
    Status(Text("待核查", "To be looked into"), "amber"),
    Status(Text("已核查", "Settled"), "grey"),
)


def prior_table() -> Mapping[str, Text]:
    """What the columns and categories of the table of priors are called."""
    return {**_PRIOR_WORDS, **categories()}


def limit_table() -> Mapping[str, Text]:
    """What the columns and limits of the table of alarms are called."""
    return _LIMIT_WORDS


def status(row: Rating) -> Status:
    """Whether a rating counts, in a word."""
    return Status(STATES[row.state], _COLOURS[row.state])


def flag_status(row: RatingFlag) -> Status:
    """Whether an official has looked into it."""
    return _SETTLED if row.settled_at else _OPEN


def stars_of(row: Rating) -> Text:
    """The stars of a rating, out of five."""
    return Text(f"{row.stars} / 5", f"{row.stars} / 5")


def category_title(name: str) -> Text:
    """What a category is called."""
    return categories().get(name, Text(name, name))


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
    return acts_in(reader, row) or allowed(reader, JUDGE, rating_scope(row))


def acts_in(reader: Principal, row: Rating) -> bool:
    """Whether the reader acts for one of a rating's parties."""
    return bool({row.rater.code, row.rated.code} & set(reader.parties))


def sees(reader: Principal, row: Rating) -> bool:
    """Whether the reader finds a rating.

    Everybody does while both parties are public and it was not withdrawn; its parties and officials always.
    """
    return (row.state != "withdrawn" and row.rated.kind != "citizen") or concerns(reader, row)


def named_to(reader: Principal, row: Rating, entries: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """What happened to a rating; who acted is named to its parties and officials only: raters are masked elsewhere."""
    return entries if concerns(reader, row) else [replace(entry, actor="", note="") for entry in entries]
