"""The replay for programs: it is done with the whole book, so no resource has it as an operation on a row."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router

from qilian.core.house.principal import current_principal

from .services import reconcile

router = Router()


@router.post("/reconciliation", response=dict[str, Any], summary="Replay the whole book")
def post_reconciliation(request: HttpRequest) -> Mapping[str, Any]:
    """Replay every transfer now; needs `ledger.reconcile`."""
    found = reconcile(actor=current_principal())
    wrong = [
        {"account": each.account.code, "total": each.title.en, "stored": each.stored, "computed": each.computed}
        for each in found.differences
    ]
    counts = {"accounts": found.accounts, "rows": found.rows, "orphans": found.orphans}
    return {"sound": found.sound, **counts, "differences": wrong, "unbalanced": list(found.unbalanced)}
