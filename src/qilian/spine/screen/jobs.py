"""What the worker makes for the screen: task tables.

The libraries for documents are heavy: this module is loaded by the web process too, so that jobs can be written down,
and it therefore reaches the adapter by name, at the moment of work.
"""

from importlib import import_module

from qilian.core.log.outbox.api import job
from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import speaking
from qilian.spine.screen.models import Export
from qilian.spine.screen.tasktable import file_name, task_table

from .services import EXPORT_JOB, fail_export, finish_export, start_export


@job(EXPORT_JOB)
def make_table(*, export: str) -> None:
    """Make a task table in its language and format."""
    row = start_export(export=Export.objects.get(code=export))
    if row.state != "running":
        return
    exports = import_module("qilian.spine.screen.adapters.exports")
    with speaking(row.language):
        table = task_table(row.version, row.unit)
        try:
            content: bytes = exports.MAKERS[row.kind](table)
        except exports.BROKEN as problem:
            fail_export(export=row, why=str(problem))
            return
        finish_export(actor=current_principal(), export=row, content=content, name=file_name(table, row.kind))
