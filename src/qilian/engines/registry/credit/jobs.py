"""What the worker does for credit: records leave on their day."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import job
from qilian.core.values import clock

from .kernel.display import over
from .queries import due, law_of, records
from .services import lapse, remind


@job("registry.credit.remind")
def tell_again(record: int, about: str) -> None:
    """Tell a party of a day of its record: `least`, it can be repaired; `last`, it leaves within a week."""
    row = records().filter(pk=record).first()
    if row is not None:
        remind(record=row, about=about)


@job("registry.credit.lapse", cron="5 16 * * *")
def lapse_due() -> None:
    """Let every record leave whose longest period is over, five minutes after midnight in Shanghai."""
    for row in due(clock.today()):
        if over(law_of(row), clock.today()):
            lapse(actor=SYSTEM, record=row)
