"""What the worker does for imports: check large files and workbooks, apply long ones."""

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.outbox.api import Retry, job
from qilian.core.papers.files.api import read_content
from qilian.core.papers.sheets.api import refused
from qilian.core.values.text import Refusal, Text
from qilian.core.who.people.api import Person, principal_of

from . import services
from .adapters.spreadsheet import read_sheet
from .models import ImportRun
from .registry import entry_named
from .services import apply_run, examine, record_check, record_failure


def say_unchecked(*, run: int) -> None:
    """Say on the page of an import that its file will not be checked; run twice it changes nothing."""
    row = ImportRun.objects.select_related("by").get(pk=run)
    if row.state == "queued":
        with acting(_behind(row.by)) as actor:
            record_check(actor=actor, run=row, report=refused(_DEAD))


def say_unapplied(*, run: int, person: int | None) -> None:
    """Say on the page of an import that its rows were not applied; run twice it changes nothing."""
    row = ImportRun.objects.get(pk=run)
    with acting(_behind(Person.objects.get(pk=person) if person else None)) as actor:
        record_failure(actor=actor, run=row, refusal=_DEAD)


_DEAD = Refusal(
    "imports.unread",
    Text(
        "文件没有处理完，程序中断了；什么都没有写入。", "Work on the file did not come to its end; nothing was saved."
    ),
    where="file",
    remedy=Text(
        "请另存后重新上传；仍不行请告知系统管理员。",
        "Save it anew and upload it; if that fails, tell the system administrator.",
    ),
)


@job("imports.check", retry=Retry(times=2), on_death=say_unchecked)
def check_file(*, run: int) -> None:
    """Check a file that was brought; run twice it changes nothing."""
    row = ImportRun.objects.select_related("by").get(pk=run)
    if row.state == "queued":
        with acting(_behind(row.by)) as actor:
            report = examine(entry_named(row.sheet), actor, read_sheet(read_content(row.file)))
            record_check(actor=actor, run=row, report=report)


@job("imports.apply", on_death=say_unapplied)
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
                    services.apply_file(actor=actor, run=row, lines=read_sheet(read_content(row.file)))
        except Refusal as refusal:
            record_failure(actor=actor, run=row, refusal=refusal)


def _behind(person: Person | None) -> Principal:
    return SYSTEM if person is None else principal_of(person)
