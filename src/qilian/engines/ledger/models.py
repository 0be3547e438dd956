"""All tables of the ledger, gathered from its parts for Django."""

from qilian.engines.ledger.banking.models import (
    BankAccount,
    Match,
    PaymentBatch,
    PaymentOrder,
    Resolution,
    Statement,
    StatementLine,
)
from qilian.engines.ledger.book.models import Account, Asset, Batch, Hold, Holding, Restraint, Transfer
from qilian.engines.ledger.budgets.models import Commitment, Decision, FiscalYear, Line, Programme, Tranche

__all__ = [
    "Account",
    "Asset",
    "BankAccount",
    "Batch",
    "Commitment",
    "Decision",
    "FiscalYear",
    "Hold",
    "Holding",
    "Line",
    "Match",
    "PaymentBatch",
    "PaymentOrder",
    "Programme",
    "Resolution",
    "Restraint",
    "Statement",
    "StatementLine",
    "Tranche",
    "Transfer",
]
