"""Bring a file, check it, apply it: all of it or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from qilian.core.house.forms.api import check
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.papers.files.api import store_bytes
from qilian.core.papers.sheets.api import CSV, Line, Problem, ReadyRow, Report, dry_run, kind_of, read_csv, refused
from qilian.core.rights.grants.api import Principal, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, whole

from .events import ImportApplied, ImportChecked
from .models import ImportRun
from .registry import Entry, entry_named

AT_ONCE_BYTES = 64 * 1024
"""A CSV file up to this size is checked while its sender waits; the worker checks all others."""

_CHUNK = 200
_ENOUGH = 1_000


@transaction.atomic
def upload(*, actor: Principal, sheet: str, name: str, content: bytes) -> ImportRun:
    """Bring a file for a sheet: it is stored, and checked at once when it is a small CSV, else by the worker.

    Refusals: `grants.denied` without the right of the sheet, `imports.unknown`, those of `kind_of` (`sheets.empty`,
    `sheets.old`, `sheets.web`, `sheets.encrypted`) and of files (`files.too_large`, `files.disguised` …). What the
    check finds stands in the run.
    """
    entry = entry_named(sheet)
    require(actor, entry.sheet.action)
    kind = kind_of(content)
    run = ImportRun(sheet=sheet, name=name[:200], by_id=actor.person, at=clock.now())
    run.file = store_bytes(actor=actor, content=content, name=name, subject=ref(run), action=entry.sheet.action).sha256
    run.save(force_insert=True)
    if kind == CSV and len(content) <= AT_ONCE_BYTES:
        return record_check(actor=actor, run=run, report=examine(entry, actor, read_csv(content)))
    later("imports.check", run=run.pk)
    return run


@transaction.atomic
def record_check(*, actor: Principal, run: ImportRun, report: Report) -> ImportRun:
    """Write down what a check found, once; a run that was checked before stays as it is."""
    row = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state != "queued":
        return row
    row.state = "checked" if report.clean else "refused"
    row.rows, row.problem_count = report.read, report.total
    row.problems = [problem.as_data() for problem in report.problems]
    row.values = [[ready.number, ready.written] for ready in report.ready] if report.clean else []
    row.save()
    emit(ImportChecked(row.sheet, row.file, row.rows, row.problem_count), actor=actor, subject=ref(row))
    return row


@transaction.atomic
def apply_run(*, actor: Principal, run: ImportRun) -> ImportRun:
    """Apply every row of a checked file through the verb of its sheet: all of them in this transaction, or none.

    Refusals: `grants.denied`; `imports.applied` when it was; `imports.problems` when it was not found right; and the
    refusal of the first row that the verb does not take, with its number.
    """
    entry = entry_named(run.sheet)
    require(actor, entry.sheet.action)
    row = _applicable(run, ("checked", "applying"))
    for ready in (ReadyRow(*each) for each in row.values):
        try:
            _apply(entry, actor, ready)
        except Refusal as refusal:
            raise _in_row(ready.number, refusal) from refusal
    return _applied(actor, row)


@transaction.atomic
def apply_file(*, actor: Principal, run: ImportRun, lines: Iterable[Line]) -> ImportRun:
    """Apply a checked file as a whole, read again, for sheets that take whole files: the worker does it.

    Refusals: `grants.denied`, `imports.applied`, `imports.problems`, and those of the sheet.
    """
    entry = entry_named(run.sheet)
    require(actor, entry.sheet.action)
    row = _applicable(run, ("checked", "applying"))
    assert entry.bulk is not None, f"{run.sheet} applies row by row"
    entry.bulk.apply(actor=actor, lines=lines, subject=ref(row))
    return _applied(actor, row)


def _applied(actor: Principal, row: ImportRun) -> ImportRun:
    row.state, row.applied_at, row.values = "applied", clock.now(), []
    row.save(update_fields=["state", "applied_at", "values"])
    emit(ImportApplied(row.sheet, row.file, row.rows), actor=actor, subject=ref(row))
    return row


@transaction.atomic
def ask_to_apply(*, actor: Principal, run: ImportRun) -> ImportRun:
    """Let the worker apply a checked file, in the name of who asks; the run says when it is done.

    Refusals: `grants.denied`, `imports.applied`, `imports.problems`.
    """
    require(actor, entry_named(run.sheet).sheet.action)
    row = _applicable(run, ("checked",))
    row.state = "applying"
    row.save(update_fields=["state"])
    later("imports.apply", run=row.pk, person=actor.person)
    return row


@transaction.atomic
def record_failure(*, actor: Principal, run: ImportRun, refusal: Refusal) -> ImportRun:
    """Write down why the worker could not apply a file: since its check something has changed. Nothing was saved."""
    row = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state != "applying":
        return row
    number = refusal.where.removeprefix("row ")
    problem = Problem.of_refusal(refusal, whole(number) or 0)
    row.state, row.problem_count, row.problems, row.values = "refused", 1, [problem.as_data()], []
    row.save()
    emit(ImportChecked(row.sheet, row.file, row.rows, 1), actor=actor, subject=ref(row))
    return row


def examine(entry: Entry, actor: Principal, lines: Iterable[Line]) -> Report:
    """Check a file without leaving a trace: every cell by its form, then every sound row by the verb of the sheet.

    The verb is rehearsed in transactions that are rolled back, so that what only the database knows (a login that is
    taken, a unit that does not exist, a missing right) is told by row as well.
    """
    try:
        if entry.bulk is not None:
            return entry.bulk.check(actor=actor, lines=lines)
        report = dry_run(entry.sheet, lines)
    except Refusal as refusal:
        return refused(refusal)
    return report.joined(islice(_rehearsed(entry, actor, report.ready), _ENOUGH))


def ref(run: ImportRun) -> Ref:
    """Return the reference of an import."""
    return Ref("core.import", run.code)


def _rehearsed(entry: Entry, actor: Principal, ready: Sequence[ReadyRow]) -> Iterator[Problem]:
    for start in range(0, len(ready), _CHUNK):
        yield from _rehearse(entry, actor, ready[start : start + _CHUNK])


@transaction.atomic
def _rehearse(entry: Entry, actor: Principal, rows: Sequence[ReadyRow]) -> list[Problem]:
    found = []
    for row in rows:
        try:
            with transaction.atomic():
                _apply(entry, actor, row)
        except Refusal as refusal:
            label = {spec.name: spec.label for spec in entry.sheet.form.fields}.get(refusal.where)
            found.append(Problem.of_refusal(refusal, row.number, title=label))
    transaction.set_rollback(True)
    return found


def _apply(entry: Entry, actor: Principal, row: ReadyRow) -> None:
    checked = check(entry.sheet.form, row.written)
    if not checked.ok:
        raise checked.refusals[0]
    assert entry.apply is not None, f"{entry.sheet.slug} is applied as a whole"
    entry.apply(actor=actor, values=checked.values)


def _applicable(run: ImportRun, states: Sequence[str]) -> ImportRun:
    row = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if row.state == "applied":
        message = Text("这个文件已经导入，不能再导入一次。", "This file has been applied; it is not applied twice.")
        raise Refusal("imports.applied", message, where=row.code)
    if row.state not in states:
        message = Text("这个文件还不能导入。", "This file cannot be applied.")
        remedy = Text("请先改正文件里的问题，再上传。", "Mend what is wrong in the file and upload it again.")
        raise Refusal("imports.problems", message, where=row.code, remedy=remedy)
    return row


def _in_row(number: int, refusal: Refusal) -> Refusal:
    message = Text(f"第 {number} 行：{refusal.message.zh}", f"Row {number}: {refusal.message.en}")
    return Refusal(refusal.code, message, where=f"row {number}", remedy=refusal.remedy)
