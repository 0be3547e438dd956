"""One-time codes and when one is asked for, as pure functions."""

from .codes import CODES, STEP_SECONDS, code_at, matching_step, normal_recovery, recovery_code, recovery_digest
from .step import RequiredStep, required_step

__all__ = [
    "CODES",
    "STEP_SECONDS",
    "RequiredStep",
    "code_at",
    "matching_step",
    "normal_recovery",
    "recovery_code",
    "recovery_digest",
    "required_step",
]
