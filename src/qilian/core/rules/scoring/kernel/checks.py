"""What can be wrong with a method before anybody is scored by it."""

from collections.abc import Iterator

from qilian.core.values.text import Text

from .method import Indicator, Method
from .rules import RULES, ZERO


def problems(method: Method) -> tuple[Text, ...]:
    """Return every defect of a method as a sentence; an empty tuple when it can be published."""
    return (*_whole(method), *(said for each in method.indicators for said in _indicator(each)))


def _whole(method: Method) -> Iterator[Text]:
    slugs = [each.slug for each in method.indicators]
    if len(set(slugs)) != len(slugs):
        yield Text("指标代码重复。", "Two indicators share a slug.")
    if not any(each.rule in RULES and RULES[each.rule].weighted for each in method.indicators):
        yield Text("没有计分的指标。", "No indicator carries points.")
    if not method.source.strip():
        yield Text("没有写明方法的依据。", "The method names no source.")
    if not (method.title.zh and method.title.en):
        yield Text("方法名称须有中文和英文。", "The title must be given in Chinese and English.")
    if method.full <= ZERO or method.ceiling < method.full:
        yield Text("满分须大于 0，封顶不得低于满分。", "Full points must be above 0, and the ceiling not below them.")
    if not (0 <= method.places <= 6 and method.places <= method.cell_places <= 12):
        yield Text("小数位数不合理。", "The decimal places make no sense.")
    yield from _grades(method)
    if unknown := set(method.ties) - set(slugs):
        yield Text(f"并列规则引用了不存在的指标：{sorted(unknown)}", f"Ties name unknown indicators: {sorted(unknown)}")


def _grades(method: Method) -> Iterator[Text]:
    least = [step.least for step in method.grades]
    if least != sorted(least, reverse=True) or len(set(least)) != len(least):
        yield Text("等级须由高到低，分数线各不相同。", "Grades run from best to least, each with a line of its own.")
    if method.grades and least[-1] > ZERO:
        yield Text("最低等级的分数线须为 0。", "The least grade begins at 0.")
    if any(each.rule == "veto" for each in method.indicators) and method.vetoed not in {s.slug for s in method.grades}:
        yield Text("有一票否决，但没有否决后的等级。", "There is a veto, but no grade that it gives.")


def _indicator(each: Indicator) -> Iterator[Text]:
    rule = RULES.get(each.rule)
    if rule is None:
        yield Text(f"{each.slug}：没有“{each.rule}”这种规则", f"{each.slug}: there is no rule “{each.rule}”")
        return
    given = {name for name, _ in each.parameters}
    if missing := set(rule.needed) - given:
        yield Text(f"{each.slug}：缺参数 {sorted(missing)}", f"{each.slug}: lacks {sorted(missing)}")
    if unknown := given - {*rule.needed, *rule.optional}:
        yield Text(f"{each.slug}：多余参数 {sorted(unknown)}", f"{each.slug}: does not take {sorted(unknown)}")
    if rule.weighted != (each.weight > ZERO):
        yield Text(f"{each.slug}：权重不合规则", f"{each.slug}: its weight does not fit its rule")
    if not each.source.strip():
        yield Text(f"{each.slug}：没有依据", f"{each.slug}: names no source")
    if any(each.parameter(name) == ZERO for name in ("top", "step") if name in rule.needed):
        yield Text(f"{each.slug}：分母参数为 0", f"{each.slug}: a parameter that divides is 0")
    yield from _particular(each)


def _particular(each: Indicator) -> Iterator[Text]:
    if each.rule == "efficacy":
        gain = each.parameter("satisfied") - each.parameter("unallowed")
        if (gain if each.up else -gain) <= 0:
            yield Text(f"{each.slug}：满意值与不允许值方向不符", f"{each.slug}: its values run against its direction")
    least = [bound for bound, _ in each.steps]
    if (each.rule == "bands") != bool(each.steps) or least != sorted(least, reverse=True):
        yield Text(f"{each.slug}：分档须由高到低", f"{each.slug}: bands run from high to low")
    if any(points > each.weight for _, points in each.steps):
        yield Text(f"{each.slug}：分档得分超过满分", f"{each.slug}: a band gives more than the full points")
