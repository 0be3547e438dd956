"""The log and the queue as administrators see them: every fact with its proof, every dead job with its reason."""
