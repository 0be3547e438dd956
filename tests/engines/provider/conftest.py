"""Passwords are hashed with one round here: what is tested is who gets in, not how long a guess takes."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher


class OneRound(PBKDF2PasswordHasher):
    """The house's own hash, once."""

    iterations = 1


@pytest.fixture(autouse=True)
def one_round(settings: object) -> None:
    """Hash with it."""
    settings.PASSWORD_HASHERS = [f"{__name__}.OneRound"]
