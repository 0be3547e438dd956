"""Claims for the official who reviews them."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import (
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Head,
    ListPage,
    RecordPage,
    Section,
    StepForm,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.papers.files.api import files_of
from qilian.core.rights.grants.api import require, require_somewhere, visible
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import KINDS, STATUSES, scope_of
from qilian.engines.registry.representation.kernel.claims import ROLES
from qilian.engines.registry.representation.models import Claim
from qilian.engines.registry.representation.queries import claim_by_code, claims_waiting, people_behind
from qilian.engines.registry.representation.services.claims import (
    REVIEW,
    approve_claim,
    claim_ref,
    refuse_claim,
    return_claim,
)

from .common import answer, claim_status, files_table

_TITLE = Text("待审核的认领", "Claims to review")


@require_GET
def reviews(_request: HttpRequest) -> HttpResponse:
    """The claims that wait, the oldest first."""
    require_somewhere(current_principal(), REVIEW)
    columns = (
        Column("party", Text("主体", "Party"), lambda row: row.party.name, url=_url),
        Column("person", Text("申请人", "Person"), lambda row: row.person.name),
        Column("role", Text("身份", "Role"), lambda row: ROLES[row.role]),
        Column("until", Text("至", "Until"), lambda row: row.until or "", "date"),
        Column("at", Text("提交", "Sent"), lambda row: row.submitted_at, "datetime"),
    )
    empty = Empty(
        Text("没有待审核的认领。新的申请会出现在“今日待办”。", "No claim waits. New ones come to “Mine today”.")
    )
    rows = visible(claims_waiting(), current_principal(), REVIEW)
    return show(ListPage(Head(_TITLE, crumbs=(Crumb(_TITLE),)), rows, columns, empty))


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """One claim with its evidence, and the decision."""
    row = claim_by_code(code)
    require(current_principal(), REVIEW, scope_of(row.party.region))
    if row.state != "submitted":
        return show(RecordPage(_head(row), _sections(row), timeline(claim_ref(row))))

    def form(values: QueryDict, *refusals: Refusal) -> StepForm:
        return _form(row, values, *refusals)

    return answer(request, form, lambda values: _decided(row, values))


def _decided(row: Claim, values: QueryDict) -> str:
    actor, reason = current_principal(), values.get("reason", "")
    match values.get("decision", ""):
        case "approved":
            approve_claim(actor=actor, claim=row, note=reason)
        case "returned":
            return_claim(actor=actor, claim=row, reason=reason)
        case "refused":
            refuse_claim(actor=actor, claim=row, reason=reason)
        case _:
            raise Refusal("registry.claim.decision", Text("请选择审核结论。", "Choose a decision."), where="decision")
    return reverse("representation:reviews")


def _form(row: Claim, values: QueryDict, *refusals: Refusal) -> StepForm:
    wrong = {refusal.where: refusal.message for refusal in refusals}
    choices = (
        ("approved", Text("通过", "Approve")),
        ("returned", Text("退回补正", "Return")),
        ("refused", Text("不予通过", "Refuse")),
    )
    fields = (
        Field(
            "decision",
            Text("结论", "Decision"),
            "choice",
            values.get("decision", ""),
            choices=choices,
            error=wrong.get("decision", ""),
        ),
        Field(
            "reason",
            Text("意见", "Reason"),
            "textarea",
            values.get("reason", ""),
            required=False,
            hint=Text("退回和不予通过必填，申请人会看到。", "Needed to return or refuse; the person reads it."),
            error=wrong.get("reason", ""),
        ),
    )
    return StepForm(_head(row), fields, Text("确定", "Decide"), refusals=refusals, before=_sections(row))


def _head(row: Claim) -> Head:
    title = Text(f"审核认领：{row.party.name}", f"Review a claim of {row.party.name}")
    facts = [Fact(Text("状态", "State"), claim_status(row))]
    if row.decision:
        facts.append(Fact(Text("审核意见", "Decision"), row.decision))
    return Head(title, crumbs=(Crumb(_TITLE, reverse("representation:reviews")), Crumb(row.party.name)), facts=facts)


def _sections(row: Claim) -> Sequence[Section]:
    party = row.party
    behind = "、".join(people_behind(party, on=clock.today()).values_list("name", flat=True)[:10])
    facts = (
        Fact(Text("主体", "Party"), party.name, url=reverse("parties:party", args=[party.code])),
        Fact(Text("统一社会信用代码", "Unified code"), party.uscc or party.old_code),
        Fact(Text("类别", "Kind"), KINDS[party.kind]),
        Fact(Text("主体状态", "State of the party"), STATUSES[party.status]),
        Fact(Text("已有代表人", "Who acts already"), behind or "—"),
        Fact(Text("申请人", "Person"), row.person.name),
        Fact(Text("身份", "Role"), ROLES.get(row.role, "—")),
        Fact(Text("截止日期", "Last day"), row.until or "—"),
    )
    return (
        Section(Text("申请内容", "The claim"), "claim", facts=facts),
        Section(Text("证明材料", "Evidence"), "evidence", files_table(list(files_of(claim_ref(row))))),
    )


def _url(row: Claim) -> str:
    return reverse("representation:review", args=[row.code])
