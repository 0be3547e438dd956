"""What the worker does for cases."""

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.outbox.api import job

from .models import Case
from .services import waking


@job("casework.wake")
def wake(case: int, step: int) -> None:
    """Let a wait end whose time has come, or whose called case ended."""
    with acting(SYSTEM):
        waking.wake(case=Case.objects.get(pk=case), step=step)


@job("casework.call")
def call(case: int, step: int) -> None:
    """Open the case that a step calls."""
    with acting(SYSTEM):
        waking.call(case=Case.objects.get(pk=case), step=step)
