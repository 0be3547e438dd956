"""Letting somebody into an account again, which takes two administrators: one asks, another confirms."""
