"""Pages of banking: accounts and their reconciliation, statements, lines, resolutions, payment orders and batches."""
