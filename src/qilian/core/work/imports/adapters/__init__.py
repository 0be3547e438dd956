"""Heavy libraries of imports: loaded by the worker only."""
