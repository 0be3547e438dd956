"""How representation speaks: states with their colours, the evidence of a claim, what an official decides on."""

from collections.abc import Mapping, Sequence

from qilian.core.house.pages import Colour, Column, Empty, Fact, Section, Status, Table
from qilian.core.papers.files.api import FileUse, files_of
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import KINDS, STATUSES

from .kernel import invitations
from .kernel.claims import ROLES, STATES
from .models import Claim, Invitation, Mandate
from .queries import as_rule, claim_ref, people_behind

MINE, REVIEWS = Text("我代表的主体", "My parties"), Text("待审核的认领", "Claims to review")
SELF = Text("以个人身份登记", "Register as a natural person")
_NOT_YET = Text("还没有上传材料。", "Nothing is uploaded yet.")
_CLAIM_COLOURS: Mapping[str, Colour] = {
    "draft": "grey",
    "submitted": "amber",
    "returned": "red",
    "approved": "green",
    "refused": "red",
    "withdrawn": "grey",
}
_INVITATION_COLOURS: Mapping[str, Colour] = {"open": "amber", "accepted": "green"}


def claim_status(claim: Claim) -> Status:
    """The state of a claim with its colour."""
    return Status(STATES[claim.state], _CLAIM_COLOURS[claim.state])


def mandate_status(mandate: Mandate) -> Status:
    """Whether a mandate runs today, or why not."""
    party, today = mandate.party.merged_into or mandate.party, clock.today()
    if mandate.revoked_on is not None:
        return Status(Text("已撤销", "Revoked"), "grey")
    if party.status == "closed":
        return Status(Text("主体已注销", "Party closed"), "grey")
    if as_rule(mandate).runs(today):
        return Status(Text("有效", "In force"), "green")
    if mandate.valid_from > today:
        return Status(Text("未开始", "Not begun"), "grey")
    return Status(Text("已到期", "Expired"), "red")


def invitation_status(row: Invitation) -> Status:
    """Whether an invitation waits, or what became of it."""
    if row.state == "open" and row.valid_to < clock.today():
        return Status(Text("已过期", "Lapsed"), "grey")
    return Status(invitations.STATES[row.state], _INVITATION_COLOURS.get(row.state, "grey"))


def giver_of(row: Mandate) -> Text:
    """Who gave a mandate."""
    if row.giver is None:
        return Text("登记机关", "The registry")
    return Text(row.giver.person.name, row.giver.person.name)


def evidence(row: Claim, *more: Column) -> Section:
    """The files that a claim is shown by."""
    columns = (
        Column("name", Text("文件", "File"), lambda use: use.name, url=lambda use: f"/files/{use.code}/"),
        Column("at", Text("上传", "Uploaded"), lambda use: use.attached_at, "datetime"),
        *more,
    )
    return Section(
        Text("证明材料", "Evidence"), "evidence", Table(columns, list(files_of(claim_ref(row))), Empty(_NOT_YET))
    )


def removable(row: Claim) -> Section:
    """The files of a claim that is not sent, each with the way to take it back."""

    def url(use: FileUse) -> str:
        return f"/representation/claims/{row.code}/removal/?code={use.code}"

    return evidence(row, Column("remove", Text("移除", "Remove"), lambda _use: Text("移除", "Remove"), url=url))


def answers(row: Claim) -> Section:
    """What a person says in his claim, to be checked before it is sent."""
    step = f"/representation/claims/{row.code}/role/"
    facts = (
        Fact(Text("主体", "Party"), row.party.name),
        Fact(Text("统一社会信用代码", "Unified code"), row.party.uscc or row.party.old_code),
        Fact(Text("身份", "Role"), ROLES.get(row.role, "—"), step),
        Fact(Text("截止日期", "Last day"), row.until or "—", step),
    )
    return Section(Text("请核对", "Check"), "answers", facts=facts)


def reviewed(row: Claim) -> Sequence[Section]:
    """What an official decides on: who claims which party in which role, who acts for it already, the evidence."""
    party = row.party
    behind = "、".join(people_behind(party, on=clock.today()).values_list("name", flat=True)[:10])
    facts = (
        Fact(Text("主体", "Party"), party.name, f"/parties/{party.code}/"),
        Fact(Text("统一社会信用代码", "Unified code"), party.uscc or party.old_code),
        Fact(Text("类别", "Kind"), KINDS[party.kind]),
        Fact(Text("主体状态", "State of the party"), STATUSES[party.status]),
        Fact(Text("已有代表人", "Who acts already"), behind or "—"),
        Fact(Text("申请人", "Person"), row.person.name),
        Fact(Text("身份", "Role"), ROLES.get(row.role, "—")),
        Fact(Text("截止日期", "Last day"), row.until or "—"),
    )
    return (Section(Text("申请内容", "The claim"), "claim", facts=facts), evidence(row))
