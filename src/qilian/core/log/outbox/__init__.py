"""What follows from a verb: work written down in the verb's own transaction and done by the worker afterwards."""
