"""Public interface of grants."""

from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting, current_principal

from .actions import action_title, actions_named, implies, name_actions
from .checks import allowed, possible, require, require_house, require_somewhere, signed_in
from .kernel import ROLES, Permit, Scope, decide
from .models import Grant
from .queries import (
    actions_held,
    actions_of_post,
    administers,
    as_permit,
    grants,
    holders_of_role,
    in_force,
    naming,
    patterns_held,
    permits_of,
    predicate_of,
    visible,
)
from .services import carry_over, grant, keep_apart, lend, revoke
from .telling import FOR_ONESELF, FOR_PARTIES, TOKEN_RIGHTS, not_told, told

__all__ = [
    "ANONYMOUS",
    "FOR_ONESELF",
    "FOR_PARTIES",
    "ROLES",
    "SYSTEM",
    "TOKEN_RIGHTS",
    "Grant",
    "Permit",
    "Principal",
    "Scope",
    "acting",
    "action_title",
    "actions_held",
    "actions_named",
    "actions_of_post",
    "administers",
    "allowed",
    "as_permit",
    "carry_over",
    "current_principal",
    "decide",
    "grant",
    "grants",
    "holders_of_role",
    "implies",
    "in_force",
    "keep_apart",
    "lend",
    "name_actions",
    "naming",
    "not_told",
    "patterns_held",
    "permits_of",
    "possible",
    "predicate_of",
    "require",
    "require_house",
    "require_somewhere",
    "revoke",
    "signed_in",
    "told",
    "visible",
]
