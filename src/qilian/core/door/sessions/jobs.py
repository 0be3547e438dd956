"""Work of sessions that the worker does: what is long over is forgotten; the log keeps that it was."""

from datetime import timedelta

from qilian.core.log.outbox.api import job
from qilian.core.values import clock

from .models import Session

KEPT = timedelta(days=30)


@job("sessions.forget", cron="50 18 * * *")
def forget() -> None:
    """Remove the rows of sessions that began a month ago or earlier."""
    Session.objects.filter(started_at__lt=clock.now() - KEPT).delete()
