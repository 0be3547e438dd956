"""What no resource can say of banking for programs: a file of any length given by pieces, and the reconciliation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import File, Router
from ninja.files import UploadedFile

from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import visible, written_row
from qilian.core.values.money import Money

from .models import BankAccount
from .queries import bank_account_coded, reconciliation, statement_coded, unmatched_lines, unmatched_transfers
from .resource import BANKS, STATEMENTS
from .services import bring

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


@router.post("/accounts/{code}/statements", response={201: dict[str, Any]}, summary="Bring a bank file")
def post_statement(request: HttpRequest, code: str, file: File[UploadedFile]) -> tuple[int, Mapping[str, Any]]:
    """CSV, .xlsx, camt.05x or MT940; it is checked, nothing is booked yet. Needs `banking.import`."""
    name, account = file.name or "statement", bank_account_coded(code)
    row = bring(actor=current_principal(), bank_account=account, name=name, content=file.chunks)
    return 201, written_row(STATEMENTS, statement_coded(row.code))


def _yuan(fen: int) -> str:
    return str(Money(fen).in_unit("元"))
