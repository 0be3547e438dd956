"""Cases, said once: what is known of one, and all that people do with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form, When, rewritten
from qilian.core.house.pages import Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.offers.api import crumbs_to, is_open, scope_of
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import decisions
from qilian.core.work.approvals.api import traits as proposal_traits
from qilian.engines.casework.items.api import item_at, performer_words, procedure_at
from qilian.engines.casework.procedures.api import APPLICANT, Graph

from .kernel import AMEND, CASE_STATES, Step, outcomes
from .models import Case, CaseExtension
from .queries import (
    as_case,
    case_by_code,
    case_ref,
    case_scope,
    extension_by_code,
    extension_ref,
    extensions,
    messages_of,
    procedure_of_case,
    seen_cases,
    steps_of,
    waits_of,
)
from .rights import ACCEPT, HANDLE, STEER, is_applicant, may_do
from .services.doing import (
    add_signer,
    claim,
    complete,
    delegate,
    reassign,
    release,
    remove_signer,
    send_back,
    take_back,
)
from .services.extending import EXTENDING, ask_extension, grant_extension, refuse_extension, withdraw_extension
from .services.opening import open_case
from .services.steering import jump, reopen, resume, suspend, terminate, withdraw
from .services.timing import WHOLE
from .services.waking import end_wait, receive
from .told import data_told
from .words import TITLE, light, state_of, step_words

_REASON = FieldSpec("reason", Text("理由", "Reason"), length=300)
_WHO = (
    FieldSpec("role", Text("角色", "Role"), length=60, hint=Text("如经办、科长。", "Such as 经办, 科长.")),
    FieldSpec("unit", Text("单位", "Unit"), length=60, picks="unit"),
)
_PLACES = (
    ("before", Text("在这一步之前", "before this step")),
    ("beside", Text("与这一步一起", "beside it")),
    ("after", Text("在这一步之后", "after it")),
)


def mine(row: Case, me: Principal | None = None) -> list[Step]:
    """The open steps of a case that somebody may do now."""
    if row.state != "open":
        return []
    who = me or current_principal()
    return [step for step in as_case(row, steps_of(row)).tasks if may_do(who, row, step)]


def application_form(path: str) -> Form:
    """Who applies, and the fields of the item in force."""
    procedure = procedure_at(path, clock.today())
    party = FieldSpec("party", Text("申请人", "Applicant"), length=120, picks="party", required=procedure.public)
    data = FieldSpec("data", procedure.form.title, "group", row=procedure.form, flat=True)
    return Form("application", Text("申请", "Apply"), (party, data))


def _applied(_path: str, values: Values) -> Values:
    return {"party": values.get("party"), "data": rewritten(values.get("data") or {})}


def completion_form(row: Case) -> Form:
    """Which of my steps, with which outcome and opinion, and what the step itself asks for."""
    steps, graph = mine(row), procedure_of_case(row).graph
    found = list(dict.fromkeys(each for step in steps for each in outcomes(graph, step)))
    fields = [
        _which(row, steps),
        FieldSpec("outcome", Text("结果", "Outcome"), "choice", choices=_words(found)),
        FieldSpec("opinion", Text("意见", "Opinion"), "textarea", required=False, length=1000),
    ]
    return Form("completion", Text("办理", "Do a step"), (*fields, *_asked(steps, graph)))


def _asked(steps: Sequence[Step], graph: Graph) -> Iterator[FieldSpec]:
    """What my steps ask for themselves: `data` of the only one, `data_3` of the third where there are several."""
    for step in steps:
        node = graph.nodes.get(step.node)
        if node is not None and node.form is not None:
            alone = len(steps) == 1
            name = "data" if alone else f"data_{step.number}"
            when = None if alone else When("step", (str(step.number),))
            yield FieldSpec(name, node.title, "group", row=node.form, flat=alone, when=when)


def _completed(row: Case, values: Values) -> Values:
    found = _stepped(row, values)
    given = found.get("data") or found.get(f"data_{found['step']}")
    known = {name: value for name, value in found.items() if not name.startswith("data")}
    return {**known, "data": rewritten(given) if given else None}


def _which(row: Case, steps: Sequence[Step]) -> FieldSpec:
    choices = tuple((str(step.number), step_words(row, step)) for step in steps)
    return FieldSpec("step", Text("哪一步", "Which step"), "choice", choices=choices)


def _stepped(_row: Case, values: Values) -> dict[str, Any]:
    """The number of the step, and who is to do it as one word."""
    found = {**values, "step": int(values["step"])}
    if "role" in found:
        found["performer"] = f"{found.pop('role')}@{getattr(unit := found.pop('unit'), 'slug', unit)}"
    return found


def _step_form(title: Text, *more: FieldSpec, others: bool = False) -> Callable[[Case], Form]:
    """A form about one of my open steps, or with `others` of any that is live."""

    def form(row: Case) -> Form:
        steps = list(as_case(row, steps_of(row)).live) if others else mine(row)
        shown = [step for step in steps if step.kind == "task"]
        return Form("step", title, (_which(row, shown), *more))

    return form


def _words(said: Iterable[str]) -> tuple[tuple[str, Text], ...]:
    """Words of the procedure as choices: they are as its file says them."""
    return tuple((each, Text(each, each)) for each in said)


def _back_form(row: Case) -> Form:
    """To whom it may go back: the applicant, the step before, or any step that was done."""
    steps = as_case(row, steps_of(row)).steps.values()
    done = [step.node for step in steps if step.state == "done" and step.kind == "task"]
    places = dict.fromkeys([APPLICANT, "上一步", *(node for node in done if node != AMEND)])
    to = FieldSpec("to", Text("退回到", "Back to"), "choice", choices=_words(places))
    straight = FieldSpec("straight", Text("重新办理后直接回到这一步", "It comes straight back to this step"), "boolean",
                         required=False)  # fmt: skip
    return Form("return", Text("退回", "Send back"), (_which(row, mine(row)), to, straight, _REASON))


def _taken_form(row: Case) -> Form:
    me = current_principal()
    own = [each for each in steps_of(row) if each.state == "done" and each.done_by_id == me.person]
    kernel_steps = as_case(row, own).steps.values()
    return Form("taking-back", Text("拿回", "Take back"), (_which(row, list(kernel_steps)),))


def _node_form(title: Text, name: str) -> Callable[[Case], Form]:
    def form(row: Case) -> Form:
        nodes = [node for node in procedure_of_case(row).graph.nodes.values() if node.kind != "end"]
        choices = tuple((node.slug, node.title) for node in nodes)
        where = FieldSpec(name, Text("到哪一环节", "To which step"), "choice", choices=choices)
        leaves = [step for step in as_case(row, steps_of(row)).live if step.state == "open" and not step.encloses]
        which = (_which(row, leaves),) if name == "to" else ()
        return Form("node", title, (*which, where, _REASON))

    return form


def _wait_form(row: Case) -> Form:
    steps = as_case(row, steps_of(row)).steps
    return Form("continuation", Text("结束等待", "End the wait"), (_which(row, [steps[n] for n, _ in waits_of(row)]),))


def _message_form(row: Case) -> Form:
    what = FieldSpec("message", Text("收到什么", "What has come"), "choice", choices=_words(messages_of(row)))
    note = FieldSpec("note", Text("说明", "Note"), required=False, length=200)
    return Form("receipt", Text("收到回复", "It has come"), (what, note))


def _has_mine(row: Case) -> bool:
    return bool(mine(row))


def _claimable(row: Case) -> bool:
    return any(not step.holder for step in mine(row))


def _held(row: Case) -> bool:
    return any(step.holder for step in mine(row))


def _did(row: Case) -> bool:
    me = current_principal()
    return row.state == "open" and any(each.state == "done" and each.done_by_id == me.person for each in steps_of(row))


def _may(me: Principal, row: Case) -> bool:
    return bool(mine(row, me))


def _over(row: Case) -> bool:
    return row.state in ("ended", "withdrawn", "terminated")


_STEP: Sequence[Trait[Any]] = (
    Trait("number", Text("步", "Step"), lambda each: each.number, "integer"),
    Trait("node", Text("环节", "Node"), lambda each: each.node, "code"),
    Trait("kind", Text("类型", "Kind"), lambda each: each.kind, "code"),
    Trait("performer", Text("由谁办理", "Done by"), lambda each: each.performer, "code"),
    Trait("state", Text("状态", "State"), lambda each: each.state, "code"),
    Trait("outcome", Text("结果", "Outcome"), lambda each: each.outcome, "code"),
)
_TURN = Text("轮到办理的人", "whose turn it is")
_PLACE = FieldSpec("where", Text("位置", "Where"), "choice", choices=_PLACES)


def _open(row: Case) -> bool:
    return row.state == "open"


def _on_step(
    noun: str,
    title: Text,
    verb: Callable[..., Case],
    *fields: FieldSpec,
    form: Callable[[Case], Form] | None = None,
    right: str = "",
    when: Callable[[Case], bool] = _has_mine,
    others: bool = False,
) -> Operation[Case]:
    """Something that is done with one step: by whose turn it is, or who has the right."""
    asked = form or _step_form(title, *fields, others=others)
    return Operation(noun, title, right, verb, form=asked, takes=_stepped, when=when, own=_may, whose=_TURN)


_EXTRA = FieldSpec("value", Text("延长多少", "By how much"), "integer", low="1", high="1000",
                   hint=Text("按这件办件时限的单位。", "In the unit of the case's limit."))  # fmt: skip
CASES: Resource[Case] = Resource(
    plural="cases", row="case", title=TITLE, noun=Text("办件", "Case"), under="{procedure}",
    find=case_by_code, rows=seen_cases,
    seen=lambda me, row: is_applicant(me, row) or bool(seen_cases(me, row.offer).filter(pk=row.pk).exists()),
    named=lambda row: row.title, ref=case_ref, scope=case_scope, clause=lambda row: row.clause,
    crumbs=lambda at: crumbs_to(at if isinstance(at, str) else at.offer),
    place_of=lambda row: row.offer, place_scope=lambda path: scope_of(path, unit=item_at(path).unit), serving=is_open,
    filters=lambda _path: (
        Filter("state", Text("状态", "State"), lambda rows, said: rows.filter(state=said), tuple(CASE_STATES.items())),
        Filter("number", Text("办件编号", "Number"), lambda rows, said: rows.filter(number=said.strip())),
    ),
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("number", Text("办件编号", "Number"), lambda row: row.number, "code", sort="number"),
        Trait("title", Text("办件", "Case"), lambda row: row.title, leads=True, fact=False),
        Trait("party", Text("申请人", "Applicant"), lambda row: row.party.name if row.party else None,
              plain=lambda row: row.party.code if row.party else None),
        Trait("unit", Text("承办单位", "Handled by"), lambda row: performer_words(f"@{row.unit}"), list=False,
              plain=lambda row: row.unit),
        Trait("state", Text("状态", "State"), state_of, "status", plain=lambda row: row.state, sort="state"),
        Trait("end", Text("终点", "End"), lambda row: row.end or None, list=False, fact=False),
        Trait("granted", Text("准予", "Granted"), lambda row: row.granted, "boolean", list=False, fact=False),
        Trait("limit", Text("时限", "Limit"), lambda row: light(case_ref(row), WHOLE), "status",
              list=False, json=False),
        Trait("opened_at", Text("收件时间", "Opened"), lambda row: row.opened_at, "datetime", sort="opened_at"),
        Trait("closed_at", Text("办结时间", "Closed"), lambda row: row.closed_at, "datetime", list=False),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason or None, list=False),
        Trait("data", Text("申请内容", "Application"), lambda row: data_told(row), "object"),
        Trait("steps", Text("环节", "Steps"), lambda row: steps_of(row), "rows", of=_STEP),
    ),
    creation=Operation("application", Text("申请", "Apply"), ACCEPT, open_case, form=application_form, takes=_applied,
                       own=lambda me, _path: bool(me.parties)),
    operations=(
        Operation("completion", Text("办理", "Do a step"), "", complete, form=completion_form, takes=_completed,
                  when=_has_mine, own=_may, whose=_TURN),
        _on_step("claim", Text("认领", "Take a step"), claim, when=_claimable),
        _on_step("release", Text("放回", "Give back"), release, when=_held),
        _on_step("return", Text("退回", "Send back"), send_back, form=_back_form),
        _on_step("signer", Text("加签", "Add a signer"), add_signer, *_WHO, _PLACE, _REASON),
        _on_step("delegation", Text("委派", "Delegate"), delegate, *_WHO, _REASON, right=STEER),
        _on_step("reassignment", Text("转办", "Hand on"), reassign, *_WHO, _REASON, right=STEER, when=_open,
                 others=True),
        _on_step("removal", Text("减签", "Remove a signer"), remove_signer, _REASON, right=STEER, when=_open,
                 others=True),
        Operation("taking-back", Text("拿回", "Take back"), "", take_back, form=_taken_form, takes=_stepped,
                  when=_did, own=lambda _me, row: _did(row), whose=Text("刚办过的人", "who has just done it")),
        Operation("continuation", Text("结束等待", "End the wait"), HANDLE, end_wait, form=_wait_form, takes=_stepped,
                  when=lambda row: bool(waits_of(row))),
        Operation("receipt", Text("收到回复", "It has come"), HANDLE, receive, form=_message_form,
                  when=lambda row: row.state == "open" and bool(messages_of(row))),
        Operation("jump", Text("跳转", "Jump"), STEER, jump, form=_node_form(Text("跳转", "Jump"), "to"),
                  takes=_stepped, when=_open, dangerous=True),
        Operation("extension", Text("申请延期", "Ask for more time"), HANDLE, ask_extension,
                  form=Form("extension", Text("申请延期", "Ask for more time"), (_EXTRA, _REASON)),
                  when=_open, gives=lambda: EXTENSIONS),
        Operation("suspension", Text("中止", "Suspend"), STEER, suspend,
                  form=Form("suspension", Text("中止", "Suspend"), (_REASON,)), when=_open),
        Operation("resumption", Text("恢复", "Resume"), STEER, resume,
                  form=Form("resumption", Text("恢复", "Resume"), (_REASON,)),
                  when=lambda row: row.state == "suspended"),
        Operation("termination", Text("终止", "Terminate"), STEER, terminate,
                  form=Form("termination", Text("终止", "Terminate"), (_REASON,)),
                  when=lambda row: not _over(row), dangerous=True),
        Operation("withdrawal", Text("撤回申请", "Withdraw"), ACCEPT, withdraw,
                  form=Form("withdrawal", Text("撤回申请", "Withdraw"), (_REASON,)),
                  when=lambda row: not _over(row), own=is_applicant, dangerous=True),
        Operation("reopening", Text("唤醒", "Wake again"), STEER, reopen,
                  form=_node_form(Text("唤醒", "Wake again"), "at"), when=_over, dangerous=True),
    ),
)  # fmt: skip
EXTENSIONS: Resource[CaseExtension] = Resource(
    plural="extensions", row="extension", title=Text("延期申请", "Requests for more time"),
    noun=Text("延期申请", "Request for more time"), under="{procedure}",
    find=extension_by_code, rows=lambda me, path: extensions(path).filter(case__in=seen_cases(me, path).order_by()),
    seen=lambda me, row: CASES.seen(me, row.case), named=lambda row: EXTENDING.title(row), ref=extension_ref,
    scope=lambda row: case_scope(row.case), clause=lambda row: row.case.clause,
    crumbs=lambda at: crumbs_to(at if isinstance(at, str) else at.case.offer),
    place_of=lambda row: row.case.offer, place_scope=CASES.place_scope, serving=is_open,
    traits=(
        Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False),
        Trait("case", Text("办件", "Case"), lambda row: row.case.title, url=lambda row: CASES.url(row.case), leads=True,
              plain=lambda row: row.case.code),
        Trait("value", Text("延长多少", "By how much"), lambda row: row.value, "integer"),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason),
        *proposal_traits(),
    ),
    operations=decisions(EXTENDING, approve=grant_extension, reject=refuse_extension, withdraw=withdraw_extension),
)  # fmt: skip
