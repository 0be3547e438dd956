"""Pages of the book: accounts, statements, transfers, holds, the trial balance, reconciliation."""
