"""Public interface of tokens."""

from .models import ApiToken
from .queries import tokens_of
from .services import behind_token, make_token, revoke_token

__all__ = ["ApiToken", "behind_token", "make_token", "revoke_token", "tokens_of"]
