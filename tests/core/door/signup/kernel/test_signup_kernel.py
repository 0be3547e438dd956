"""Addresses, links and first passwords, without a database."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.door.signup.kernel import (
    LEEWAY,
    LIFETIMES,
    check_link,
    digest,
    first_password,
    normal_address,
    unknown_link,
)
from qilian.core.values.text import Refusal

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("written", ["ada@example.cn", " Ada@Example.CN", "a.b+c@sub.example-1.org", "7@b.co"])
def test_addresses_that_are_taken(written: str) -> None:
    assert normal_address(written) == written.strip().lower()


@pytest.mark.parametrize(
    "written",
    [
        *("", "ada", "ada@", "@example.cn", "ada@example", "a b@example.cn", "a..b@example.cn", ".a@example.cn"),
        *("a.@example.cn", "ada@-x.cn", "ada@x-.cn", "ada@x..cn", "a\nb@example.cn", "张@example.cn"),
        f"{'a' * 60}@b.cn",
    ],
)
def test_addresses_that_are_refused(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        normal_address(written)
    assert (refused.value.code, refused.value.where) == ("signup.email", "email")


@given(st.text())
def test_an_address_is_refused_or_its_own_normal_form(written: str) -> None:
    try:
        address = normal_address(written)
    except Refusal:
        return
    assert normal_address(address) == address and len(address) <= 64 and address.count("@") == 1


def test_a_link_works_until_its_moment_and_once() -> None:
    day = timedelta(days=1)
    for lasting in (timedelta(seconds=1), day, day + LEEWAY):
        check_link(used=None, expires=NOW + lasting, now=NOW, lifetime=day)
    late = NOW + day + LEEWAY + timedelta(seconds=1)  # made while the clock was ahead
    for used, expires, code in (
        (None, NOW, "expired"),
        (None, late, "expired"),
        (NOW, NOW + day, "used"),
        (NOW, NOW, "used"),
    ):
        with pytest.raises(Refusal) as refused:
            check_link(used=used, expires=expires, now=NOW, lifetime=day)
        assert refused.value.code == f"signup.link.{code}"
    assert unknown_link().code == "signup.link.unknown"
    assert LIFETIMES["password"] == timedelta(minutes=30)


def test_of_a_code_a_digest_is_kept() -> None:
    """SHA-256 of "abc" is the first vector of FIPS 180-2."""
    assert digest(" abc\n") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_first_passwords_have_more_than_ninety_bits() -> None:
    """Twenty letters out of 31; a byte modulo 31 prefers the first eight: none is likelier than 9 in 256."""
    letters = {letter for number in range(256) for letter in first_password(bytes([number] * 20)) if letter != "-"}
    assert len(letters) == 31 and not letters & set("il1o0")
    assert 20 * -math.log2(9 / 256) > 90
    assert [len(group) for group in first_password(bytes(20)).split("-")] == [4] * 5
    with pytest.raises(AssertionError):
        first_password(b"short")
