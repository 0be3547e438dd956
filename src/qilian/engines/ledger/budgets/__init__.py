"""Budgets: programme, line, commitment, payment; never over, and every step is a transfer of the book."""
