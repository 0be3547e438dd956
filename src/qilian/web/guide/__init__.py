"""Help in the product: a page for each role, and what the house's words mean."""
