"""All grades; one grade with its results; its method in force, and all versions of it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    NOT_A_RECORD,
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
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths, scope_of
from qilian.core.offers.packs.api import offers
from qilian.core.rights.grants.api import allowed
from qilian.core.rules.scoring.api import RULES, Method, rule_words
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.grades.models import GradeMethod
from qilian.engines.registry.grades.offering import Grade
from qilian.engines.registry.grades.queries import (
    grade_at,
    gradings,
    method_in_force,
    method_numbered,
    method_of,
    method_ref,
    methods_of,
    public_gradings,
)
from qilian.engines.registry.grades.services.common import APPROVE, PROPOSE

from .words import TITLE, is_official, number, result_url, status

_METHOD = Text("评价方法", "Method")
_CLOSED = Status(Text("未开通", "Not open"), "amber")
METHOD_STATES = {
    "proposed": Status(Text("待批准", "Awaits approval"), "amber"),
    "published": Status(Text("已公布", "Published"), "green"),
    "rejected": Status(Text("已退回", "Rejected"), "red"),
}
_RECALLED = Text(
    "本方法据公开资料和记忆拟定，公布前须与所列标准原文核对。",
    "Drafted from public sources and from memory: compare it with the named standard before it is published.",
)


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Every grade that is open, with how many results are in force."""
    opened = open_paths()
    rows = [(path, offer) for path, offer in offers("grade").items() if path in opened]
    columns = (
        Column("title", TITLE, lambda row: row[1].title, url=lambda row: offer_url(row[0])),
        Column("clause", Text("条", "Clause"), lambda row: clause_of(row[0]), "code"),
        Column("number", Text("有效结果", "In force"), lambda row: public_gradings(row[0]).count(), "number"),
    )
    empty = Empty(Text("还没有开通的评价。", "No grade is open yet."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, columns, empty, page_size=200))


@require_safe
def results(_request: HttpRequest, grade: str) -> HttpResponse:
    """The results of a grade: everybody sees those in force, its officials see all."""
    shape, me = grade_at(grade), current_principal()
    official = is_official(me, grade)
    new = Action(Text("评价一个主体", "Evaluate a party"), f"{offer_url(grade)}results/new/", primary=True)
    ready = official and is_open(grade) and method_in_force(grade, clock.today()) is not None
    empty = Empty(Text("还没有公布的结果。", "No result is published yet."), new if ready else None)
    rows = gradings(grade) if official else public_gradings(grade)
    columns = (
        Column("party", shape.noun, lambda row: row.party.name, url=result_url, sort="party__name_key"),
        Column("grade", Text("等级", "Grade"), lambda row: shape.method.grade_title(row.grade), sort="grade"),
        Column("score", Text("得分", "Score"), lambda row: number(row.score), "number", sort="score"),
        Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date", sort="valid_to"),
        *((Column("state", Text("状态", "State"), status, "status"),) if official else ()),
    )
    choices = [(step.slug, step.title) for step in shape.method.grades]
    filters = (
        Filter("name", Text("名称", "Name"), lambda found, said: found.filter(party__name__contains=said.strip())),
        Filter("grade", Text("等级", "Grade"), lambda found, said: found.filter(grade=said), choices),
    )
    head = _head(grade, shape, (new,) if ready else ())
    return show(ListPage(head, rows, columns, empty, filters, order="-score"))


@require_safe
def method_page(_request: HttpRequest, grade: str) -> HttpResponse:
    """The method in force, else the declared one: indicators with weights, rules and sources, grades, limits."""
    shape, row = grade_at(grade), method_in_force(grade, clock.today())
    method = method_of(row) if row else shape.method
    facts = (
        Fact(Text("状态", "State"), _version(row) if row else Status(Text("未公布", "Not published"), "amber")),
        Fact(Text("依据", "Source"), row.source if row else shape.basis),
        Fact(Text("有效期", "Term"), Text(f"{method.months} 个月", f"{method.months} months")),
        Fact(Text("申诉期", "Time to appeal"), _days(shape.appeal_days)),
        Fact(Text("答复期限", "Time to answer"), _days(shape.answer_days)),
    )
    head = Head(
        Text(f"{shape.title.zh}：评价方法", f"{shape.title.en}: method"),
        crumbs=crumbs_of(grade, Crumb(_METHOD)),
        clause=clause_of(grade),
        facts=facts,
        actions=(Action(Text("历次版本", "All versions"), f"{offer_url(grade)}methods/"),),
    )
    notes = [*([_RECALLED] if shape.recalled else []), *shape.notes]
    sections = [
        *([Section(Text("说明", "Notes"), "notes", paragraphs=notes)] if notes else []),
        *method_sections(method),
    ]
    return show(RecordPage(head, sections, timeline(method_ref(row)) if row else NOT_A_RECORD))


@require_safe
def versions(_request: HttpRequest, grade: str) -> HttpResponse:
    """All versions of a method, with the two people of each."""
    me = current_principal()
    rows = methods_of(grade) if is_official(me, grade) else methods_of(grade).filter(state="published")
    propose = Action(Text("提出新版本", "Propose a version"), f"{offer_url(grade)}methods/new/", primary=True)
    may = allowed(me, PROPOSE, scope_of(grade)) and is_open(grade)
    columns = (
        Column(
            "version",
            Text("版本", "Version"),
            lambda row: row.version,
            "number",
            url=lambda row: f"{offer_url(row.offer)}methods/{row.version}/",
            sort="version",
        ),
        Column("state", Text("状态", "State"), lambda row: METHOD_STATES[row.state], "status"),
        Column("from", Text("自", "From"), lambda row: row.valid_from, "date", sort="valid_from"),
        Column("source", Text("依据", "Source"), lambda row: row.source),
    )
    title = Text(f"{grade_at(grade).title.zh}：方法的版本", f"{grade_at(grade).title.en}: versions of the method")
    head = Head(
        title,
        crumbs=crumbs_of(grade, Crumb(_METHOD, f"{offer_url(grade)}method/"), Crumb(Text("历次版本", "All versions"))),
        clause=clause_of(grade),
        actions=(propose,) if may else (),
    )
    empty = Empty(Text("还没有公布过方法。", "No method has been published yet."), propose if may else None)
    return show(ListPage(head, rows, columns, empty, order="-version"))


