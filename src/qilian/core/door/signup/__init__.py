"""Coming in by oneself: an account proved by mail, a forgotten password, another address; and first passwords."""
