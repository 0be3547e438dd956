"""What opens an account, who asks for it, and how long a request counts; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from qilian.core.values.text import Refusal, Text

OLDEST: Final = timedelta(days=7)
"""How long a request may be confirmed: what was made sure of then is not sure for ever."""
SHOWN_WITHIN: Final = timedelta(days=1)
"""How long after the confirmation the password may be made and shown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to open somebody's account: what it is called, and the right to ask for it."""

    title: Text
    right: str


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "password": Kind(Text("发放初始密码", "A first password"), "people.passwords"),
        "factors": Kind(Text("重置第二重验证", "Reset of second factors"), "people.factors"),
        "identity": Kind(Text("绑定统一身份", "Link to an identity"), "people.identities"),
    }
)


def check_request(*, kind: str, subject: str, reason: str, own: bool, active: bool) -> None:
    """Refuse a request for oneself or a closed account, without a reason, or without the identity that it names.

    Refusals: `recovery.kind`, `recovery.oneself`, `people.person.inactive`, `recovery.reason`, `recovery.subject`.
    """
    if kind not in KINDS:
        raise Refusal("recovery.kind", Text("请选择办理什么。", "Choose what is to be done."), where="kind")
    if own:
        raise _oneself()
    if not active:
        raise Refusal("people.person.inactive", Text("这个账号已经停用。", "This account is closed."))
    if not reason:
        raise Refusal(
            "recovery.reason", Text("请写明如何核实本人。", "Say how you made sure who asks."), where="reason"
        )
    if (kind == "identity") != bool(subject) or len(subject) > 255:
        message = Text(
            "绑定统一身份时，也只在这时，填写身份标识（sub）。",
            "Enter the subject (sub) of an identity, and only of one.",
        )
        raise Refusal("recovery.subject", message, where="subject")


def check_confirmation(*, asked: datetime, now: datetime, own: bool) -> None:
    """Refuse who would open his own account (`recovery.oneself`), and what was asked too long ago (`recovery.old`)."""
    if own:
        raise _oneself()
    if now - asked > OLDEST:
        message = Text("申请已超过七天，核实的情况可能变了。", "This was asked more than seven days ago.")
        raise Refusal(
            "recovery.old", message, remedy=Text("请退回，重新核实后再申请。", "Reject it; let it be asked anew.")
        )


def check_asker(may: bool) -> None:
    """Refuse (`recovery.asker`) what was asked by who may not ask any more: his account may have been taken."""
    if not may:
        message = Text("申请人的账号已停用或权限已收回。", "Who asked has lost his account or this right since.")
        remedy = Text("请退回，由现任管理员重新核实后申请。", "Reject it; let an administrator of today ask anew.")
        raise Refusal("recovery.asker", message, remedy=remedy)


def check_showing(
    *, kind: str, state: str, mine: bool, issued: datetime | None, decided: datetime | None, now: datetime
) -> None:
    """Refuse to make a password for anybody but who confirmed it, twice, or a day later.

    Refusals: `recovery.nothing`, `recovery.not_yours`, `recovery.issued`, `recovery.over`.
    """
    if kind != "password" or state != "approved" or decided is None:
        raise Refusal("recovery.nothing", Text("这里没有可发放的密码。", "There is no password to issue here."))
    if not mine:
        raise Refusal(
            "recovery.not_yours", Text("初始密码只给确认的人看。", "Only who confirmed it sees the password.")
        )
    again = Text("需要的话请重新申请。", "If it is needed, let it be asked for anew.")
    if issued is not None:
        raise Refusal(
            "recovery.issued", Text("密码已经发放，只显示一次。", "It was issued, and is shown once."), remedy=again
        )
    if now - decided > SHOWN_WITHIN:
        raise Refusal("recovery.over", Text("确认已超过一天。", "It was confirmed more than a day ago."), remedy=again)


def _oneself() -> Refusal:
    message = Text("不能为自己的账号办理。", "Nobody does this for his own account.")
    return Refusal("recovery.oneself", message, remedy=Text("请另一位管理员办理。", "Let another administrator do it."))
