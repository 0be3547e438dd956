"""One-time codes and the gate as pure functions."""

from .codes import CODES, STEP_SECONDS, code_at, matching_step, normal_recovery, recovery_code, recovery_digest
from .gate import Gate, gate

__all__ = [
    "CODES",
    "STEP_SECONDS",
    "Gate",
    "code_at",
    "gate",
    "matching_step",
    "normal_recovery",
    "recovery_code",
    "recovery_digest",
]
