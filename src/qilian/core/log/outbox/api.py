"""Public interface of the outbox."""

from .kernel import NEVER, Retry
from .links import link, links, on_event
from .models import JobFailure
from .queries import dead, died, failures_of, queued
from .registry import job, job_named, jobs
from .running import load_jobs, run_due, run_worker
from .services import later, later_many, rescue, revive

__all__ = [
    "NEVER",
    "JobFailure",
    "Retry",
    "dead",
    "died",
    "failures_of",
    "job",
    "job_named",
    "jobs",
    "later",
    "later_many",
    "link",
    "links",
    "load_jobs",
    "on_event",
    "queued",
    "rescue",
    "revive",
    "run_due",
    "run_worker",
]
