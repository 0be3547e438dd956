"""The jobs of this process: plain functions with keyword arguments of JSON values, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .kernel import Retry

_DEFAULT = Retry()


@dataclass(frozen=True, slots=True)
class Job:
    """A function that the worker may run: its name, how it is retried, its hours (`cron`) when it comes by itself.

    `on_death` is called with the job's arguments when it failed for the last time: it tells the page that waits.
    """

    name: str
    run: Callable[..., object]
    retry: Retry
    cron: str = ""
    on_death: Callable[..., object] | None = None


_jobs: dict[str, Job] = {}
Run = TypeVar("Run", bound=Callable[..., object])


def job(
    name: str, *, retry: Retry = _DEFAULT, cron: str = "", on_death: Callable[..., object] | None = None
) -> Callable[[Run], Run]:
    """Register a function as the job `name` (`engine.verb`); it takes keyword arguments of JSON values.

    With `cron` (five fields, in UTC) the worker also starts it by itself, without arguments. A job for which a person
    waits says in `on_death` (a verb with the same arguments) what that person is told when it will not be done.
    The same function twice is harmless; another one under a taken name is a TypeError.
    """

    def register(run: Run) -> Run:
        known = _jobs.get(name)
        if known and (known.run.__module__, known.run.__qualname__) != (run.__module__, run.__qualname__):
            raise TypeError(f"job {name} is registered twice")
        _jobs[name] = Job(name, run, retry, cron, on_death)
        return run

    return register


def job_named(name: str) -> Job:
    """Return a registered job; TypeError when no loaded module registers it."""
    try:
        return _jobs[name]
    except KeyError:
        raise TypeError(f"no job is called {name}") from None


def jobs() -> Mapping[str, Job]:
    """Return all registered jobs by name."""
    return dict(_jobs)
