"""Public interface of second factors."""

from .kernel import Gate
from .models import Factor, RecoveryCode
from .pages import ELSEWHERE, GATE, SHOWN, passkey_words
from .passkeys import ask_to_sign_in, sign_in
from .queries import codes_left, factors_of, gate_of, is_required
from .services import (
    add_passkey,
    begin_app,
    confirm_app,
    new_codes,
    remove_factor,
    reset_factors,
    show_code,
    show_passkey,
)

__all__ = [
    "ELSEWHERE",
    "GATE",
    "SHOWN",
    "Factor",
    "Gate",
    "RecoveryCode",
    "add_passkey",
    "ask_to_sign_in",
    "begin_app",
    "codes_left",
    "confirm_app",
    "factors_of",
    "gate_of",
    "is_required",
    "new_codes",
    "passkey_words",
    "remove_factor",
    "reset_factors",
    "show_code",
    "show_passkey",
    "sign_in",
]
