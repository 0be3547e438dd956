"""Ledger: money, goods, permits and shares that cannot appear or vanish."""
