"""The plan on screen: matrix, clauses, units, documents and versions, drafts side by side, tables to download."""
