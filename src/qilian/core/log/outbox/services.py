"""Write work down in the transaction that causes it; bring the dead back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.types import JSONValue

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .kernel import may_go_on
from .models import JobFailure
from .registry import Job, jobs

_STALLED = """
    SELECT job.id, job.task_name, job.args, job.attempts FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
    FOR UPDATE OF job SKIP LOCKED"""
_AGAIN = "SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)"
_FINISHED = "SELECT procrastinate_finish_job_v1(%s, %s, %s)"
_QUEUE = App(connector=DjangoConnector())
"""The queue as Django's own connection writes it: the worker gives procrastinate's app one beside the transaction."""


def later(name: str, /, at: datetime | None = None, lock: str | None = None, **arguments: JSONValue) -> int:
    """Write a job into the queue in the transaction that is open, and return its number: a rollback takes it back.

    Not before the moment `at`, when given; never beside another job with the same `lock`, and among them in the order
    of writing. `arguments` are JSON values. A job may run twice (a killed worker), so it must be idempotent.
    """
    due = at and clock.by_machine(at)
    return int(_QUEUE.configure_task(name, allow_unknown=True, schedule_at=due, lock=lock).defer(**arguments))


def later_many(name: str, arguments: Sequence[dict[str, JSONValue]]) -> None:
    """Write the same job many times with one statement, once for each set of arguments."""
    if arguments:
        _QUEUE.configure_task(name, allow_unknown=True).batch_defer(*arguments)


@transaction.atomic
def revive(*, job: int) -> None:
    """Put a dead job back into the queue, to run at once; Refusal `outbox.not_dead` when it is not dead."""
    row = ProcrastinateJob.objects.select_for_update().filter(pk=job, status="failed").first()
    if row is None:
        raise Refusal(
            "outbox.not_dead",
            Text("这项后台任务没有失败，不能重试。", "This job has not failed, so it cannot be retried."),
            where=str(job),
            remedy=Text("请刷新任务清单。", "Reload the list of jobs."),
        )
    _call(_AGAIN, job, clock.by_machine(clock.now()))


@transaction.atomic
def rescue(*, silent_seconds: int = 20) -> int:
    """Give back to the queue what killed workers left undone, and return how many.

    A worker that gave no sign for `silent_seconds` is dead. A job that was tried as often as its retry allows dies
    with it, so that what kills its worker does not do so for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, [silent_seconds])
        stalled = cursor.fetchall()
    for number, name, arguments, attempts in stalled:
        known = jobs().get(name)
        if known is None or may_go_on(known.retry, attempts):
            _call(_AGAIN, number, clock.by_machine(clock.now()))
        else:
            note_failure(job=number, name=name, attempt=attempts, error="WorkerLost: the worker ended during the job")
            finish(job=number, succeeded=False)
            bury(known, number, arguments if isinstance(arguments, dict) else json.loads(arguments))
    return len(stalled)


def bury(known: Job, number: int, arguments: Mapping[str, JSONValue]) -> None:
    """Tell who waits for a job that it is dead; what goes wrong in telling is noted like any failure, and no more."""
    if known.on_death is None:
        return
    try:
        with acting(replace(SYSTEM, code=known.name)), transaction.atomic():
            known.on_death(**arguments)
    except Exception as error:
        note_failure(job=number, name=known.name, attempt=0, error=f"on_death: {type(error).__name__}: {error}")


def note_failure(*, job: int, name: str, attempt: int, error: str) -> None:
    """Keep why an attempt at a job failed."""
    JobFailure.objects.create(job=job, name=name, attempt=attempt, at=clock.now(), error=error[:600])


def finish(*, job: int, succeeded: bool) -> None:
    """Take a job that is done out of the queue, or leave it there as dead."""
    _call(_FINISHED, job, "succeeded" if succeeded else "failed", succeeded)


def _call(statement: str, *arguments: int | str | bool | datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
