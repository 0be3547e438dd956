"""The rules of bank messages: ISO 20022 camt and SWIFT MT940."""

from .camt import read_camt
from .mt940 import looks_like_mt940, read_mt940
from .xmlbytes import as_utf8

__all__ = ["as_utf8", "looks_like_mt940", "read_camt", "read_mt940"]
