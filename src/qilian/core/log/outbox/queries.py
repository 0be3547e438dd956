"""Reading the queue: what waits, what runs, what is dead and why."""

from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from procrastinate.contrib.django.models import ProcrastinateJob

from qilian.core.house.tables import prepared

from .models import JobFailure


def queued() -> QuerySet[ProcrastinateJob]:
    """Return the jobs in the queue, the latest first, each with the last `error` and its moment `failed_at`."""
    last = JobFailure.objects.filter(job=OuterRef("pk")).order_by("-id")
    everything: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.all()
    return everything.annotate(
        error=Subquery(last.values("error")[:1]), failed_at=Subquery(last.values("at")[:1]), number=F("id")
    ).order_by("-id")


def dead() -> QuerySet[ProcrastinateJob]:
    """Return the jobs that failed for the last time."""
    return queued().filter(status="failed")


def died(since: datetime) -> int:
    """Return how many jobs failed for the last time since a moment, by a statement that the server knows already."""
    ((count,),) = prepared(_DIED, [since])
    return int(count)


_DIED = """
    SELECT count(*) FROM procrastinate_jobs AS job WHERE status = 'failed'
    AND EXISTS (SELECT FROM core_job_failure AS why WHERE why.job = job.id AND why.at > %s)"""


def failures_of(job: int) -> QuerySet[JobFailure]:
    """Return every failed attempt at a job, the first first."""
    return JobFailure.objects.filter(job=job).order_by("id")
