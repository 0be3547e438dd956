"""Public interface of parts."""
