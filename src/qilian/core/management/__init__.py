"""Management commands of core: its processes."""
