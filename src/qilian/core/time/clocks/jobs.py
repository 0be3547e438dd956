"""What the worker does for clocks."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import job

from .services import recompute


@job("clocks.recompute", cron="* * * * *")
def recompute_all() -> int:
    """Compute every open clock again that an older calendar computed: each minute, one query when nothing changed."""
    looked_at = 0
    while batch := recompute(actor=SYSTEM):
        looked_at += batch
    return looked_at
