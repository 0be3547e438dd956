"""What the worker does in the book: give back what is due, every minute; replay everything, every night."""

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job

from .services import expire_due, reconcile
from .services.holds import stuck_holds


@job("ledger.expire", cron="* * * * *")
def expire() -> None:
    """Give back the holds whose time is over, all of them; the job fails visibly while one of them cannot be."""
    while expire_due(actor=current_principal()):
        pass
    stuck = stuck_holds().count()
    assert not stuck, f"{stuck} holds are due and cannot be given back"


@job("ledger.reconcile", cron="30 18 * * *")
def reconcile_nightly() -> None:
    """Replay the book at 02:30 (Asia/Shanghai); the result is an event, and a difference fails the job visibly."""
    found = reconcile(actor=current_principal())
    assert found.sound, f"{len(found.differences)} differences, {len(found.unbalanced)} unbalanced assets"
