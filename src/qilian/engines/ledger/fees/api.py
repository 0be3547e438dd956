"""Public interface of fees: what an amount costs on a day, and what of it is given back."""

from .kernel import FeeRule, RefundStep, fee, refund

__all__ = [
    "FeeRule",
    "RefundStep",
    "fee",
    "refund",
]
