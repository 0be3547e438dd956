"""Public bodies with their names over time, their successors and, for collectives, their members."""
