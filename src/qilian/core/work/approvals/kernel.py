"""Who may decide on a proposal, and who may take it back; pure."""

from typing import Final

from qilian.core.values.text import Refusal, Text

STATES: Final = ("proposed", "approved", "rejected", "withdrawn")
DECIDED: Final = ("state", "decided_by_id", "decided_at", "answer")
"""The columns of a proposal that its decision writes."""


def check_decision(state: str, proposer: int, decider: int | None) -> int:
    """The person (primary key) who may decide on a proposal: somebody who did not make it, while it waits.

    Refusals: `approvals.decided`, `approvals.person` for the system, `approvals.oneself`.
    """
    _check_waiting(state)
    return check_other(decider, proposer)


def check_other(acting: int | None, author: int | None) -> int:
    """The person who acts, who is not the author; Refusals `approvals.person`, `approvals.oneself`."""
    person = check_person(acting)
    if person == author:
        raise Refusal(
            "approvals.oneself",
            Text("不能批准或退回自己提出的事项。", "Nobody decides on what he proposed himself."),
            remedy=Text("请由另一位有批准权限的人办理。", "Let another person with the right to approve do it."),
        )
    return person


def check_lent(alone: bool) -> None:
    """Refuse (`approvals.lent`) whose right to decide is lent by the author alone, who chose him as his deputy."""
    if not alone:
        raise Refusal(
            "approvals.lent",
            Text(
                "您办理此事的权限来自提出人的岗位，不能以其代理人的身份批准他提出的事项。",
                "Your right to decide comes from a post of the author: a deputy does not decide on whom he deputises.",
            ),
            remedy=Text("请由另一位有批准权限的人办理。", "Let another person with the right to approve do it."),
        )


def check_withdrawal(state: str, proposer: int, person: int | None) -> None:
    """Refuse to take back what somebody else proposed (`approvals.not_own`), or what is decided."""
    _check_waiting(state)
    if person != proposer:
        raise Refusal(
            "approvals.not_own",
            Text("只能撤回自己提出的事项。", "Only who proposed it takes it back."),
            remedy=Text("有批准权限的人可以退回它。", "Whoever has the right to approve may reject it."),
        )


def check_person(person: int | None) -> int:
    """The person who acts; Refusal `approvals.person` when the system does."""
    if person is None:
        raise Refusal(
            "approvals.person",
            Text("这一步由具体的人办理，不能由系统代办。", "A person does this and answers for it, never the system."),
        )
    return person


def _check_waiting(state: str) -> None:
    if state != "proposed":
        raise Refusal("approvals.decided", Text("这件事已经处理过。", "This has been decided already."))
