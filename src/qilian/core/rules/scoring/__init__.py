"""Scoring: a published method, figures with their sources, cells that say how each point came about, and a grade."""
