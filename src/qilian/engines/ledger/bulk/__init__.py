"""Booking in bulk, for programs: batches, balances at a moment, statements and proofs of the book."""
