"""Work of the inbox that the worker does."""

from qilian.core.house.principal import current_principal
from qilian.core.log.outbox.api import job

from .kernel import Addressee
from .services import follow


@job("inbox.follow")
def follow_on_the_day(*, source: str, target: str) -> None:
    """Move open items where a hand-over begins today; addressees as text. Nothing to move is no error."""
    follow(actor=current_principal(), source=Addressee.parse(source), target=Addressee.parse(target))
