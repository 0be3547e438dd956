"""The log's Ed25519 key: made at first use, kept in a file that only the service account reads."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class SigningKey:
    """A private key from a file of 32 raw bytes in hexadecimal, mode 0600; two processes that make it agree on one."""

    def __init__(self, path: Path) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_read_or_make(path)))

    @property
    def public(self) -> str:
        """The public key in hexadecimal: it identifies the key and suffices to check a signature."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, statement: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._private.sign(statement)


def signed_by(public: str, signature: bytes, statement: bytes) -> bool:
    """Whether the holder of a public key (hexadecimal) signed this statement."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def _read_or_make(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
