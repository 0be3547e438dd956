"""The first page: what this house is, how far the plan is answered, and what one can do here."""
