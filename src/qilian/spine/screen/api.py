"""Public interface of the screen: task tables."""

from qilian.spine.screen.models import Export
from qilian.spine.screen.tasktable import TaskRow, TaskTable, task_table

from .services import request_export

__all__ = ["Export", "TaskRow", "TaskTable", "request_export", "task_table"]
