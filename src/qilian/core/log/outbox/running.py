"""Do what the outbox holds: in the worker's process, or in this one for tests and the demonstration."""

import json
import traceback
from dataclasses import replace
from datetime import datetime
from importlib import import_module

from django.db import connection, transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job as QueuedJob
from procrastinate.types import JSONValue

from qilian.core.house.parts.api import parts
from qilian.core.house.principal import SYSTEM, acting
from qilian.core.values import clock

from .kernel import NEVER, Retry
from .registry import Job, job, job_named, jobs
from .services import bury, finish, note_failure, rescue

_CLAIM = """
    UPDATE procrastinate_jobs SET status = 'doing'
    WHERE id = (
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
        ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id, task_name, args"""


class Doubling(BaseRetryStrategy):
    """A job's `Retry` as procrastinate asks for it."""

    def __init__(self, retry: Retry) -> None:
        self._retry = retry

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:  # noqa: ARG002 the name is procrastinate's
        """Return when to try again, or None when the job is dead."""
        wait = self._retry.wait(job.attempts)
        return None if wait is None else RetryDecision(retry_in={"seconds": int(wait.total_seconds())})


def load_jobs() -> None:
    """Import the job modules of all parts, with the heavy libraries that they use."""
    for part in parts():
        for module in part.jobs:
            import_module(module)


def run_worker(*, concurrency: int = 2, wait: bool = True) -> None:
    """Run jobs until SIGTERM or SIGINT, then let those in flight finish; without `wait` end when none is due.

    Jobs that end well leave the queue; those that failed for the last time stay, with the reasons (`JobFailure`).
    """
    load_jobs()
    for known in jobs().values():
        if known.name not in app.tasks:
            _register(known)
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            name="worker",
            concurrency=concurrency,
            wait=wait,
            delete_jobs="successful",
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=5.0,
            stalled_worker_timeout=20.0,
        )


def run_due(*, until: datetime | None = None) -> int:
    """Run in this process, one after another, all jobs that are due at `until` (default: now); return how many.

    Each runs in a transaction of its own together with its leaving the queue. An error is raised at once: the job
    stays in the queue as it was.
    """
    load_jobs()
    done = 0
    while _run_next(clock.by_machine(until or clock.now())):
        done += 1
    return done


def _register(known: Job) -> None:
    def run(context: JobContext, /, timestamp: int = 0, **arguments: JSONValue) -> None:  # noqa: ARG001 periodic jobs get it
        _attempt(known, context.job, arguments)

    task = app.task(name=known.name, pass_context=True, retry=Doubling(known.retry))(run)
    if known.cron:
        app.periodic(cron=known.cron)(task)


def _attempt(known: Job, queued: QueuedJob, arguments: dict[str, JSONValue]) -> None:
    try:
        _perform(known, arguments)
    except Exception as error:
        note_failure(job=queued.id or 0, name=known.name, attempt=queued.attempts + 1, error=_words(error))
        if known.retry.wait(queued.attempts) is None:
            bury(known, queued.id or 0, arguments)
        raise


def _perform(known: Job, arguments: dict[str, JSONValue]) -> None:
    with acting(replace(SYSTEM, code=known.name)):
        known.run(**arguments)


@transaction.atomic
def _run_next(until: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [until])
        claimed = cursor.fetchone()
        if claimed is None:
            return False
        number, name, arguments = claimed
    _perform(job_named(name), arguments if isinstance(arguments, dict) else json.loads(arguments))
    finish(job=number, succeeded=True)
    return True


def _words(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}"[:500] + place


@job("outbox.rescue", retry=NEVER, cron="* * * * *")
def rescue_lost_jobs() -> None:
    """Once a minute: what killed workers left undone goes back into the queue."""
    rescue()
