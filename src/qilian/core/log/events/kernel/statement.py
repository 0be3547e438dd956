"""The words of a checkpoint that are signed: origin, size, root, hash, moment, a line each (C2SP tlog-checkpoint)."""

from base64 import b64encode
from datetime import datetime

from .canonical import moment_text

ORIGIN = "qilian.core.events"


def statement(*, size: int, root: bytes, at: datetime, algorithm: str) -> bytes:
    """Return the signed text of a checkpoint in UTF-8; hash and moment are extension lines.

    Checkpoints signed before the hash was a setting name none (`algorithm` is empty): theirs is SHA-256.
    """
    named = f"hash {algorithm}\n" if algorithm else ""
    return f"{ORIGIN}\n{size}\n{b64encode(root).decode()}\n{named}at {moment_text(at)}\n".encode()
