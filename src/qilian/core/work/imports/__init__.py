"""Imports: many rows at once from CSV or XLSX, after a dry run that lists every problem by row and column."""
