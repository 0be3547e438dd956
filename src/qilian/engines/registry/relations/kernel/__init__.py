"""The pure rules of relations: what a new one must respect, and who stands behind a party."""
