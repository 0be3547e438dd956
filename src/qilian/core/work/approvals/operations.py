"""What a resource of proposals has: the traits that every proposal shares, and the three things that end it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from qilian.core.house.forms.api import FieldSpec, Form
from qilian.core.house.pages import Status
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Trait
from qilian.core.values.text import Text

from .models import Proposal
from .services import Approval

REASON: Final = Form("reason", Text("理由", "Reason"), (FieldSpec("reason", Text("理由", "Reason"), length=300),))
STATES: Final[Mapping[str, Status]] = {
    "proposed": Status(Text("待批准", "Awaits approval"), "amber"),
    "approved": Status(Text("已批准", "Approved"), "green"),
    "rejected": Status(Text("已退回", "Rejected"), "red"),
    "withdrawn": Status(Text("已撤回", "Withdrawn"), "grey"),
}


_APPROVE: Final = Text("批准", "Approve")
_AUTHOR: Final = Text("提出人", "who proposed it")


def decidable(row: Proposal) -> bool:
    """Whether a proposal waits for the reader: he did not make it himself."""
    return row.state == "proposed" and not _authored(current_principal(), row)


def decisions(
    approval: Approval[Any],
    *,
    approve: Callable[..., Any],
    reject: Callable[..., Any],
    withdraw: Callable[..., Any],
    title: Text = _APPROVE,
    **more: Any,
) -> tuple[Operation[Any], ...]:
    """Approval, rejection and withdrawal as operations of the resource of a kind of proposal.

    `more` is what they share, such as `facts` or `before`: what changes stands before whoever decides.
    """
    return (
        Operation("approval", title, approval.right, approve, when=decidable, **more),
        Operation("rejection", Text("退回", "Reject"), approval.right, reject, REASON, when=decidable, dangerous=True,
                  **more),
        Operation("withdrawal", Text("撤回", "Withdraw"), "", withdraw, when=_withdrawable, own=_authored,
                  whose=_AUTHOR, personal=True, dangerous=True, **more),
    )  # fmt: skip


def traits(state: Callable[[Any], Status] | None = None) -> tuple[Trait[Any], ...]:
    """State, the two people and their moments, deadline and answer of a proposal."""
    shown = state or (lambda row: STATES[row.state])
    return (
        Trait("state", Text("状态", "State"), shown, "status", sort="state", plain=lambda row: row.state),
        Trait("proposed_by", Text("提出人", "Proposed by"), lambda row: row.proposed_by.name),
        Trait("proposed_at", Text("提出时间", "Proposed"), lambda row: row.proposed_at, "datetime", sort="proposed_at"),
        Trait("due", Text("办理期限", "To be decided by"), _waiting_until, "datetime", list=False),
        Trait("decided_by", Text("办理人", "Decided by"), lambda row: row.decided_by and row.decided_by.name),
        Trait("decided_at", Text("办理时间", "Decided"), lambda row: row.decided_at, "datetime", list=False),
        Trait("answer", Text("退回理由", "Why rejected"), lambda row: row.answer or None, list=False),
    )


def _waiting_until(row: Proposal) -> Any:
    return row.due if row.state == "proposed" else None


def _withdrawable(row: Proposal) -> bool:
    return row.state == "proposed" and _authored(current_principal(), row)


def _authored(me: Principal, row: Proposal) -> bool:
    return me.person is not None and me.person == row.proposed_by_id
