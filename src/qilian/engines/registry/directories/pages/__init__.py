"""Pages that render any directory: its list, map and criteria, its entries, and the forms of its officials."""
