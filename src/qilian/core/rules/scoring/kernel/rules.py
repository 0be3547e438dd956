"""The rules by which figures become points: each a row of one table, with its words for the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qilian.core.values.text import Refusal, Text

from .method import Indicator

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
Figures = Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what each figure is called, its parameters (those with a default may be absent), its share of the weight.

    `share` gives the part of the full points that figures earn. `many` takes any number of figures under one name.
    Adjustments give points, and vetoes speak, by their own functions; their `share` is not asked.
    """

    title: Text
    figures: tuple[Text, ...]
    share: Callable[[Indicator, Figures], Decimal]
    words: Text
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    many: bool = False
    weighted: bool = True


def share_of(indicator: Indicator, figures: Figures) -> Decimal:
    """Return which part of an indicator's full points its figures earn; refusals as `check_figures`."""
    check_figures(indicator, figures)
    return RULES[indicator.rule].share(indicator, figures)


def adjustment_of(indicator: Indicator, figures: Figures) -> Decimal:
    """Return the points that a tally adds (negative: takes away): number × `each`, at most `limit` in size."""
    check_figures(indicator, figures)
    points = figures[0] * indicator.parameter("each")
    limit = indicator.parameter("limit")
    return max(-limit, min(limit, points))


def check_figures(indicator: Indicator, figures: Figures) -> None:
    """Refuse figures that a rule cannot take: `scoring.figures` for their number, `scoring.range` for their size."""
    rule = RULES[indicator.rule]
    if (rule.many and not figures) or (not rule.many and len(figures) != len(rule.figures)):
        message = _COUNT.filled(title=indicator.title, names=_names(rule), count=len(figures))
        raise Refusal("scoring.figures", message, where=indicator.slug)
    if any(not figure.is_finite() for figure in figures):
        raise Refusal("scoring.range", _FINITE.filled(title=indicator.title), where=indicator.slug)
    low, high = _bounds(indicator)
    for figure in figures:
        if (low is not None and figure < low) or (high is not None and figure > high):
            message = _RANGE.filled(title=indicator.title, figure=figure, low=_said(low), high=_said(high))
            raise Refusal("scoring.range", message, where=indicator.slug)


def rule_words(indicator: Indicator) -> Text:
    """Return the rule of an indicator in words with its parameters filled in."""
    steps = Text(
        "；".join(f"不低于 {least} 得 {points} 分" for least, points in indicator.steps),
        "; ".join(f"from {least}: {points}" for least, points in indicator.steps),
    )
    values = {name: indicator.parameter(name, default) for name, default in _DEFAULTS.items()}
    return RULES[indicator.rule].words.filled(**values, steps=steps)


