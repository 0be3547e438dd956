"""The plan on screen and on paper: pages, JSON, and task tables."""
