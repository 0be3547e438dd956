"""What is wrong with what a procedure says, step by step: names, quorums, conditions, limits and samples."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from qilian.core.house.forms.api import Form, check
from qilian.core.rules.dmn.api import free_names
from qilian.core.rules.feel.api import SyntaxFault, reader
from qilian.core.values.text import Refusal, Text

from .model import APPLICANT, HANDLING, Node, Procedure, Quorum

CASE_NAMES: Final = ("申请人", "承办", "地区", "申请日")
"""What a condition may speak of besides the fields of the forms: applicant, handling unit, division, day of filing."""
RESERVED: Final = ("申请人修改",)
"""Steps that a case takes without being drawn: sent back to its applicant."""


def contents(procedure: Procedure) -> Iterator[Refusal]:
    """What is wrong with names, steps and samples, whatever the graph looks like."""
    names = names_of(procedure)
    yield from _twice(procedure)
    for node in procedure.graph.nodes.values():
        yield from _quorum(node)
        yield from _conditions(node, names)
        yield from _performers(node)
    yield from _limits(procedure)
    yield from _samples(procedure)


def names_of(procedure: Procedure) -> tuple[str, ...]:
    """The names that conditions may use: the fields of all forms, results of decisions by their step, the case."""
    forms = [procedure.form, *(node.form for node in procedure.graph.nodes.values() if node.form)]
    fields = [field.name for form in forms for field in form.fields]
    steps = [node.slug for node in procedure.graph.nodes.values() if node.kind in ("decision", "task", "call")]
    return tuple(dict.fromkeys((*fields, *steps, *CASE_NAMES)))


def _twice(procedure: Procedure) -> Iterator[Refusal]:
    """A condition speaks of one thing by one name: fields of the application, of steps, steps and the case differ."""
    nodes = procedure.graph.nodes
    for slug in RESERVED:
        if slug in nodes:
            yield wrong("reserved", slug, f"“{slug}”是系统自己的步骤。", f"“{slug}” is a step of the system itself.")
    asked = [field.name for field in procedure.form.fields]
    later = {field.name for node in nodes.values() if node.form for field in node.form.fields}
    for name in dict.fromkeys((*asked, *sorted(later))):
        if name in CASE_NAMES:
            yield wrong("twice", name, f"“{name}”是办件自己的名称。", f"“{name}” is a name of the case itself.")
        if name in nodes:
            yield wrong("twice", name, f"“{name}”既是步骤又是字段。", f"“{name}” is a step and a field.")
        if name in asked and name in later:
            yield wrong("twice", name, f"“{name}”在申请表和步骤里都有。", f"“{name}” stands in the form and in a step.")


def _performers(node: Node) -> Iterator[Refusal]:
    said = Counter((each.role, each.unit, each.expression) for each in node.by)
    for role, unit, expression in (each for each, times in said.items() if times > 1):
        who = expression or f"{role}@{unit}"
        yield wrong("twice", node.slug, f"“{node.slug}”里“{who}”写了两次。", f"“{node.slug}” names “{who}” twice.")
    for performer in node.by:
        if performer.role == HANDLING or performer.unit == APPLICANT:
            yield wrong(
                "performer", node.slug, f"“{node.slug}”由谁办理写反了：写“角色@单位”。",
                f"Who does “{node.slug}” is the wrong way round: write role@unit.",
            )  # fmt: skip
    if node.extension and not node.limit:
        yield wrong(
            "limit", node.slug, f"“{node.slug}”没有时限，不能延长。", f"“{node.slug}” has no limit to be extended."
        )


def _limits(procedure: Procedure) -> Iterator[Refusal]:
    """What is promised is within what the law allows, where both are counted alike."""
    statutory, promised = procedure.statutory, procedure.promised
    if statutory and statutory.measure == promised.measure and promised.value > statutory.value:
        yield wrong("limit", "limit", "承诺时限长于法定时限。", "The promised limit is longer than the statutory one.")


def _samples(procedure: Procedure) -> Iterator[Refusal]:
    """A sample could be sent in as it stands; what fields pick is looked up later, when cases are made of it."""
    fields = tuple(replace(field, picks="") for field in procedure.form.fields)
    form = Form(procedure.form.slug, procedure.form.title, fields)
    if form.problems():
        return
    for number, sample in enumerate(procedure.samples, 1):
        for each in check(form, sample).refusals:
            zh, en = f"第 {number} 个样例：{each.message.zh}", f"Sample {number}: {each.message.en}"
            yield wrong("sample", each.where, zh, en)


def _quorum(node: Node) -> Iterator[Refusal]:
    if node.quorum is None:
        return
    yield from _words(node, node.quorum)
    rule, roles = node.quorum, [each.role for each in node.by]
    for role in (*rule.veto, *(name for name, _ in rule.weights)):
        if roles and all(roles) and role not in roles:
            yield wrong("role", node.slug, f"会签“{node.slug}”里没有“{role}”。", f"“{node.slug}” has no “{role}”.")
    weight = sum(rule.weight(role) for role in roles)
    if all(roles) and rule.need > weight:
        yield wrong(
            "quorum", node.slug, f"会签“{node.slug}”要 {rule.need} 票，总共只有 {weight} 票。",
            f"“{node.slug}” needs {rule.need} votes and has {weight}.",
        )  # fmt: skip


def _words(node: Node, rule: Quorum) -> Iterator[Refusal]:
    """A countersign comes to agreement or to disagreement; a third word, such as an abstention, leads nowhere else."""
    zh, en = f"会签“{node.slug}”", f"The countersign “{node.slug}”"
    missing = [word for word in dict.fromkeys((rule.agree, rule.reject)) if not node.way(word)]
    for word in missing:
        yield wrong("outcome", node.slug, f"{zh}的结果里没有“{word}”。", f"{en} has no outcome “{word}”.")
    if missing:
        return
    if rule.agree == rule.reject and (len(node.ways) > 1 or rule.veto or rule.on_reject == "return"):
        yield wrong("outcome", node.slug, f"{zh}没有不同意的结果。", f"{en} has no word for disagreement.")
        return
    for way in node.ways:
        if way.target not in (node.way(rule.agree), node.way(rule.reject)):
            yield wrong(
                "outcome",
                node.slug,
                f"{zh}只会得出“{rule.agree}”或“{rule.reject}”，“{way.outcome}”走不到“{way.target}”。",
                f"{en} comes to “{rule.agree}” or “{rule.reject}”; “{way.outcome}” never leads to “{way.target}”.",
            )


def _conditions(node: Node, names: Sequence[str]) -> Iterator[Refusal]:
    """Conditions are FEEL over the names of the case; decisions and texts alone are checked where they are used."""
    said = [way.outcome for way in node.ways] if node.kind in ("route", "choose") else []
    said += [node.until] if node.until else []
    said += [each.expression for each in node.by if each.expression]
    for each in (each for each, times in Counter(said).items() if times > 1 and node.kind == "route"):
        yield wrong("twice", node.slug, f"“{node.slug}”的条件“{each}”写了两次。", f"“{node.slug}” says “{each}” twice.")
    for each in said:
        try:
            strange = sorted(set(free_names(reader(each, names).expression())) - set(names))
        except SyntaxFault as fault:
            yield wrong(
                "condition",
                node.slug,
                f"“{node.slug}”的条件“{each}”读不懂：{fault.message.zh}",
                f"The condition “{each}” of “{node.slug}” is not understood: {fault.message.en}",
            )
            continue
        if strange:
            yield wrong(
                "name",
                node.slug,
                f"“{node.slug}”的条件用到没有的“{'、'.join(strange)}”。",
                f"The condition of “{node.slug}” speaks of “{', '.join(strange)}”, which no form asks for.",
            )


def wrong(code: str, where: str, zh: str, en: str, remedy: Text | None = None) -> Refusal:
    """A refusal of a procedure file, with the name of the element."""
    return Refusal(f"procedures.{code}", Text(zh, en), where=where, remedy=remedy)
