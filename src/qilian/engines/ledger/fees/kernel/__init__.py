"""The rules of fees and refunds: pure."""

from .fees import Fee, FeeRule, RefundStep, fee, refund

__all__ = ["Fee", "FeeRule", "RefundStep", "fee", "refund"]
