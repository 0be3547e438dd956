"""Third-party libraries of the people room, loaded by the worker only."""
