"""The hash of a tree: SHA-256 or SM3 (GB/T 32905), both of 32 bytes; a tree never mixes them."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, get_args

Algorithm = Literal["sha256", "sm3"]
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)


def hashed(data: bytes, algorithm: Algorithm = "sha256") -> bytes:
    """Return the 32 bytes of a hash; ValueError for SM3 where the machine's OpenSSL lacks it."""
    return _OF[algorithm](data)


def hasher(algorithm: Algorithm = "sha256") -> Callable[[bytes], bytes]:
    """Return the function behind `hashed`, for whoever hashes many values in a row."""
    return _OF[algorithm]


def available(algorithm: str) -> bool:
    """Whether this machine can compute an algorithm: SM3 comes with OpenSSL 1.1.1 and later, unless it was left out."""
    return algorithm in ALGORITHMS and algorithm in hashlib.algorithms_available


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _named(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data).digest()


_OF: Mapping[Algorithm, Callable[[bytes], bytes]] = {"sha256": _sha256, "sm3": partial(_named, "sm3")}
