"""Claiming a party: one thing at a time, from the code to sending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Fact,
    Field,
    Head,
    RecordPage,
    Section,
    Status,
    StepForm,
    Table,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.papers.files.api import FileUse, files_of
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.representation.kernel.claims import CLAIMED, ROLES
from qilian.engines.registry.representation.models import Claim
from qilian.engines.registry.representation.queries import claim_by_code
from qilian.engines.registry.representation.services.claims import (
    Answer,
    add_evidence,
    answer_claim,
    claim_ref,
    drop_evidence,
    start_claim,
    submit_claim,
    withdraw_claim,
)

from .common import answer, claim_status, claim_url, crumbs, day, files_table

_FORMS = require_http_methods(["GET", "POST"])
_START = Text("认领主体", "Claim a party")
_STEPS = (
    Text("主体", "Party"),
    Text("身份和期限", "Role and term"),
    Text("证明材料", "Evidence"),
    Text("核对并提交", "Check and send"),
)
_EDITABLE = ("draft", "returned")


@dataclass(frozen=True, slots=True)
class _Task:
    """One line of the task list."""

    title: Text
    url: str
    done: bool
    said: Text | str


@_FORMS
def start(request: HttpRequest) -> HttpResponse:
    """The first step: which party, by its code."""
    signed_in()
    hint = Text("营业执照上的 18 位代码；旧号也可以。", "The 18 characters on the licence; old numbers work too.")

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        error = refusals[0].message if refusals else ""
        refusals = tuple(Refusal(each.code, each.message, where="code", remedy=each.remedy) for each in refusals)
        label = Text("统一社会信用代码", "Unified social credit code")
        field = Field("code", label, value=values.get("code", ""), hint=hint, error=error)
        head = Head(_START, crumbs=crumbs(Crumb(_START)))
        return StepForm(
            head, (field,), Text("继续", "Continue"), refusals=refusals, steps=[Crumb(each) for each in _STEPS], step=0
        )

    def deed(values: QueryDict) -> str:
        return claim_url(start_claim(actor=signed_in(), code=values.get("code", "")))

    return answer(request, form, deed)


@require_GET
def claim(_request: HttpRequest, code: str) -> HttpResponse:
    """The task list of a claim, and what became of it."""
    row = _mine(code)
    files = list(files_of(claim_ref(row)))
    tasks = _tasks(row, len(files))
    columns = (
        Column("task", Text("步骤", "Step"), lambda task: task.title, url=lambda task: task.url),
        Column("said", Text("内容", "What it says"), lambda task: task.said),
        Column("state", Text("状态", "State"), _done, "status"),
    )
    facts = [Fact(Text("主体", "Party"), row.party.name), Fact(Text("状态", "State"), claim_status(row))]
    if row.decision:
        facts.append(Fact(Text("审核意见", "Decision"), row.decision))
    head = Head(_title(row), crumbs=crumbs(Crumb(row.party.name)), facts=facts, actions=_actions(row, tasks))
    sections = [
        Section(Text("办理步骤", "Steps"), "steps", Table(columns, tasks)),
        Section(Text("证明材料", "Evidence"), "evidence", files_table(files)),
    ]
    return show(RecordPage(head, sections, timeline(claim_ref(row))))


@_FORMS
def role(request: HttpRequest, code: str) -> HttpResponse:
    """The second step: in which role, and until when."""
    row = _mine(code)

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        wrong = {refusal.where: refusal.message for refusal in refusals}
        until = values.get("until", str(row.until or ""))
        fields = (
            Field(
                "role",
                Text("您的身份", "Your role"),
                "choice",
                values.get("role", row.role),
                choices=[(name, ROLES[name]) for name in CLAIMED],
                error=wrong.get("role", ""),
            ),
            Field(
                "until",
                Text("授权截止日期", "Last day of your mandate"),
                "date",
                until,
                required=False,
                hint=Text("经办人填写委托书上的日期；法定代表人不填。", "Operators: as in the letter of authority."),
                error=wrong.get("until", ""),
            ),
        )
        return _step(row, 1, fields, Text("保存并继续", "Save and continue"), *refusals)

    def deed(values: QueryDict) -> str:
        said = Answer(values.get("role", ""), day(values, "until"))
        answer_claim(actor=signed_in(), claim=row, answer=said)
        return reverse("representation:evidence", args=[row.code])

    return answer(request, form, deed)


@_FORMS
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """The third step: files, one at a time."""
    row = _mine(code)

    def form(_values: QueryDict, *refusals: Refusal) -> StepForm:
        hint = Text(
            "营业执照；经办人另附加盖公章的授权委托书。PDF 或图片。",
            "The licence; operators also the sealed letter of authority. PDF or picture.",
        )
        error = refusals[0].message if refusals else ""
        accept = ".pdf,.png,.jpg,.jpeg,.ofd"
        field = Field("file", Text("文件", "File"), "file", hint=hint, accept=accept, error=error)
        remove = Column("remove", Text("移除", "Remove"), lambda _: Text("移除", "Remove"), url=_removal(row))
        table = files_table(list(files_of(claim_ref(row))), remove)
        shown = Section(Text("已上传", "Uploaded"), "uploaded", table)
        return _step(row, 2, (field,), Text("上传", "Upload"), *refusals, before=(shown,))

    def deed(_values: QueryDict) -> str:
        uploaded = request.FILES.get("file")
        if uploaded is None:
            raise Refusal("registry.claim.file", Text("请选择一个文件。", "Choose a file."), where="file")
        add_evidence(actor=signed_in(), claim=row, upload=uploaded)
        return reverse("representation:evidence", args=[row.code])

    return answer(request, form, deed)


@_FORMS
def removal(request: HttpRequest, code: str, use: str) -> HttpResponse:
    """Take a file back, after a question."""
    row = _mine(code)

    def form(_values: QueryDict, *refusals: Refusal) -> StepForm:
        return _step(row, 2, (), Text("移除这个文件", "Remove this file"), *refusals)

    def deed(_values: QueryDict) -> str:
        drop_evidence(actor=signed_in(), claim=row, code=use)
        return reverse("representation:evidence", args=[row.code])

    return answer(request, form, deed)


@_FORMS
def submission(request: HttpRequest, code: str) -> HttpResponse:
    """The last step: check the answers, and send."""
    row = _mine(code)

    def form(_values: QueryDict, *refusals: Refusal) -> StepForm:
        facts = (
            Fact(Text("主体", "Party"), row.party.name),
            Fact(Text("统一社会信用代码", "Unified code"), row.party.uscc or row.party.old_code),
            Fact(Text("身份", "Role"), ROLES.get(row.role, "—"), url=reverse("representation:role", args=[row.code])),
            Fact(Text("截止日期", "Last day"), row.until or "—"),
        )
        files = files_table(list(files_of(claim_ref(row))))
        before = (
            Section(Text("请核对", "Check"), "answers", facts=facts),
            Section(Text("证明材料", "Evidence"), "evidence", files),
        )
        return _step(row, 3, (), Text("提交审核", "Send for review"), *refusals, before=before)

    def deed(_values: QueryDict) -> str:
        return claim_url(submit_claim(actor=signed_in(), claim=row))

    return answer(request, form, deed)


@require_POST
def withdrawal(_request: HttpRequest, code: str) -> HttpResponse:
    """Take a claim back."""
    return HttpResponseRedirect(claim_url(withdraw_claim(actor=signed_in(), claim=_mine(code))))


def _mine(code: str) -> Claim:
    """A claim of the signed-in person; those of others are not there for him."""
    me, row = signed_in(), claim_by_code(code)
    if row.person_id != me.person:
        raise Refusal("registry.claim.unknown", Text("没有这份认领申请。", "There is no such claim."), where=code)
    return row


def _tasks(row: Claim, files: int) -> Sequence[_Task]:
    said = ROLES.get(row.role, Text("", ""))
    term = Text(f"{said.zh}，至 {row.until}", f"{said.en}, until {row.until}") if row.until else said
    count = Text(f"{files} 个文件", f"{files} files") if files else ""
    sent = row.state not in _EDITABLE

    def url(name: str) -> str:
        return "" if sent else reverse(f"representation:{name}", args=[row.code])

    return (
        _Task(_STEPS[0], "", True, row.party.name),
        _Task(_STEPS[1], url("role"), bool(row.role), term or ""),
        _Task(_STEPS[2], url("evidence"), files > 0, count),
        _Task(_STEPS[3], url("submission"), sent, ""),
    )


def _done(task: _Task) -> Status:
    return Status(Text("已完成", "Done"), "green") if task.done else Status(Text("待完成", "To do"), "grey")


def _actions(row: Claim, tasks: Sequence[_Task]) -> Sequence[Action]:
    found = []
    following = next((task for task in tasks if not task.done), None)
    if row.state == "returned":
        following = tasks[3]
    if row.state in _EDITABLE and following is not None:
        found.append(
            Action(Text(f"继续：{following.title.zh}", f"Next: {following.title.en}"), following.url, primary=True)
        )
    if row.state in (*_EDITABLE, "submitted"):
        address = reverse("representation:withdraw", args=[row.code])
        found.append(Action(Text("撤回", "Withdraw"), address, "post", dangerous=True))
    return found


def _title(row: Claim) -> Text:
    return Text(f"认领“{row.party.name}”", f"Claim of “{row.party.name}”")


def _step(
    row: Claim, step: int, fields: Sequence[Field], submit: Text, *refusals: Refusal, before: Sequence[Section] = ()
) -> StepForm:
    head = Head(_STEPS[step], crumbs=crumbs(Crumb(row.party.name, claim_url(row)), Crumb(_STEPS[step])))
    return StepForm(
        head, fields, submit, refusals=refusals, steps=[Crumb(each) for each in _STEPS], step=step, before=before
    )


def _removal(row: Claim) -> Callable[[FileUse], str]:
    return lambda use: reverse("representation:remove", args=[row.code, use.code])
