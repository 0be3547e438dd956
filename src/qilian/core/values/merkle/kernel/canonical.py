"""The one JSON text of a value (RFC 8785), as leaves and digests cover it."""

import json
from collections.abc import Mapping, Sequence

import rfc8785

Plain = None | bool | int | str | Sequence["Plain"] | Mapping[str, "Plain"]
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
_SURROGATES = "\ud800"


def canonical_json(value: Plain) -> bytes:
    """Return the one JSON text of a value in UTF-8 (RFC 8785); whole numbers only, below 2^53. ValueError for no text.

    Whole numbers and text are written by the standard library as the RFC asks, many times as quick as by a writer in
    Python. It may differ in the order of keys only, by code point where the RFC sorts by UTF-16, and only where a
    character lies behind the first surrogate: such a text is left to the RFC's own writer.
    """
    written = _WRITER.encode(value)
    if written.isascii() or max(written) < _SURROGATES:
        return written.encode()
    return rfc8785.dumps(value)
