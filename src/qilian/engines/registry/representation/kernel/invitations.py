"""An invitation to act for a party: nobody is bound before he accepts, and it tells nothing of who has an account."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from qilian.core.values.text import Refusal, Text

OPEN_MOST = 50
"""How many of a party may wait at the same time."""
State = Literal["open", "accepted", "declined", "withdrawn"]
STATES: Mapping[str, Text] = {
    "open": Text("待对方确认", "Awaits the person"),
    "accepted": Text("已接受", "Accepted"),
    "declined": Text("已谢绝", "Declined"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}


def settle(state: str, to: State) -> State:
    """The state of an invitation that is answered or taken back, once; Refusal `registry.invitation.state`."""
    if state != "open":
        now = STATES[state]
        message = Text(f"这份授权邀请现为“{now.zh}”，不能再办理。", f"This invitation is in the state “{now.en}”.")
        raise Refusal("registry.invitation.state", message, remedy=Text("请刷新页面。", "Reload the page."))
    return to


def begins(first: date, last: date, today: date) -> date:
    """The first day of the mandate that is accepted today; Refusal `registry.invitation.lapsed` behind its last day."""
    if last < today:
        message = Text(f"这份授权只到 {last}，已经过期。", f"It was for a mandate until {last}, which is past.")
        remedy = Text("请法定代表人重新邀请。", "Ask the legal representative to invite you again.")
        raise Refusal("registry.invitation.lapsed", message, remedy=remedy)
    return max(first, today)


def check_room(waiting: int) -> None:
    """Refuse one more invitation of a party where so many wait: `registry.invitation.many`."""
    if waiting >= OPEN_MOST:
        message = Text(f"已有 {waiting} 份邀请等待确认。", f"{waiting} invitations wait already.")
        remedy = Text("请先撤回不再需要的。", "Withdraw those that are needed no more.")
        raise Refusal("registry.invitation.many", message, remedy=remedy)