def _bounds(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    if indicator.rule in ("direct", "panel"):
        return ZERO, indicator.parameter("top")
    if indicator.rule == "conformity":
        return ZERO, ONE
    return (ZERO, None) if indicator.rule in ("share", "linear", "tally", "veto") else (None, None)


def _direct(indicator: Indicator, figures: Figures) -> Decimal:
    return figures[0] / indicator.parameter("top")


def _conformity(_indicator: Indicator, figures: Figures) -> Decimal:
    return ONE if figures[0] == ONE else ZERO


def _ratio(indicator: Indicator, figures: Figures) -> Decimal:
    part, whole = figures
    if whole <= ZERO:
        raise Refusal("scoring.whole", _WHOLE.filled(title=indicator.title), where=indicator.slug)
    return max(ZERO, min(part / whole, indicator.parameter("cap", ONE)))


def _efficacy(indicator: Indicator, figures: Figures) -> Decimal:
    """The efficacy coefficient 功效系数: `base` at the unallowed value, 100 at the satisfied one, linear between."""
    base, unallowed = indicator.parameter("base", _DEFAULTS["base"]), indicator.parameter("unallowed")
    way = (figures[0] - unallowed) / (indicator.parameter("satisfied") - unallowed)
    coefficient = base + way * (HUNDRED - base)
    return max(indicator.parameter("floor"), min(coefficient, indicator.parameter("cap", HUNDRED))) / HUNDRED


def _linear(indicator: Indicator, figures: Figures) -> Decimal:
    points = figures[0] / indicator.parameter("step") * indicator.parameter("points")
    return min(points / indicator.weight, ONE)


def _bands(indicator: Indicator, figures: Figures) -> Decimal:
    return next((points for least, points in indicator.steps if figures[0] >= least), ZERO) / indicator.weight


def _panel(indicator: Indicator, figures: Figures) -> Decimal:
    """The mean of ratings; `drop` leaves out so many of the highest and of the lowest when enough remain."""
    drop, ordered = int(indicator.parameter("drop")), sorted(figures)
    kept = ordered[drop : len(ordered) - drop] if len(ordered) > 2 * drop else ordered
    return sum(kept, ZERO) / len(kept) / indicator.parameter("top")


def _none(_indicator: Indicator, _figures: Figures) -> Decimal:
    return ZERO


def _names(rule: Rule) -> Text:
    return Text("、".join(name.zh for name in rule.figures), ", ".join(name.en for name in rule.figures))


def _said(bound: Decimal | None) -> str:
    return "∞" if bound is None else str(bound)


_DEFAULTS: Mapping[str, Decimal] = {
    "top": ONE,
    "cap": ONE,
    "base": Decimal(60),
    "floor": ZERO,
    "satisfied": ZERO,
    "unallowed": ZERO,
    "step": ONE,
    "points": ZERO,
    "drop": ZERO,
    "each": ZERO,
    "limit": ZERO,
}
_COUNT = Text("“{title}”需要：{names}；现有 {count} 个数值。", "“{title}” needs: {names}; {count} figures are given.")
_FINITE = Text("“{title}”的数值不是数。", "A figure of “{title}” is no number.")
_RANGE = Text(
    "“{title}”的 {figure} 不在 {low} 至 {high} 之间。", "{figure} of “{title}” is not within {low} to {high}."
)
_WHOLE = Text("“{title}”的分母须大于 0。", "The whole of “{title}” must be above 0.")
_VALUE, _COUNTED = Text("数值", "value"), Text("次数", "number")

RULES: Mapping[str, Rule] = {
    "direct": Rule(
        Text("直接赋分", "given points"),
        (_VALUE,),
        _direct,
        Text("按 {top} 分制给分，折算为权重分", "given on a scale of {top}, times the weight"),
        ("top",),
    ),
    "conformity": Rule(
        Text("符合性", "conformity"),
        (Text("符合为 1，不符合为 0", "1 conforms, 0 does not"),),
        _conformity,
        Text("符合得满分，不符合不得分", "conforms: full points; does not: none"),
    ),
    "share": Rule(
        Text("抽样符合率", "share that conforms"),
        (Text("符合数", "conforming"), Text("抽样数", "sampled")),
        _ratio,
        Text("符合数 ÷ 抽样数 × 权重", "conforming ÷ sampled × weight"),
    ),
    "completion": Rule(
        Text("完成率", "completion"),
        (Text("实际", "actual"), Text("目标", "target")),
        _ratio,
        Text("实际 ÷ 目标 × 权重，比率最高 {cap}", "actual ÷ target × weight, the ratio at most {cap}"),
        optional=("cap",),
    ),
    "efficacy": Rule(
        Text("功效系数", "efficacy coefficient"),
        (_VALUE,),
        _efficacy,
        Text(
            "{base} + (数值 − {unallowed}) ÷ ({satisfied} − {unallowed}) × (100 − {base})，"
            "不低于 {floor}，封顶，再乘权重",
            "{base} + (value − {unallowed}) ÷ ({satisfied} − {unallowed}) × (100 − {base}), at least {floor},"
            " capped, times the weight",
        ),
        ("satisfied", "unallowed"),
        ("base", "cap", "floor"),
    ),
    "linear": Rule(
        Text("按量计分", "points by amount"),
        (_VALUE,),
        _linear,
        Text("每 {step} 得 {points} 分，至满分为止", "{points} points for each {step}, up to the full points"),
        ("step", "points"),
    ),
    "bands": Rule(Text("分档", "bands"), (_VALUE,), _bands, Text("{steps}", "{steps}")),
    "panel": Rule(
        Text("评分均值", "mean of ratings"),
        (Text("评分", "ratings"),),
        _panel,
        Text(
            "评分（{top} 分制）去掉最高、最低各 {drop} 个后的均值 ÷ {top} × 权重",
            "mean of ratings (0 to {top}) without the {drop} highest and lowest ÷ {top} × weight",
        ),
        ("top",),
        ("drop",),
        many=True,
    ),
    "tally": Rule(
        Text("加减分", "bonus or penalty"),
        (_COUNTED,),
        _none,
        Text("每次 {each} 分，最多 {limit} 分", "{each} points each, {limit} at most"),
        ("each", "limit"),
        weighted=False,
    ),
    "stated": Rule(
        Text("列明", "stated"),
        (_VALUE,),
        _none,
        Text("列明，不计分，供计算和复核", "stated, without points, to be computed with and checked"),
        many=True,
        weighted=False,
    ),
    "veto": Rule(
        Text("一票否决", "veto"),
        (_COUNTED,),
        _none,
        Text("发生即否决，不看总分", "once is enough, whatever the score"),
        weighted=False,
    ),
}
"""By the word that stands in a method."""
