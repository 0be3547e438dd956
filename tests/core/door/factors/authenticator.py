"""A passkey in software: an authenticator as WebAuthn level 2 describes it, for tests; P-256, attestation "none"."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def head(major: int, count: int) -> bytes:
    """The head of a CBOR item (RFC 8949, 3)."""
    if count < 24:
        return bytes([major << 5 | count])
    return bytes([major << 5 | 24, count]) if count < 256 else bytes([major << 5 | 25, *count.to_bytes(2, "big")])


def cbor(value: object) -> bytes:
    """The few kinds of CBOR that an attestation needs."""
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    assert isinstance(value, dict)
    return head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())


@dataclass
class Authenticator:
    """One passkey of one device; the flags say that its user was present (1) and verified (4)."""

    origin: str = "http://localhost"
    rp: str = "localhost"
    verified: bool = True
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: os.urandom(32))

    def create(self, options: dict[str, object]) -> str:
        """Answer the question for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor(public)
        data = self._data(0x40) + attested
        attestation = cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer({"clientDataJSON": b64(client), "attestationObject": b64(attestation)})

    def get(self, options: dict[str, object]) -> str:
        """Sign the question for a known passkey."""
        self.counter += 1
        data, client = self._data(0), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        names = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({name: b64(value) for name, value in names.items()})

    def _data(self, flags: int) -> bytes:
        flags |= 1 | (4 if self.verified else 0)
        return hashlib.sha256(self.rp.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, object]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = b64(self.credential)
        body = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(body)
