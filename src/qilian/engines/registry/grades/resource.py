"""Versions of a method and evaluations of parties, said once."""

import json
from collections.abc import Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Crumb, Fact
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.offers.api import clause_of, crumbs_to, is_open, offer_url, scope_of
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rules.scoring.api import (
    RULES,
    Figure,
    Indicator,
    Method,
    method_document,
    read_cells,
    read_method,
    rule_words,
)
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, whole
from qilian.core.work.approvals.api import decisions
from qilian.core.work.approvals.api import traits as proposal_traits

from .methods import METHOD, method_sections
from .models import GradeMethod, Grading
from .queries import (
    appeal_of,
    grade_at,
    grading_by_code,
    grading_ref,
    grading_scope,
    gradings,
    method_in_force,
    method_numbered,
    method_of,
    method_ref,
    methods_of,
    public_gradings,
    repeated,
    stage_of,
)
from .services.appealing import appeal, decide_appeal
from .services.common import APPEAL, DECIDE, PROPOSE, PUBLISH, RUN
from .services.methods import DECIDING, approve_method, propose_method, reject_method, withdraw_method
from .services.running import publish_result, run, withdraw
from .words import is_official, is_public, method_state, number, numbers_in, sees_all, status

_REASON = Form("reason", Text("理由", "Reason"), (FieldSpec("reason", Text("理由", "Reason"), length=300),))
_LOGGED = Text("确定后记入事实日志。", "It is logged once confirmed.")


def _read(written: str) -> Method:
    try:
        return read_method(json.loads(written))
    except json.JSONDecodeError as wrong:
        message = Text(
            f"方法的文本不是 JSON：第 {wrong.lineno} 行第 {wrong.colno} 个字符读不下去。",
            f"The text of the method is no JSON: it breaks at line {wrong.lineno}, character {wrong.colno}.",
        )
        remedy = Text("请在原来的文本上改。", "Change the text that stood here.")
        raise Refusal("registry.grade_method.text", message, remedy=remedy) from None
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as wrong:
        message = Text(f"方法的内容不全或不对：{wrong}", f"Something in the method is missing or wrong: {wrong}")
        raise Refusal("registry.grade_method.text", message) from None


_PROPOSAL = Form(
    "proposal",
    Text("提出评价方法", "Propose a method"),
    (
        FieldSpec("method", Text("方法", "Method"), "textarea", required=False, length=200_000, finds=_read,
                  hint=Text("JSON；权重、规则、等级线和依据都可以改。",
                  "JSON: weights, rules, grades and sources may change.")),
        FieldSpec("source", Text("依据", "Source"), required=False, length=300),
        FieldSpec("valid_from", Text("生效日", "In force from"), "date", required=False),
    ),
)  # fmt: skip


def _to_change(path: str) -> Values:
    """The text of the method in force, or of the declared one."""
    row = method_in_force(path, clock.today())
    document = row.document if row else method_document(grade_at(path).method)
    return {"method": json.dumps(document, ensure_ascii=False, indent=1), "source": grade_at(path).basis}


def _method_at(path: str, version: str) -> GradeMethod:
    return method_numbered(path, whole(version) or 0)


def _methods_for(me: Principal, path: str) -> Any:
    return methods_of(path) if is_official(me, path) else methods_of(path).filter(state="approved")


def evaluation_form(path: str) -> Form:
    """Who is evaluated, on which day, and the figures of every indicator with their source."""
    shape, row = grade_at(path), method_in_force(path, clock.today())
    method = method_of(row) if row else shape.method
    figures = Form("figures", Text("数据", "Figures"), tuple(_figure(each) for each in method.indicators))
    fields = (
        FieldSpec("party", Text("主体", "Party"), picks="party", length=120),
        FieldSpec("as_of", Text("数据截至", "Figures as of"), "date", required=False),
        FieldSpec("evidence", Text("依据的文件", "Document"), length=300),
        FieldSpec("figures", Text("数据", "Figures"), "group", required=False, row=figures, flat=True),
    )
    return Form("evaluation", Text("评价一个主体", "Evaluate a party"), fields)


def _figure(each: Indicator) -> FieldSpec:
    rule, weight = RULES[each.rule], number(each.weight)
    names = Text("、".join(name.zh for name in rule.figures), ", ".join(name.en for name in rule.figures))
    words = rule_words(each)
    label = Text(f"{each.title.zh}（{weight} 分）", f"{each.title.en} ({weight})") if each.weight else each.title
    hint = Text(f"{names.zh}。{words.zh}。", f"{names.en}. {words.en}.")
    source = Text("数据来源", "source of the figures")
    row = Form(each.slug, each.title, (
        FieldSpec("values", Text("数值", "figures"), hint=hint, finds=numbers_in, unit=each.unit or None, length=300),
        FieldSpec("source", source, length=300),
    ))  # fmt: skip
    return FieldSpec(each.slug, label, "group", required=each.missing == "refuse" and rule.weighted, row=row)


