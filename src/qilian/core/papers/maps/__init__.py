"""Maps of places by their outlines, drawn like all other pictures."""
