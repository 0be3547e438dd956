"""When a failed job is tried again, and which facts a linked job can take; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Retry:
    """How often and how soon a job is tried again: `first` doubles with every attempt, up to six hours."""

    times: int = 8
    first: timedelta = timedelta(seconds=2)

    def wait(self, attempts: int) -> timedelta | None:
        """Return how long to wait after so many earlier attempts; None when the job is dead."""
        if attempts >= self.times:
            return None
        return min(self.first * (1 << min(attempts, 32)), LONGEST_WAIT)


NEVER = Retry(times=0)


def lacking(given: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    """Return the fields that a receiver wants and the event does not give under the same name with the same type."""
    return [name for name, kind in wanted.items() if given.get(name) != kind]


def may_go_on(retry: Retry, attempts: int) -> bool:
    """Whether a job that was lost during an attempt may be tried again; one loss is always forgiven."""
    return attempts <= retry.times
