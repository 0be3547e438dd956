"""Envelopes open only where they were sealed; masks hide what identifies; normal forms make ways of writing equal."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rights.privacy.kernel import KINDS, MARK_BYTES, blind, key_of, mask, normal, open_envelope, seal
from qilian.core.values.text import Refusal

KEY, OTHER, NONCE = bytes(range(32)), bytes(32), bytes(12)
COLUMN = "core_person.phone"


def sealed(plain: str = "13800005678") -> bytes:
    return seal(plain, key=KEY, key_id="0a0b0c0d", nonce=NONCE, column=COLUMN)


@given(st.text(max_size=200))
def test_what_is_sealed_opens_again(plain: str) -> None:
    assert open_envelope(sealed(plain), key=KEY, column=COLUMN) == plain


def test_the_envelope_is_aes_256_gcm_as_an_independent_reading_of_the_layout() -> None:
    data = sealed()
    cipher = Cipher(algorithms.AES(KEY), modes.GCM(data[5:17], data[-16:])).decryptor()
    cipher.authenticate_additional_data(data[:5] + COLUMN.encode())
    assert cipher.update(data[17:-16]) + cipher.finalize() == b"13800005678"
    assert key_of(data) == "0a0b0c0d" and len(data[:MARK_BYTES]) == 5


@pytest.mark.parametrize("place", range(0, 44, 3))
def test_one_changed_bit_is_refused(place: int) -> None:
    data = bytearray(sealed())
    data[place] ^= 1
    with pytest.raises(Refusal) as refused:
        key_of(bytes(data))
        open_envelope(bytes(data), key=KEY, column=COLUMN)
    assert refused.value.code == "privacy.damaged"


def test_another_column_or_key_does_not_open_it() -> None:
    for key, column in ((KEY, "core_person.email"), (OTHER, COLUMN)):
        with pytest.raises(Refusal):
            open_envelope(sealed(), key=key, column=column)


def test_what_is_too_short_is_no_envelope() -> None:
    with pytest.raises(Refusal):
        key_of(b"\x01short")
    least = seal("", key=KEY, key_id="00000001", nonce=bytes(12), column="t.f")
    assert len(least) == 5 + 12 + 16 and key_of(least) == "00000001"
    with pytest.raises(Refusal):
        key_of(least[:-1])


def test_the_blind_index_is_a_keyed_hash_of_column_and_value() -> None:
    expected = hmac.new(KEY, b"t.c\x00value", hashlib.sha256).hexdigest()[:32]
    assert blind("value", key=KEY, column="t.c") == expected
    assert blind("value", key=KEY, column="t.d") != expected != blind("value", key=OTHER, column="t.c")


MASKS = {
    "phone": [("13800005678", "138****5678"), ("+86 138-0000-5678", "138****5678"), ("８２５１２３４", "****")],
    "id_number": [
        ("63010119900101123x", "6301************3X"),
        ("630101900101123", "6301*********23"),
        ("123", "****"),
    ],
    "name": [("张三", "张*"), ("欧阳明月", "欧***"), ("才让·卓玛旦增", "才***"), ("李", "李*"), ("Ada Lovelace", "A*")],
    "account": [("6222 0202 0011 2233 445", "****3445"), ("1234", "****")],
    "address": [
        ("青海省西宁市城中区长江路1号", "青海省西宁市城中区****"),
        ("海南藏族自治州共和县恰卜恰镇", "海南藏族自治州共和县****"),
        ("西宁市", "西宁市****"),
        ("长江路某小区3号楼", "****"),
        ("3号院", "****"),
    ],
    "email": [("zhang@example.cn", "z***@example.cn"), ("nobody", "****"), ("@example.cn", "****")],
    "text": [("既往病史", "****")],
}


@pytest.mark.parametrize(("kind", "plain", "shown"), [(kind, *pair) for kind, pairs in MASKS.items() for pair in pairs])
def test_masks(kind: str, plain: str, shown: str) -> None:
    assert mask(kind, plain) == shown
    assert mask(kind, " ") == ""


def test_every_kind_has_an_example_above() -> None:
    assert set(MASKS) == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        (
            "phone",
            ["13800005678", "138 0000 5678", "+86 138-0000-5678", "００８６１３８００００５６７８", "(138)00005678"],
        ),
        ("id_number", ["63010119900101123X", "630101 19900101 123x"]),
        ("name", ["才让 卓玛", " 才让　卓玛 "]),
        ("account", ["6222020200112233445", "6222 0202 0011 2233 445"]),
        ("email", ["Zhang@Example.cn", "zhang@example.cn"]),
        ("address", ["长江路1号", "长江路１号"]),
        ("text", ["a b", "a  b"]),
    ],
)
def test_ways_of_writing_one_value_are_equal(kind: str, ways: list[str]) -> None:
    assert len({normal(kind, way) for way in ways}) == 1


@given(st.sampled_from(["phone", "id_number", "account"]), st.text(alphabet="0123456789", min_size=8, max_size=19))
def test_a_mask_never_shows_the_middle(kind: str, digits: str) -> None:
    assert digits not in mask(kind, digits)
    assert mask(kind, digits).count("*") >= 4
