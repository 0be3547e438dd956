"""Public interface of fees: what an amount costs on a day, and what of it is given back."""

from .kernel import Fee, FeeRule, RefundStep, fee, refund

__all__ = ["Fee", "FeeRule", "RefundStep", "fee", "refund"]
