"""What follows from a resolution: the legal clock of a hold stops."""

from collections.abc import Sequence

from qilian.core.house.principal import Principal
from qilian.core.time.clocks.api import open_clock, stop
from qilian.core.values.text import Ref
from qilian.engines.ledger.book.models import Hold

RETURN = "ledger.return"
"""The rule of the legal clock that runs beside a hold with a statutory day."""


def hold_ref(code: str) -> Ref:
    """A hold as clocks and events name it."""
    return Ref("ledger.transfer", code)


def stop_clocks(actor: Principal, codes: Sequence[str]) -> None:
    """Stop the clocks of holds that were resolved; only holds with a basis in law have one."""
    if not codes:
        return
    with_basis = Hold.objects.filter(transfer__code__in=codes).exclude(basis="")
    for code in with_basis.values_list("transfer__code", flat=True):
        clock = open_clock(hold_ref(code), RETURN)
        if clock is not None:
            stop(actor=actor, clock=clock)
