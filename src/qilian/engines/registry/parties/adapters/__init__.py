"""Heavy libraries, loaded by the worker only."""
