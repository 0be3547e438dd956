"""Work of two people and many rows: dated values, decision tables, imports."""
