"""Public interface of coming in by oneself."""

from .passwords import issue_first_password, own_password_changed, void_expired
from .services import (
    ask_for_address,
    ask_for_password,
    change_address,
    confirm,
    set_password,
    sign_up,
    waiting,
)

__all__ = [
    "ask_for_address",
    "ask_for_password",
    "change_address",
    "confirm",
    "issue_first_password",
    "own_password_changed",
    "set_password",
    "sign_up",
    "void_expired",
    "waiting",
]
