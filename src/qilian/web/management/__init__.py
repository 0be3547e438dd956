"""Commands of the web floor: filling a province."""
