"""How the house is put together: parts, table marks, who acts, page shapes, forms."""
