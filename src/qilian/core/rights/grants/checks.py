"""The check before every verb: may this principal do this here?"""

from collections.abc import Iterable

from qilian.core.house.principal import Principal, current_principal
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .actions import action_title
from .kernel import Scope, applies, decide
from .queries import permits_of, security_administrators

_ANYWHERE = Scope()


def allowed(actor: Principal, action: str, scope: Scope = _ANYWHERE) -> bool:
    """Whether the actor may do an action within a scope today. The system may; nobody without a grant may."""
    return actor.is_system or decide(permits_of(actor), action, scope, clock.today())


def possible(actor: Principal, actions: Iterable[str]) -> frozenset[str]:
    """Return which of the actions the actor may do somewhere, whatever the scope: one query for any number."""
    if actor.is_system:
        return frozenset(actions)
    today, permits = clock.today(), permits_of(actor)
    return frozenset(action for action in actions if any(applies(permit, action, today) for permit in permits))


def require(actor: Principal, action: str, scope: Scope = _ANYWHERE) -> None:
    """Refuse whoever may not: `grants.denied` (HTTP 403) names the missing right and whom to ask."""
    if not allowed(actor, action, scope):
        raise Refusal("grants.denied", _missing(action), where=_place(scope), remedy=_whom_to_ask(actor))


def require_somewhere(actor: Principal, action: str) -> None:
    """Let pass who may do it in some scope, as onto a list of what is his; Refusal `grants.denied` to all others."""
    if not possible(actor, [action]):
        require(actor, action)


def require_house(actor: Principal) -> None:
    """Let pass the house alone: what opens somebody's account takes two people, whom another verb has asked.

    Refusal `grants.together`.
    """
    if not actor.is_system:
        message = Text("这件事要由两位管理员一起办理。", "This takes two administrators together.")
        remedy = Text("请在人员页面上点“恢复账号”。", "Begin on the person's page: “Recover the account”.")
        raise Refusal("grants.together", message, remedy=remedy)


def _missing(action: str) -> Text:
    title = action_title(action)
    return Text(f"您没有“{title.zh}”的权限。", f"You do not have the right “{title.en}”.")


def _place(scope: Scope) -> str:
    return " ".join(value for _, value in scope.limits())


def _whom_to_ask(actor: Principal) -> Text:
    if not actor.signed_in:
        return Text("请先登录。", "Sign in first.")
    names = security_administrators()[:3]
    if not names:
        return Text("请向本系统的安全管理员申请。", "Ask the security administrator of this system.")
    return Text(f"请向安全管理员{'、'.join(names)}申请。", f"Ask the security administrator: {', '.join(names)}.")


def signed_in() -> Principal:
    """Return who acts, when it is a person; Refusal `grants.denied` (HTTP 403) asks everybody else to sign in first."""
    me = current_principal()
    if me.person is None:
        message = Text("这一页属于登录的人。", "This page belongs to who is signed in.")
        raise Refusal("grants.denied", message, remedy=Text("请先登录。", "Sign in first."))
    return me
