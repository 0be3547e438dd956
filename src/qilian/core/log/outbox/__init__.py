"""What follows from a deed: work written down in the deed's own transaction and done by the worker afterwards."""
