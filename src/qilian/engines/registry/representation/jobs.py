"""What the worker does for representation: tell who is invited."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import job

from .models import Invitation
from .services.invitations import tell_invited


@job("registry.representation.tell")
def tell_again(invitation: int) -> None:
    """Tell who is meant of an invitation, when it still waits and somebody signs in so."""
    row = Invitation.objects.select_related("party").filter(pk=invitation).first()
    if row is not None:
        tell_invited(actor=SYSTEM, invitation=row)
