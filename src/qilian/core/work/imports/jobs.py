"""What the worker does for imports: check large files and workbooks, apply long ones."""

from collections.abc import Iterator

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.outbox.api import job
from qilian.core.papers.files.api import read_content
from qilian.core.papers.sheets.api import XLSX, Line, kind_of, read_csv
from qilian.core.values.text import Refusal
from qilian.core.who.people.api import Person, principal_of

from . import services
from .adapters.spreadsheet import read_xlsx
from .models import ImportRun
from .registry import entry_named
from .services import apply_run, examine, record_check, record_failure


@job("imports.check")
def check_file(*, run: int) -> None:
    """Check a file that was brought; run twice it changes nothing."""
    row = ImportRun.objects.select_related("by").get(pk=run)
    if row.state == "queued":
        with acting(_behind(row.by)) as actor:
            report = examine(entry_named(row.sheet), actor, _lines(read_content(row.file)))
            record_check(actor=actor, run=row, report=report)


@job("imports.apply")
def apply_file(*, run: int, person: int | None) -> None:
    """Apply a checked file in the name of who asked for it; run twice it changes nothing."""
    row = ImportRun.objects.get(pk=run)
    if row.state != "applying":
        return
    with acting(_behind(Person.objects.get(pk=person) if person else None)) as actor:
        try:
            with transaction.atomic():
                if entry_named(row.sheet).bulk is None:
                    apply_run(actor=actor, run=row)
                else:
                    services.apply_file(actor=actor, run=row, lines=_lines(read_content(row.file)))
        except Refusal as refusal:
            record_failure(actor=actor, run=row, refusal=refusal)


def _behind(person: Person | None) -> Principal:
    return SYSTEM if person is None else principal_of(person)


def _lines(content: bytes) -> Iterator[Line]:
    return read_xlsx(content) if kind_of(content) == XLSX else read_csv(content)
