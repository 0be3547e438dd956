"""What the worker does for files: take from the disk what no row names any more."""

from datetime import timedelta

from django.db import transaction

from qilian.core.log.outbox.api import job
from qilian.core.values import clock

from .disk import left_aside, remove
from .models import Stored
from .services import lock_content


@job("files.remove")
@transaction.atomic
def remove_content(*, sha256: str) -> None:
    """Remove a content from the disk unless somebody stored it again in the meantime."""
    lock_content(sha256)
    if not Stored.objects.filter(sha256=sha256).exists():
        remove(sha256)


@job("files.tidy", cron="17 20 * * *")
def remove_half_uploads() -> None:
    """Once a day: remove what killed uploads left aside more than a day ago; no record ever named it."""
    yesterday = clock.by_machine(clock.now() - timedelta(days=1))  # files bear the machine's time
    for path in left_aside(before=yesterday.timestamp()):
        path.unlink(missing_ok=True)