@require_safe
def version_page(_request: HttpRequest, grade: str, version: int) -> HttpResponse:
    """One version of a method with everything that happened to it."""
    row, me = method_numbered(grade, version), current_principal()
    facts = [
        Fact(Text("状态", "State"), METHOD_STATES[row.state]),
        Fact(Text("自", "From"), row.valid_from),
        Fact(Text("依据", "Source"), row.source),
        Fact(Text("提出人", "Proposed by"), row.proposed_by.name),
        Fact(Text("批准人", "Approved by"), row.approved_by.name if row.approved_by else None),
        Fact(Text("摘要（SHA-256）", "Digest (SHA-256)"), row.digest[:16]),
    ]
    if row.reason:
        facts.append(Fact(Text("退回理由", "Reason"), row.reason))
    decide = Action(
        Text("批准或退回", "Approve or reject"), f"{offer_url(grade)}methods/{version}/decision/", primary=True
    )
    may = row.state == "proposed" and row.proposed_by_id != me.person and allowed(me, APPROVE, scope_of(grade))
    head = Head(
        Text(f"评价方法第 {version} 版", f"Method, version {version}"),
        crumbs=crumbs_of(grade, Crumb(_METHOD, f"{offer_url(grade)}method/"), Crumb(str(version))),
        clause=row.clause,
        facts=facts,
        actions=(decide,) if may else (),
    )
    return show(RecordPage(head, method_sections(method_of(row)), timeline(method_ref(row))))


def method_sections(method: Method) -> list[Section]:
    """A method as tables: its indicators with rule and source, its grades, how it counts."""
    columns = (
        *((Column("group", Text("类别", "Group"), lambda each: each.group),) if _grouped(method) else ()),
        Column("title", Text("指标", "Indicator"), lambda each: each.title),
        Column("weight", Text("权重", "Weight"), lambda each: number(each.weight) if each.weight else "—", "number"),
        Column("rule", Text("规则", "Rule"), lambda each: RULES[each.rule].title),
        Column("words", Text("计分办法", "How it counts"), rule_words),
        Column("missing", Text("缺报", "If missing"), lambda each: _MISSING[each.missing] if each.weight else "—"),
        Column("source", Text("依据", "Source"), lambda each: each.source),
    )
    grades = (
        Column("title", Text("等级", "Grade"), lambda step: step.title),
        Column("least", Text("不低于", "From"), lambda step: number(step.least), "number", Text("分", "points")),
    )
    return [
        Section(Text("指标", "Indicators"), "indicators", Table(columns, method.indicators)),
        Section(Text("等级", "Grades"), "grades", Table(grades, method.grades)),
        Section(Text("计算", "Computation"), "computation", facts=_computation(method)),
    ]


def _computation(method: Method) -> list[Fact]:
    means = {"sum": Text("加权和", "weighted sum"), "geometric": Text("加权几何平均", "weighted geometric mean")}
    rounding = {
        "half-up": Text("四舍五入", "half up"),
        "half-even": Text("四舍六入五成双", "half to even"),
        "down": Text("截尾", "down"),
    }
    facts = [
        Fact(Text("满分", "Full points"), number(method.full)),
        Fact(Text("合成", "Mean"), means[method.mean]),
        Fact(Text("小数位", "Decimals"), method.places),
        Fact(Text("修约", "Rounding"), rounding[method.rounding]),
    ]
    return [
        *facts,
        *([Fact(Text("否决后", "After a veto"), method.grade_title(method.vetoed))] if method.vetoed else []),
    ]


def _head(path: str, shape: Grade, actions: Sequence[Action]) -> Head:
    row = method_in_force(path, clock.today())
    facts = [
        Fact(Text("有效结果", "In force"), public_gradings(path).count()),
        Fact(Text("方法", "Method"), _version(row) if row else Status(Text("未公布", "Not published"), "amber")),
        Fact(Text("依据", "Source"), row.source if row else shape.basis),
    ]
    if not is_open(path):
        facts.insert(0, Fact(Text("服务项", "Offer"), _CLOSED))
    more = [
        Action(_METHOD, f"{offer_url(path)}method/"),
        Action(Text("方法的版本", "Versions"), f"{offer_url(path)}methods/"),
    ]
    return Head(shape.title, crumbs_of(path), clause=clause_of(path), facts=facts, actions=[*actions, *more])


def _version(row: GradeMethod) -> Text:
    return Text(f"第 {row.version} 版，自 {row.valid_from}", f"version {row.version} from {row.valid_from}")


def _days(days: int) -> Text:
    return Text(f"{days} 个工作日", f"{days} working days")


def _grouped(method: Method) -> bool:
    return any(each.group for each in method.indicators)


_MISSING = {
    "refuse": Text("不得缺报", "must not be missing"),
    "zero": Text("计零分", "counts nothing"),
    "exclude": Text("不计入分母", "left out"),
}
