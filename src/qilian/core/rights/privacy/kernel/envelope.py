"""The envelope of one value: version, name of the key, nonce, then AES-256-GCM bound to the column it stands in.

Layout in bytes: 1 version · 4 key · 12 nonce · ciphertext with its tag of 16. The column is authenticated with the
value, so that a phone number cannot be copied into another column and opened there. Random nonces are safe for 2³²
values a key (NIST SP 800-38D, 8.3). The blind index is HMAC-SHA256 over column and normal form, cut to 128 bits.
"""

import hashlib
import hmac
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qilian.core.values.text import Refusal, Text

VERSION: Final = b"\x01"
MARK_BYTES: Final = 5  # version and key: what says which key a row needs
NONCE_BYTES: Final = 12
BLIND_BYTES: Final = 16


def seal(plain: str, *, key: bytes, key_id: str, nonce: bytes, column: str) -> bytes:
    """Seal a text for a column (`table.field`) under a 32-byte key and a nonce that this key never saw."""
    assert len(key) == 32 and len(nonce) == NONCE_BYTES
    mark = VERSION + bytes.fromhex(key_id)
    assert len(mark) == MARK_BYTES
    return mark + nonce + AESGCM(key).encrypt(nonce, plain.encode(), mark + column.encode())


def key_of(sealed: bytes) -> str:
    """The name of the key that an envelope was sealed with; Refusal `privacy.damaged` when it is no envelope."""
    if sealed[:1] != VERSION or len(sealed) < MARK_BYTES + NONCE_BYTES + 16:
        raise damaged("")
    return sealed[1:MARK_BYTES].hex()


def open_envelope(sealed: bytes, *, key: bytes, column: str) -> str:
    """Open an envelope of a column; Refusal `privacy.damaged` when a byte of it, the column or the key is another."""
    mark, nonce, body = sealed[:MARK_BYTES], sealed[MARK_BYTES : MARK_BYTES + NONCE_BYTES], sealed[17:]
    try:
        return AESGCM(key).decrypt(nonce, body, mark + column.encode()).decode()
    except InvalidTag:
        raise damaged(column) from None


def blind(normal_form: str, *, key: bytes, column: str) -> str:
    """The blind index of a value in its normal form: 32 hexadecimal digits, equal for equal values of one column."""
    written = column.encode() + b"\x00" + normal_form.encode()
    return hmac.new(key, written, hashlib.sha256).digest()[:BLIND_BYTES].hex()


def damaged(column: str) -> Refusal:
    """The refusal of a value that cannot be opened."""
    message = Text("这项加密数据损坏，无法打开。", "This sealed value is damaged and cannot be opened.")
    remedy = Text("请从备份恢复，并告知管理员。", "Restore it from a backup, and tell an administrator.")
    return Refusal("privacy.damaged", message, where=column, remedy=remedy)
