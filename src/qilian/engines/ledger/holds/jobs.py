"""What the worker does with holds: give back what is due, every minute."""

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job

from .services import expire_due, stuck_holds


@job("ledger.expire", cron="* * * * *")
def expire() -> None:
    """Give back the holds whose time is over, all of them; the job fails visibly while one of them cannot be."""
    while expire_due(actor=current_principal()):
        pass
    stuck = stuck_holds().count()
    assert not stuck, f"{stuck} holds are due and cannot be given back"
