"""The verbs of parties, one family a file."""
