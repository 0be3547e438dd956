"""What an administrator may do to the queue."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import revive
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Ref

from .events import JobRevived


@transaction.atomic
def retry_job(*, actor: Principal, job: int) -> None:
    """Run a dead job once more; needs `outbox.retry`. Refusal `outbox.not_dead` when it has not failed."""
    require(actor, "outbox.retry")
    revive(job=job)
    emit(JobRevived(job), actor=actor, subject=Ref("core.job", str(job)))
