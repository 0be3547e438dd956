"""The pure rules of duplicates: how likely two records are one party."""
