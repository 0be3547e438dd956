"""Public interface of budgets: who works for strangers pays for each thing by its size."""

from .account import NOBODY, Account, Budget, Spent, size_of

__all__ = ["NOBODY", "Account", "Budget", "Spent", "size_of"]
