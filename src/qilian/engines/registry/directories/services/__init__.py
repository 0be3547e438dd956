"""The verbs of directories."""
