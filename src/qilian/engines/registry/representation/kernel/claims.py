"""A claim to act for a party: what it needs before it is sent, and what may become of it in each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qilian.core.values.text import Refusal, Text

State = Literal["draft", "submitted", "returned", "approved", "refused", "withdrawn"]
STATES: Mapping[str, Text] = {
    "draft": Text("填写中", "Being filled in"),
    "submitted": Text("待审核", "Awaits review"),
    "returned": Text("退回补正", "Returned"),
    "approved": Text("已通过", "Approved"),
    "refused": Text("不予通过", "Refused"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}
ROLES: Mapping[str, Text] = {
    "legal": Text("法定代表人（负责人）", "Legal representative"),
    "operator": Text("经办人", "Operator"),
    "self": Text("本人", "The person himself"),
}
CLAIMED = ("legal", "operator")
EDITABLE = ("draft", "returned")
OPEN = (*EDITABLE, "submitted")
_NEXT: Mapping[str, tuple[str, ...]] = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("approved", "returned", "refused", "withdrawn"),
    "returned": ("submitted", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim says: the role, the last day of the term (open when None), and how many files are its evidence."""

    role: str
    until: date | None
    files: int


def missing(asked: Asked, today: date) -> tuple[Refusal, ...]:
    """What a claim lacks before it can be sent: `registry.claim.role`, `.until`, `.evidence`."""
    found = []
    if asked.role not in CLAIMED:
        message = Text("请选择您的身份。", "Say in which role you act.")
        found.append(Refusal("registry.claim.role", message, where="role"))
    if asked.role == "operator" and asked.until is None:
        message = Text("经办人要写明授权截止日期。", "An operator's term has a last day.")
        found.append(Refusal("registry.claim.until", message, where="until"))
    if asked.until is not None and asked.until < today:
        message = Text(f"截止日期 {asked.until} 已经过去。", f"The last day, {asked.until}, is past.")
        found.append(Refusal("registry.claim.until", message, where="until"))
    if not asked.files:
        message = Text("请上传证明材料。", "Upload your evidence.")
        remedy = Text("营业执照，以及授权委托书（经办人）。", "The licence, and for operators the letter of authority.")
        found.append(Refusal("registry.claim.evidence", message, where="evidence", remedy=remedy))
    return tuple(found)


def move(state: str, to: State) -> State:
    """The state after a step; Refusal `registry.claim.state` when the claim is past it."""
    if to not in _NEXT.get(state, ()):
        now = STATES[state]
        raise Refusal(
            "registry.claim.state",
            Text(f"这份认领申请现为“{now.zh}”，不能再这样办理。", f"This claim is in the state “{now.en}”."),
            remedy=Text("请刷新页面。", "Reload the page."),
        )
    return to


def editable(state: str) -> None:
    """Refuse a change to a claim that its sender may not change any more: `registry.claim.state`."""
    if state not in EDITABLE:
        move(state, "submitted")
