"""Drafting: a document is compiled, a person settles what is unclear, and it becomes a version."""
