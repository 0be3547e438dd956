"""Fees and refunds by dated rules, with declared rounding."""
