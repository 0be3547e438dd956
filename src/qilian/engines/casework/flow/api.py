"""Public interface of cases: open one, do its steps, end its waits."""

from .models import Case
from .queries import case_by_code, tasks_of, waits_of
from .services.doing import complete
from .services.opening import open_case
from .services.waking import end_wait

__all__ = ["Case", "case_by_code", "complete", "end_wait", "open_case", "tasks_of", "waits_of"]
