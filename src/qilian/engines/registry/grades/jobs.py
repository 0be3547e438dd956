"""What the worker does for grades: end those whose term is over."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import job
from qilian.core.values import clock

from .queries import due
from .services.running import expire


@job("registry.grades.expire", cron="10 16 * * *")
def expire_due() -> None:
    """End every published grade behind its last day, ten minutes after midnight in Shanghai."""
    for row in due(clock.today()):
        expire(actor=SYSTEM, grading=row)
