"""The pure rules of parties: codes, names, facts, sizes, holdings, likeness, life, relations."""
