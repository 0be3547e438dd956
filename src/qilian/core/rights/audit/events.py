"""What administrators do to the queue, as facts."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("core.job.revived", title=Text("重试了后台任务", "Job retried"))
@dataclass(frozen=True)
class JobRevived:
    """A dead job was put back into the queue."""

    job: int
