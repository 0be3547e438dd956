"""One-time codes against the vectors of RFC 4226 and RFC 6238, recovery codes, and the gate."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.door.factors.kernel import (
    CODES,
    STEP_SECONDS,
    code_at,
    matching_step,
    normal_recovery,
    recovery_code,
    recovery_digest,
    required_step,
)

SECRET = b"12345678901234567890"
RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
RFC_6238 = {59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924"}
RFC_6238 |= {2000000000: "69279037", 20000000000: "65353130"}


@pytest.mark.parametrize(("count", "code"), enumerate(RFC_4226))
def test_the_vectors_of_rfc_4226_appendix_d(count: int, code: str) -> None:
    assert code_at(SECRET, count) == code


@pytest.mark.parametrize(("now", "code"), RFC_6238.items())
def test_the_vectors_of_rfc_6238_appendix_b(now: int, code: str) -> None:
    assert code_at(SECRET, now // STEP_SECONDS, digits=8) == code


def test_a_code_is_taken_half_a_minute_early_or_late_and_once() -> None:
    now, step = 1111111109, 1111111109 // 30
    for neighbour in (-1, 0, 1):
        code = code_at(SECRET, step + neighbour)
        assert matching_step(SECRET, f" {code[:3]} {code[3:]}", now=now, used=0) == step + neighbour
    assert matching_step(SECRET, code_at(SECRET, step), now=now, used=step) is None
    assert matching_step(SECRET, code_at(SECRET, step), now=now, used=step + 1) is None
    assert matching_step(SECRET, code_at(SECRET, step), now=now, used=step + 2) == step, "the clock was ahead"
    assert matching_step(SECRET, code_at(SECRET, step - 2), now=now, used=0) is None
    assert matching_step(SECRET, "", now=now, used=0) is None
    assert matching_step(SECRET, "１２３４５６", now=now, used=0) is None


@given(st.binary(min_size=15, max_size=15))
def test_a_recovery_code_is_compared_however_it_is_typed(random_bytes: bytes) -> None:
    code = recovery_code(random_bytes)
    assert len(code) == 29 and code.count("-") == 5
    typed = code.lower().replace("-", " ")
    assert normal_recovery(typed) == code.replace("-", "")
    assert recovery_digest(typed) == hashlib.sha256(code.replace("-", "").encode()).hexdigest()


def test_there_are_ten_and_short_ones_are_a_defect() -> None:
    assert CODES == 10
    with pytest.raises(AssertionError):
        recovery_code(b"short")


@pytest.mark.parametrize(
    ("has_factor", "required", "shown", "stands"),
    [
        (False, False, False, "open"),
        (False, True, False, "enrol"),
        (False, True, True, "enrol"),
        (True, False, False, "check"),
        (True, True, False, "check"),
        (True, True, True, "open"),
    ],
)
def test_the_gate(has_factor: bool, required: bool, shown: bool, stands: str) -> None:
    assert required_step(has_factor=has_factor, required=required, shown=shown) == stands


def test_two_factors_at_a_provider_count_here() -> None:
    for has_factor in (False, True):
        assert required_step(has_factor=has_factor, required=True, shown=False, elsewhere=True) == "open"


def test_a_first_password_is_changed_before_a_factor_is_set_up_and_after_one_is_shown() -> None:
    for has_factor, shown, stands in ((False, False, "renew"), (True, False, "check"), (True, True, "renew")):
        assert required_step(has_factor=has_factor, required=True, shown=shown, first_password=True) == stands
