"""The spool folder: payment files lie here until a person carries them to the bank; nothing sends them."""

import os
from pathlib import Path

from django.conf import settings


def put(name: str, content: bytes) -> Path:
    """Write a file whole or not at all, readable by the service account only; the same content again is harmless."""
    folder = Path(settings.PAYMENT_SPOOL)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / name
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    return place
