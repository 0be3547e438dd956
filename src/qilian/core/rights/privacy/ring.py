"""The ring that this process seals and opens with: read from its file, and again whenever the file changed."""

import secrets
from pathlib import Path

from django.conf import settings

from qilian.core.log.keyring.api import Key, Keyring, load, ring_path
from qilian.core.values.text import Refusal, Text

from .kernel import blind, key_of, normal, open_envelope, seal

_TEST_KEY = Key(b"test only, never a real secret..", "2015-01-01T00:00:00+00:00")
_TEST_RING = Keyring({_TEST_KEY.id: _TEST_KEY}, _TEST_KEY.id)
_read: dict[Path, tuple[tuple[int, int, int], Keyring]] = {}


def path() -> Path:
    """Return where the ring of this house lies."""
    return ring_path(Path(settings.VAR) / "keys", settings.MODE)


def ring() -> Keyring:
    """Return the keys of this house; tests without a file use a fixed one. Refusal `keyring.absent`."""
    place = path()
    try:
        found = place.stat()
    except FileNotFoundError:
        if settings.MODE == "test":
            return _TEST_RING
        return load(place)
    version = (found.st_mtime_ns, found.st_ino, found.st_size)
    known = _read.get(place)
    if known is None or known[0] != version:
        known = _read[place] = (version, load(place))
    return known[1]


def sealed(plain: str, *, column: str) -> bytes:
    """Seal a text for a column under today's key; empty stays empty."""
    if not plain:
        return b""
    key = ring().keys[ring().current]
    return seal(plain, key=key.derived("seal"), key_id=key.id, nonce=secrets.token_bytes(12), column=column)


def opened(data: bytes, *, column: str) -> str:
    """Open what was sealed for a column. Refusals `privacy.damaged`, `privacy.key` when its key is not on the ring."""
    if not data:
        return ""
    key = ring().keys.get(key_of(data))
    if key is None:
        raise _without_key(key_of(data))
    return open_envelope(data, key=key.derived("seal"), column=column)


def blinded(kind: str, written: str, *, column: str) -> str:
    """The blind index of a value today; empty stays empty."""
    form = normal(kind, written)
    return blind(form, key=ring().keys[ring().current].derived("blind"), column=column) if form else ""


def candidates(kind: str, written: str, *, column: str) -> list[str]:
    """The blind indices that a value may have, one a key: while a rotation runs, rows of both keys are found."""
    form = normal(kind, written)
    return [blind(form, key=key.derived("blind"), column=column) for key in ring().keys.values()] if form else []


def _without_key(name: str) -> Refusal:
    message = Text(f"缺少密钥 {name}，无法打开这项数据。", f"Key {name} is missing, so this value cannot be opened.")
    remedy = Text("请用 ./qilian restore --keys 带回密钥。", "Bring the key back with ./qilian restore --keys.")
    return Refusal("privacy.key", message, where=name, remedy=remedy)
