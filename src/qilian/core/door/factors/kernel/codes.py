"""Codes that change every thirty seconds, and recovery codes.

RFC 6238 over RFC 4226 with SHA-1 and six digits, as all authenticator apps speak it; recovery codes have 120 random
bits, of which a plain digest may be kept (OWASP ASVS 5.0, 6.5.2).
"""

import base64
import hashlib
import hmac
from typing import Final

STEP_SECONDS: Final = 30
DIGITS: Final = 6
CODES: Final = 10
RECOVERY_BYTES: Final = 15
_NEIGHBOURS: Final = (0, -1, 1)  # clocks may be half a minute apart


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of a step (seconds since 1970 divided by 30), with leading zeros."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, written: str, *, now: int, used: int) -> int | None:
    """The step whose code was written: this one, the last or the next, but none up to the last one used.

    `now` is seconds since 1970; a code is taken once (RFC 6238, 5.2). One that was used in a step to come was used
    while the clock was wrong, and does not count. None when no step matches.
    """
    code, today = "".join(written.split()), now // STEP_SECONDS
    last = used if used <= today + max(_NEIGHBOURS) else 0
    for step in (today + each for each in _NEIGHBOURS):
        if step > last and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def recovery_code(random_bytes: bytes) -> str:
    """A recovery code as it is printed: six groups of four letters and digits."""
    assert len(random_bytes) == RECOVERY_BYTES
    text = base64.b32encode(random_bytes).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def normal_recovery(written: str) -> str:
    """A recovery code as it is compared: letters and digits only, capitals."""
    return "".join(each for each in written.upper() if each.isalnum())


def recovery_digest(written: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(normal_recovery(written).encode()).hexdigest()
