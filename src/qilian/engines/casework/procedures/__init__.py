"""Procedures as text: an item with its statutory fields and the steps that lead to its result, read and linted."""
