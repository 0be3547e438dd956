"""A ring of keys as a value: one current, the others kept until nothing is sealed with them any more.

Each secret gives two keys by HKDF-SHA256 (RFC 5869): one that encrypts, one that blinds values for equality search.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from qilian.core.values.text import Refusal, Text

FORMAT = 1
SECRET_BYTES, ID_BYTES = 32, 4
_DAMAGED = Text("密钥文件损坏。", "The key file is damaged.")
_FROM_BACKUP = Text("请用备份里的密钥文件恢复。", "Bring the key file back from a backup.")


@dataclass(frozen=True, slots=True)
class Key:
    """One secret with the moment (ISO 8601, UTC) at which it was made; its name is the beginning of its digest."""

    secret: bytes
    made: str

    @property
    def id(self) -> str:
        """The key's name: eight hexadecimal digits, which tell nothing about the secret.

        >>> Key(bytes(32), "2026-01-01T00:00:00+00:00").id
        '9ba7065f'
        """
        return hashlib.sha256(b"qilian keyring" + self.secret).digest()[:ID_BYTES].hex()

    def derived(self, use: str) -> bytes:
        """The 32-byte key for one use (`seal`, `blind`), so that no secret serves two purposes."""
        extracted = hmac.digest(b"qilian privacy", self.secret, "sha256")
        return hmac.digest(extracted, use.encode() + b"\x01", "sha256")


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys by their names, and which one seals today."""

    keys: Mapping[str, Key]
    current: str

    def __post_init__(self) -> None:
        assert self.current in self.keys, "the current key is on the ring"

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of all keys, the current one first, then the youngest first."""
        others = sorted((key for key in self.keys.values() if key.id != self.current), key=lambda key: key.made)
        return (self.current, *(key.id for key in reversed(others)))

    def turned(self, fresh: Key) -> "Keyring":
        """The ring with a fresh key in front; the others stay."""
        return Keyring({**self.keys, fresh.id: fresh}, fresh.id)

    def merged(self, other: "Keyring") -> "Keyring":
        """This ring with the keys of another beside its own: nothing is lost, the current key stays."""
        return Keyring({**other.keys, **self.keys}, self.current)

    def without(self, old: frozenset[str]) -> "Keyring":
        """The ring without keys that nothing needs; the current one cannot go."""
        assert self.current not in old, "the current key stays"
        return Keyring({name: key for name, key in self.keys.items() if name not in old}, self.current)


def written(ring: Keyring) -> str:
    """Write a ring as the text of its file."""
    keys = {
        name: {"secret": base64.b64encode(key.secret).decode(), "made": key.made} for name, key in ring.keys.items()
    }
    return json.dumps({"format": FORMAT, "current": ring.current, "keys": keys}, indent=1)


def read(text: str, *, where: str) -> Keyring:
    """Read the text of a key file; Refusal `keyring.damaged` for anything that `written` would not have written."""
    try:
        data = json.loads(text)
        keys = [Key(base64.b64decode(each["secret"]), str(each["made"])) for each in data["keys"].values()]
        ring = {key.id: key for key in keys}
        whole = data["format"] == FORMAT and set(ring) == set(data["keys"]) and data["current"] in ring
        sound = whole and all(len(key.secret) == SECRET_BYTES for key in keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Refusal("keyring.damaged", _DAMAGED, where=where, remedy=_FROM_BACKUP)
    return Keyring(ring, str(data["current"]))
