"""The way in: passwords, sign-up, sessions, second factors, tokens, identity providers."""
