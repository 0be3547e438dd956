"""What the worker does to check the book: replay everything, every night."""

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job

from .services import reconcile


@job("ledger.reconcile", cron="30 18 * * *")
def reconcile_nightly() -> None:
    """Replay the book at 02:30 (Asia/Shanghai); the result is an event, and a difference fails the job visibly."""
    found = reconcile(actor=current_principal())
    assert found.sound, f"{len(found.differences)} differences, {len(found.unbalanced)} unbalanced assets"
