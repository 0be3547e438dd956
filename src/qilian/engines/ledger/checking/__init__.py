"""The book checked: both sides of everything at any moment, and all rows replayed against the totals."""
