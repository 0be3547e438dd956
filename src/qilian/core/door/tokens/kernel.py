"""A token as text: `qlt_<prefix>_<secret>`; the prefix finds it, the digest proves it, 256 bits cannot be guessed."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from qilian.core.values.text import Refusal, Text

PREFIX_LENGTH: Final = 10
LONGEST: Final = timedelta(days=366)
_FORM: Final = re.compile(r"qlt_([a-z0-9]{10})_([A-Za-z0-9_-]{43})")


def written(prefix: str, secret: str) -> str:
    """The token as its owner copies it."""
    token = f"qlt_{prefix}_{secret}"
    assert _FORM.fullmatch(token), "prefix of 10 letters and digits, secret of 43 characters"
    return token


def prefix_of(token: str) -> str | None:
    """The prefix of a well-formed token, else None.

    >>> prefix_of("qlt_abcdef1234_" + "x" * 43), prefix_of("password")
    ('abcdef1234', None)
    """
    found = _FORM.fullmatch(token)
    return found[1] if found else None


def digest(token: str) -> str:
    """What is kept of a token: SHA-256, enough for a random secret of 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(kept: str, token: str) -> bool:
    """Whether a token is the one whose digest was kept, in constant time."""
    return hmac.compare_digest(kept, digest(token))


def check_term(now: datetime, until: datetime) -> None:
    """Refuse a token that is over before it begins, or lives longer than a year."""
    if until <= now:
        message = Text("到期日必须在今天之后。", "The last day lies after today.")
        raise Refusal("tokens.term", message, where="until")
    if until - now > LONGEST:
        message = Text("令牌最长有效一年。", "A token lives a year at most.")
        raise Refusal(
            "tokens.term", message, where="until", remedy=Text("请选择一年以内的日期。", "Choose a day within a year.")
        )
