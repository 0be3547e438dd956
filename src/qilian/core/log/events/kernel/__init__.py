"""The exact bytes of a fact, and the typed body that they hold; pure."""
