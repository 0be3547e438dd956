"""The pure rules of parties: codes, names, facts, rows of a file, sizes, life."""
