"""Pages that render any set of standards: its catalogue, its standards, who adopted them, and the forms."""
