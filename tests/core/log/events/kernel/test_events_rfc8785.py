"""Canonical JSON against the examples printed in RFC 8785, and the stand-alone verifier's own writer against it."""

import json
import struct

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.log.events.kernel.canonical import plain
from qilian.core.rights.audit import verify
from qilian.core.values.merkle.api import canonical_json

SAMPLE = r"""{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"""
SAMPLE_BYTES = bytes.fromhex(
    "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b33333333333333"
    "33332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac24"
    "5c75303030665c6e4127425c225c5c5c5c5c222f227d"
)
KEYS = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\U0001f600": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
}
ORDER = [
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
]
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "44b52d02c7e14af6": "1e+23",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def test_the_sample_of_section_3_2_4() -> None:
    assert rfc8785.dumps(json.loads(SAMPLE)) == SAMPLE_BYTES


def test_keys_are_sorted_by_utf_16_units() -> None:
    for written in (rfc8785.dumps(KEYS).decode(), canonical_json(KEYS).decode(), verify.canonical(KEYS)):
        assert list(json.loads(written).values()) == ORDER


@pytest.mark.parametrize("bits", NUMBERS)
def test_the_numbers_of_appendix_b(bits: str) -> None:
    assert rfc8785.dumps(struct.unpack(">d", bytes.fromhex(bits))[0]).decode() == NUMBERS[bits]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | TEXTS
    | st.decimals(allow_nan=False, allow_infinity=False)
)
FACTS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


@given(FACTS)
def test_the_verifier_writes_what_the_log_digests(value: object) -> None:
    assert verify.canonical(plain(value)).encode() == canonical_json(plain(value)) == rfc8785.dumps(plain(value))


@pytest.mark.parametrize("text", ["\ud800", "甲\udfff"])
def test_half_a_character_is_no_text(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_json(text)
