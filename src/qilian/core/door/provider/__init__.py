"""Signing in through an identity provider, such as a province's: OpenID Connect, linked by verified subject."""
