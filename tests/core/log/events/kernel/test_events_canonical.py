"""The exact bytes of facts, and their way back to typed bodies."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.log.events.kernel.canonical import Fact, canonical, decimal_text, digest, plain, salted
from qilian.core.log.events.kernel.rebuild import rebuild
from qilian.core.log.events.kernel.statement import statement
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Ref, Text

NOON = datetime(2015, 12, 3, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=8)))


def fact(**changed: object) -> Fact:
    values: dict[str, object] = {
        "type": "sharing.booking.made",
        "version": 1,
        "at": NOON,
        "actor": "core.person:abc",
        "subject": "sharing.booking:1",
        "data": {"count": 3},
    }
    return Fact(**(values | changed))


def test_the_one_text_of_a_fact() -> None:
    written = canonical(fact(quantity=Decimal("1.500000"), quantity_unit="吨", money=2**60, currency="CNY")).decode()
    assert written == (
        '{"actor":"core.person:abc","at":"2015-12-03T04:00:00.000005Z","clause":"","currency":"CNY",'
        '"data":{"count":3},"money":"1152921504606846976","offer":"","on_behalf":"","party":"","quantity":"1.5",'
        '"quantity_unit":"吨","region":"","subject":"sharing.booking:1","type":"sharing.booking.made","unit":"",'
        '"version":1}'
    )
    assert digest(fact()) == hashlib.sha256(canonical(fact())).digest()


@given(st.sampled_from(["type", "actor", "on_behalf", "clause", "offer", "subject", "party", "unit", "region"]))
def test_every_field_counts(name: str) -> None:
    assert digest(fact(**{name: "changed"})) != digest(fact())


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    size: int


@dataclass(frozen=True)
class Whole:
    number: int
    large: int
    share: Decimal
    day: date
    moment: datetime
    hour: time
    ref: Ref
    raw: bytes
    colour: Colour
    level: Literal["a", "b"]
    title: Text
    price: Money
    weight: Quantity
    inner: tuple[Inner, ...]
    pair: tuple[int, str]
    names: list[str]
    more: Sequence[int]
    by_name: dict[str, int]
    other: Mapping[str, Decimal]
    nothing: int | None
    something: int | None
    yes: bool
    late: str = field(default="later")


WHOLE = Whole(
    number=1,
    large=2**70,
    share=Decimal("0.25"),
    day=date(2015, 12, 3),
    moment=NOON.astimezone(UTC),
    hour=time(9, 30),
    ref=Ref("a", "b"),
    raw=b"\x00\xff",
    colour=Colour.RED,
    level="a",
    title=Text("题", "title"),
    price=Money(5),
    weight=Quantity.of("1.5", "吨"),
    inner=(Inner(1), Inner(2)),
    pair=(1, "x"),
    names=["甲"],
    more=[1],
    by_name={"a": 1},
    other={"b": Decimal(2)},
    nothing=None,
    something=4,
    yes=True,
)


def test_a_body_goes_to_json_and_back() -> None:
    written = json.loads(json.dumps(plain(WHOLE)))
    assert rebuild(Whole, written) == WHOLE
    del written["late"]  # a field that a later version added takes its default
    assert rebuild(Whole, written).late == "later"
    assert written["large"] == str(2**70) and written["share"] == "0.25" and written["raw"] == "00ff"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_equal_decimals_are_written_alike(value: Decimal) -> None:
    assert Decimal(decimal_text(value)) == value
    assert decimal_text(value) == decimal_text(value + Decimal("0.000000"))
    assert not decimal_text(value).endswith("-0")


def test_zero_has_one_form() -> None:
    assert decimal_text(Decimal("-0")) == decimal_text(Decimal("0.00")) == decimal_text(Decimal("-0.0")) == "0"
    assert decimal_text(Decimal("1E+3")) == "1000"


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (1.5, TypeError),
        ({1: 2}, TypeError),
        ({1, 2}, TypeError),
        (Inner, TypeError),
        (datetime(2015, 12, 3), TypeError),
        (Decimal("NaN"), ValueError),
        ("a\0b", ValueError),
        ({"a\0": 1}, ValueError),
    ],
)
def test_what_has_no_exact_form(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        plain(value)


@dataclass(frozen=True)
class Odd:
    value: int | str


@dataclass(frozen=True)
class Strange:
    value: set[int]


@dataclass(frozen=True)
class Listed:
    value: list[int]


@dataclass(frozen=True)
class Paired:
    value: tuple[int, int]


@dataclass(frozen=True)
class Levelled:
    value: Literal["a"]


@dataclass(frozen=True)
class Counted:
    value: dict[str, int]


@pytest.mark.parametrize(
    ("body", "written", "error"),
    [
        (Odd, 1, TypeError),
        (Strange, [1], TypeError),
        (Counted, [1], TypeError),
        (Listed, 1, ValueError),
        (Listed, [True], ValueError),
        (Paired, [1], ValueError),
        (Levelled, "b", ValueError),
        (Inner, None, None),
    ],
)
def test_what_does_not_fit(body: type[object], written: object, error: type[Exception] | None) -> None:
    if error is None:
        with pytest.raises(TypeError):
            rebuild(body, {})
    else:
        with pytest.raises(error):
            rebuild(body, {"value": written})


def test_personal_values_stand_only_as_salted_digests() -> None:
    assert salted("张三", b"salt") != salted("张三", b"other")
    assert salted("张三", b"salt") == hashlib.sha256(b"salt" + "张三".encode()).hexdigest()


def test_the_words_that_are_signed() -> None:
    lines = ["qilian.core.events", "8", "A" * 43 + "=", "hash sm3", "at 2015-12-03T04:00:00.000005Z"]
    assert statement(size=8, root=bytes(32), at=NOON, algorithm="sm3").decode().splitlines() == lines
    assert statement(size=8, root=bytes(32), at=NOON, algorithm="").decode().splitlines() == [*lines[:3], lines[4]]
