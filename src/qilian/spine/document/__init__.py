"""How administrative documents stand on the page: page numbers, contents, notes, wrapped lines, tables."""
