"""Statements checked to the fen, whatever their format: one vocabulary, balances chained, claims compared."""
