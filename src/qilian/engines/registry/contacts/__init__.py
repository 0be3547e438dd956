"""The persons of parties: natural persons as parties, legal representatives, whom to call; sealed."""
