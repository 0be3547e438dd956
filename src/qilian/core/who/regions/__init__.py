"""Regions: the divisions of GB/T 2260 with parent, level, names and dates, as facts loaded from a list."""
