"""Public interface of cases: open one, do its steps, end its waits, give it more time."""

from .models import Case, CaseExtension
from .queries import case_by_code, tasks_of, waits_of
from .services.doing import complete
from .services.extending import ask_extension, grant_extension, refuse_extension
from .services.opening import open_case
from .services.waking import end_wait

__all__ = [
    "Case",
    "CaseExtension",
    "ask_extension",
    "case_by_code",
    "complete",
    "end_wait",
    "grant_extension",
    "open_case",
    "refuse_extension",
    "tasks_of",
    "waits_of",
]
