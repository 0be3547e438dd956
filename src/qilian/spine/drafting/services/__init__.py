"""The verbs of drafting."""
