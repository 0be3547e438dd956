"""Work of privacy that the worker does: all values under the current key, table by table, batch by batch."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import job
from qilian.core.values.text import Ref

from .events import ValuesResealed
from .queries import sealed_tables
from .ring import ring
from .services import reseal_batch


@job("privacy.reseal", cron="40 18 * * *")
def reseal() -> None:
    """Seal anew what older keys sealed; also every night. Each batch is a transaction: a kill repeats none."""
    moved = 0
    for model in sealed_tables():
        last, count = reseal_batch(model, after=0)
        while count:
            moved += count
            last, count = reseal_batch(model, after=last)
    if moved:
        emit(ValuesResealed(ring().current, moved), actor=SYSTEM, subject=Ref("core.key", ring().current))
