"""The words of a checkpoint that are signed: origin, size, root and moment, a line each (C2SP tlog-checkpoint)."""

from base64 import b64encode
from datetime import datetime

from .canonical import moment_text

ORIGIN = "qilian.core.events"


def statement(*, size: int, root: bytes, at: datetime) -> bytes:
    """Return the signed text of a checkpoint in UTF-8; the moment is an extension line."""
    return f"{ORIGIN}\n{size}\n{b64encode(root).decode()}\nat {moment_text(at)}\n".encode()
