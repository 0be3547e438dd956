"""Trees and their proofs; pure."""
