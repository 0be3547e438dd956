"""Whose checkpoints count: those that the house signed itself, and those of keys that somebody pinned."""

from pathlib import Path

from django.conf import settings

from qilian.core.log.events.api import SigningKey, key_path


def house_keys() -> frozenset[str]:
    """Return the public keys whose checkpoints this house trusts: its own, and those pinned in `var/keys/log.pins`.

    The list has a key a line, for keys that were followed by others. Nothing is made: without a file there is no key.
    """
    folder = Path(settings.VAR) / "keys"
    own = [key_path(), folder / "log.key"] if settings.MODE == "demo" else [key_path()]
    listed = folder / "log.pins"
    words = listed.read_text(encoding="utf-8").split() if listed.exists() else []
    return frozenset({SigningKey(path).public for path in own if path.exists()} | {word.lower() for word in words})