def _evaluated(_path: str, values: Values) -> Values:
    given = {slug: each for slug, each in (values.get("figures") or {}).items() if each}
    return {**values, "figures": {slug: Figure(each["values"], each["source"]) for slug, each in given.items()}}


def appeal_form(row: Grading) -> Form:
    """What is wrong: the indicator or the whole, why, and what shows it."""
    choices = tuple((each.slug, each.title) for each in method_of(row.method).indicators)
    hint = Text("不选即针对整体。", "None means the whole.")
    fields = (
        FieldSpec(
            "indicator", Text("针对哪一项", "Which indicator"), "choice", required=False, choices=choices, hint=hint
        ),
        FieldSpec("words", Text("理由", "Reason"), "textarea", length=1000),
        FieldSpec("evidence", Text("证明材料", "Evidence"), required=False, length=300),
    )
    return Form("appeal", Text("申诉", "Appeal"), fields)


_VERDICTS = (("upheld", Text("申诉成立，更正", "Upheld: correct it")), ("dismissed", Text("申诉不成立", "Dismissed")))
_RIGHT = Text("申诉成立时填写，多个数值用逗号分开。", "For an upheld appeal; several with commas.")
_ANSWER = Form(
    "answer",
    Text("答复申诉", "Answer the appeal"),
    (
        FieldSpec("verdict", Text("答复", "Verdict"), "choice", choices=_VERDICTS),
        FieldSpec("answer", Text("答复理由", "Answer"), "textarea", length=1000),
        FieldSpec("values", Text("更正后的数值", "Right figures"), required=False, hint=_RIGHT, finds=numbers_in),
        FieldSpec("source", Text("数值来源", "Source of the figures"), required=False, length=300),
    ),
)


def _decided(_row: Grading, values: Values) -> Values:
    upheld, numbers = values["verdict"] == "upheld", values.get("values")
    if upheld and numbers and not values.get("source"):
        message = Text("没有写明数值的来源。", "No source of the figures is given.")
        remedy = Text("请写明报表、证书或文件的名称和编号。", "Name the return, certificate or document.")
        raise Refusal("registry.grade.figure_source", message, where="source", remedy=remedy)
    corrected = Figure(numbers, values["source"]) if upheld and numbers else None
    return {"upheld": upheld, "answer": values["answer"], "corrected": corrected}


def _filed(row: Grading) -> Sequence[Fact]:
    filed = appeal_of(row)
    return (Fact(Text("申诉理由", "Appeal"), filed.words),) if filed else ()


def _publishable(row: Grading) -> bool:
    at = stage_of(row)
    return at.state == "computed" and not at.appealed and (at.answered or not at.window)


def _appealable(row: Grading) -> bool:
    at = stage_of(row)
    return at.state == "computed" and at.window and not (at.appealed or at.answered)


def _ready(path: str) -> bool:
    return method_in_force(path, clock.today()) is not None


def _crumbs(at: Grading | str) -> Sequence[Crumb]:
    return crumbs_to(at if isinstance(at, str) else at.offer)


def _method_crumbs(at: GradeMethod | str) -> Sequence[Crumb]:
    path = at if isinstance(at, str) else at.offer
    return (*crumbs_to(path), Crumb(METHOD, f"{offer_url(path)}method/"))


def _cells(row: Grading) -> list[tuple[Any, bool]]:
    inside = sees_all(current_principal(), row)
    return [(cell, inside) for cell in read_cells(row.result)]


