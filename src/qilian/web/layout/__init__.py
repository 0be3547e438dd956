"""What surrounds every page: language, principal, refusals, head and foot, sign-in, health, logs, messages."""
