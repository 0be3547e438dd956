"""Opening and closing an offer for programs, under `/api/v1/<pack>/<offer>/`."""

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal

from .queries import is_open
from .services import close_offer, open_offer

router = Router(tags=["offers"])


class ClosingIn(Schema):
    """Why an offer is closed."""

    reason: str


class OpenOut(Schema):
    """Whether an offer is open."""

    offer: str
    open: bool


@router.post("/{offer:offer}/opening", response=OpenOut, summary="Open an offer to its users")
def post_opening(request: HttpRequest, offer: str) -> OpenOut:
    """Open an offer; needs `offers.open`."""
    open_offer(actor=current_principal(), path=offer)
    return OpenOut(offer=offer, open=is_open(offer))


@router.post("/{offer:offer}/closing", response=OpenOut, summary="Close an offer")
def post_closing(request: HttpRequest, offer: str, closing: ClosingIn) -> OpenOut:
    """Close an offer with a reason; needs `offers.open`."""
    close_offer(actor=current_principal(), path=offer, reason=closing.reason)
    return OpenOut(offer=offer, open=is_open(offer))
