"""Public interface of second factors."""

from .kernel import RequiredStep
from .models import Factor, RecoveryCode
from .pages import ELSEWHERE, SHOWN, STEP, passkey_words
from .passkeys import ask_to_sign_in, sign_in
from .queries import codes_left, factors_of, is_required, required_step_of
from .services import (
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
    "SHOWN",
    "STEP",
    "Factor",
    "RecoveryCode",
    "RequiredStep",
    "ask_to_sign_in",
    "begin_app",
    "codes_left",
    "confirm_app",
    "factors_of",
    "is_required",
    "new_codes",
    "passkey_words",
    "remove_factor",
    "required_step_of",
    "reset_factors",
    "show_code",
    "show_passkey",
    "sign_in",
]
