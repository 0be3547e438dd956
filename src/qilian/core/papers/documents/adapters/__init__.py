"""Heavy libraries of documents: loaded by the worker only."""
