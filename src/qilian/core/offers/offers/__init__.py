"""Offers at work: which are open to their users today, since when, and where they stand."""
