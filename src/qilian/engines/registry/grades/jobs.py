"""What the worker does for grades: end those whose term is over."""

from qilian.core import clock
from qilian.core.outbox.api import job
from qilian.core.principal import SYSTEM

from .queries import due
from .services.running import expire


@job("registry.grades.expire", cron="10 16 * * *")
def expire_due() -> None:
    """End every published grade behind its last day, ten minutes after midnight in Shanghai."""
    for row in due(clock.today()):
        expire(actor=SYSTEM, grading=row)
