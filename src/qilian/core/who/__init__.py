"""Who and where: divisions, units, people, what waits for them and what they are told."""
