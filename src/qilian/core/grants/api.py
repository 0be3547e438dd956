"""The face of grants."""

from qilian.core.principal import ANONYMOUS, SYSTEM, Principal, acting, current_principal

from .actions import action_title, name_actions
from .checks import allowed, possible, require, signed_in
from .kernel import ROLE_TITLES, ROLES, Permit, Scope, decide
from .queries import actions_held, actions_of_post, administers, patterns_held, permits_of, visible
from .services import carry_over, grant, keep_apart, revoke

__all__ = [
    "ANONYMOUS",
    "ROLES",
    "ROLE_TITLES",
    "SYSTEM",
    "Permit",
    "Principal",
    "Scope",
    "acting",
    "action_title",
    "actions_held",
    "actions_of_post",
    "administers",
    "allowed",
    "carry_over",
    "current_principal",
    "decide",
    "grant",
    "keep_apart",
    "name_actions",
    "patterns_held",
    "permits_of",
    "possible",
    "require",
    "revoke",
    "signed_in",
    "visible",
]
