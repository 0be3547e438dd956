"""What the worker does in the book: give back what is due, every minute; replay everything, every night."""

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job

from .services import expire_due, reconcile


@job("ledger.expire", cron="* * * * *")
def expire() -> None:
    """Give back the holds whose time is over, all of them."""
    while expire_due(actor=current_principal()):
        pass


@job("ledger.reconcile", cron="30 18 * * *")
def reconcile_nightly() -> None:
    """Replay the book at 02:30 (Asia/Shanghai); the result is an event, and a difference fails the job visibly."""
    found = reconcile(actor=current_principal())
    assert found.sound, f"{len(found.differences)} differences, {len(found.unbalanced)} unbalanced assets"
