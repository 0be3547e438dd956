"""Public interface of grades."""

from .models import GradeAppeal, GradeMethod, Grading
from .offering import Grade, Sample, grade
from .queries import (
    appeal_of,
    grade_at,
    grading_ref,
    method_in_force,
    method_of,
    public_gradings,
    repeated,
    stage_of,
)
from .services.appealing import appeal, decide_appeal
from .services.methods import approve_method, propose_method, reject_method
from .services.running import expire, publish_result, run, withdraw

__all__ = [
    "Grade",
    "GradeAppeal",
    "GradeMethod",
    "Grading",
    "Sample",
    "appeal",
    "appeal_of",
    "approve_method",
    "decide_appeal",
    "expire",
    "grade",
    "grade_at",
    "grading_ref",
    "method_in_force",
    "method_of",
    "propose_method",
    "public_gradings",
    "publish_result",
    "reject_method",
    "repeated",
    "run",
    "stage_of",
    "withdraw",
]
