"""Merkle trees of RFC 6962: the log of events grows one, and so may any journal that a single event covers."""
