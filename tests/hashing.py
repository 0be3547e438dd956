"""Passwords are hashed with one round in tests: what is tested is who gets in, not how long a guess takes."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class OneRound(PBKDF2PasswordHasher):
    """The house's own hash, once."""

    iterations = 1