_CELL: Sequence[Trait[Any]] = (
    Trait("indicator", Text("指标", "Indicator"), lambda each: each[0].indicator, "code"),
    Trait("weight", Text("权重", "Weight"), lambda each: each[0].weight, "number"),
    Trait("points", Text("得分", "Points"), lambda each: each[0].points, "number"),
    Trait("state", Text("状态", "State"), lambda each: each[0].state, "code"),
    Trait("values", Text("数值", "Figures"), lambda each: [str(n) for n in each[0].values] if each[1] else [], "codes"),
    Trait("source", Text("数据来源", "Source"), lambda each: each[0].source if each[1] else "", "code"),
)
METHODS: Resource[GradeMethod] = Resource(
    plural="methods", row="method", title=Text("方法的版本", "Versions of the method"), noun=Text("方法版本",
    "Version"),
    under="{grade}", key="version", key_of=lambda row: str(row.version), find=_method_at, rows=_methods_for,
    seen=lambda me, row: row.state == "approved" or is_official(me, row.offer),
    named=lambda row: Text(f"评价方法第 {row.version} 版", f"Method, version {row.version}"), ref=method_ref,
    scope=lambda row: scope_of(row.offer), crumbs=_method_crumbs, place_of=lambda row: row.offer, place_scope=scope_of,
    serving=is_open, clause=lambda row: row.clause,
    traits=(
        Trait("version", Text("版本", "Version"), lambda row: row.version, "integer", leads=True, sort="version",
              fact=False),
        Trait("valid_from", Text("自", "From"), lambda row: row.valid_from, "date", sort="valid_from"),
        Trait("source", Text("依据", "Source"), lambda row: row.source),
        *proposal_traits(method_state),
        Trait("digest", Text("摘要（SHA-256）", "Digest (SHA-256)"), lambda row: row.digest[:16], "code", list=False,
              plain=lambda row: row.digest),
        Trait("method", METHOD, lambda row: row.document, "object"),
    ),
    creation=Operation("proposal", _PROPOSAL.title, PROPOSE, propose_method, _PROPOSAL, given=_to_change),
    operations=decisions(DECIDING, approve=approve_method, reject=reject_method, withdraw=withdraw_method,
                         title=Text("批准并公布", "Approve and publish"),
                         before=lambda row: method_sections(method_of(row))),
)  # fmt: skip
RESULTS: Resource[Grading] = Resource(
    plural="results", row="grading", title=Text("评价结果", "Results"), noun=Text("评价", "Evaluation"),
    under="{grade}",
    find=grading_by_code, rows=lambda me, path: gradings(path) if is_official(me, path) else public_gradings(path),
    seen=lambda me, row: is_public(row) or sees_all(me, row), named=lambda row: row.party.name, ref=grading_ref,
    scope=grading_scope, crumbs=_crumbs, place_of=lambda row: row.offer, place_scope=scope_of, serving=is_open,
    clause=lambda row: row.clause,
    traits=lambda path: (
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("name", grade_at(path).noun, lambda row: row.party.name, leads=True, sort="party__name_key", fact=False),
        Trait("party", Text("主体编码", "Code of the party"), lambda row: row.party.code, "code", list=False,
              fact=False),
        Trait("state", Text("状态", "State"), status, "status", plain=lambda row: row.state,
              list=lambda: is_official(current_principal(), path)),
        Trait("grade", Text("等级", "Grade"), lambda row: method_of(row.method).grade_title(row.grade),
              plain=lambda row: row.grade, sort="grade"),
        Trait("score", Text("得分", "Score"), lambda row: number(row.score), "number", plain=lambda row: row.score,
              sort="score"),
        Trait("as_of", Text("数据截至", "Figures as of"), lambda row: row.as_of, "date", list=False),
        Trait("valid_to", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date", sort="valid_to"),
        Trait("method", METHOD, lambda row: Text(f"第 {row.method.version} 版", f"version {row.method.version}"),
              "integer",
              plain=lambda row: row.method.version, list=False, url=lambda row: METHODS.url(row.method)),
        Trait("reason", Text("撤销理由", "Reason"), lambda row: row.reason, list=False),
        Trait("corrects", Text("更正自", "Corrects"),
              lambda row: row.corrects.computed_at.date() if row.corrects and sees_all(current_principal(),
              row) else None,
              "date", list=False, json=False, url=lambda row: RESULTS.url(row.corrects) if row.corrects else ""),
        Trait("figures_digest", Text("数据摘要", "Digest of figures"), lambda row: row.figures_digest, "code",
              list=False,
              fact=False),
        Trait("result_digest", Text("结果摘要", "Digest of result"), lambda row: row.result_digest, "code", list=False,
              fact=False),
        Trait("repeats", Text("重算一致", "Repeats"), repeated, "boolean", list=False, fact=False),
        Trait("cells", Text("得分明细", "Cells"), _cells, "rows", of=_CELL),
    ),
    creation=Operation("evaluation", Text("评价一个主体", "Evaluate a party"), RUN, run, evaluation_form,
                       takes=_evaluated,
                       when=_ready, facts=lambda path: (Fact(Text("评价", "Grade"), grade_at(path).title),)),
    operations=(
        Operation("answer", _ANSWER.title, DECIDE, decide_appeal, _ANSWER, takes=_decided, facts=_filed, hint=_LOGGED,
                  when=lambda row: stage_of(row).appealed),
        Operation("publication", Text("公布", "Publish"), PUBLISH, publish_result, when=_publishable, hint=_LOGGED),
        Operation("appeal", Text("申诉", "Appeal"), APPEAL, appeal, appeal_form, when=_appealable, hint=_LOGGED,
                  own=lambda me, row: row.party.code in me.parties),
        Operation("withdrawal", Text("撤销", "Withdraw"), PUBLISH, withdraw, _REASON, dangerous=True, hint=_LOGGED,
                  when=in_state("computed", "published")),
    ),
    about=(
        Trait("offer", Text("服务项", "Offer"), lambda path: path, "code"),
        Trait("open", Text("已开通", "Open"), is_open, "boolean"),
        Trait("clause", Text("条", "Clause"), clause_of, "code"),
        Trait("version", Text("版本", "Version"), lambda path: getattr(method_in_force(path, clock.today()), "version",
              None),
              "integer"),
        Trait("method", METHOD, lambda path: json.loads(_to_change(path)["method"]), "object"),
        Trait("in_force", Text("有效结果", "In force"), lambda path: public_gradings(path).count(), "integer"),
    ),
)  # fmt: skip
