"""The verbs of standards."""
