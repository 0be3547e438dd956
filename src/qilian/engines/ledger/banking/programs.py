"""What no resource can say of banking for programs: the reconciliation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router

from qilian.core.offers.resource.api import visible
from qilian.core.values.money import Money

from .models import BankAccount
from .queries import reconciliation, unmatched_lines, unmatched_transfers
from .resource import BANKS

router = Router()


@router.get("/accounts/{code}/reconciliation", response=dict[str, Any], summary="Bank and book, and the differences")
def get_reconciliation(request: HttpRequest, code: str) -> Mapping[str, Any]:
    """Both balances in CNY, and everything that only one side knows, with its age in days. Needs `banking.view`."""
    row: BankAccount = visible(BANKS, "", code)
    found = reconciliation(row)
    lines = dict(unmatched_lines(row).values_list("pk", "code"))
    transfers = dict(unmatched_transfers(row).values_list("pk", "code"))
    differences = [
        {
            "at_bank": each.at_bank,
            "code": (lines if each.at_bank else transfers).get(each.side.key, ""),
            "day": each.side.day,
            "days": each.days,
            "effect": _yuan(each.effect),
        }
        for each in found.differences
    ]
    sums = {name: getattr(found, name) for name in ("bank", "ledger", "difference", "unexplained")}
    written = {name: _yuan(fen) for name, fen in sums.items()}
    return {**written, "at_zero": found.at_zero, "differences": differences}


def _yuan(fen: int) -> str:
    return str(Money(fen).in_unit("元"))
