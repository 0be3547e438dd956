"""The log of what happened, what it proves, and the work that follows in the same transaction."""
