"""A single changed byte is found again by its field."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.core.log.events.kernel.canonical import Fact, canonical
from qilian.core.log.events.kernel.tracing import LONGEST, Change, _field_at, single_change

FACT = Fact(
    type="test.lamp.lit",
    version=1,
    at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    actor="core.person:abc",
    subject="test.lamp:1",
    clause="2.7.2",
    quantity=Decimal("12.5"),
    quantity_unit="吨",
    money=-1200,
    currency="CNY",
    data={"count": 3, "place": {"town": "格尔木"}, "none": {}, "words": ["a", "b"]},
)


def traced(changed: Fact, original: Fact = FACT) -> Change | None:
    wanted = canonical(original)
    return single_change(changed, lambda text: text == wanted)


@pytest.mark.parametrize(
    ("changed", "change"),
    [
        ({"clause": "2.7.3"}, Change("clause", "3", "2")),
        ({"actor": "core.person:abcd"}, Change("actor", "d", "")),
        ({"actor": "core.person:ab"}, Change("actor", "", "c")),
        ({"quantity": Decimal("12.6")}, Change("quantity", "6", "5")),
        ({"data": {**FACT.data, "count": 4}}, Change("data.count", "4", "3")),
        ({"data": {**FACT.data, "words": ["a", "c"]}}, Change("data.words", "c", "b")),
        ({"money": -1200 ^ 0x40_0000}, Change("money", str(-1200 ^ 0x40_0000), "-1200")),
        ({"money": 2**63 - 1 - 1199}, Change("money", str(2**63 - 1200), "-1200")),
        ({"currency": "CNZ"}, Change("currency", "Z", "Y")),
        ({"version": 2}, Change("version", "2", "1")),
    ],
)
def test_what_was_changed_is_named(changed: dict[str, object], change: Change) -> None:
    assert traced(replace(FACT, **changed)) == change


def test_a_moment_is_flipped_as_it_is_stored() -> None:
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    counted = (FACT.at - epoch) // timedelta(microseconds=1) ^ (0x55 << 32)
    found = traced(replace(FACT, at=epoch + timedelta(microseconds=counted)))
    assert found is not None and (found.field, found.before) == ("at", str(FACT.at))


def test_one_byte_of_a_character_of_several() -> None:
    written = "格尔木".encode()
    other = (written[:4] + bytes([written[4] ^ 1]) + written[5:]).decode()
    found = traced(replace(FACT, data={**FACT.data, "place": {"town": other}}))
    assert found is not None and found.field == "data.place.town" and found.now.startswith("\\x")


@settings(max_examples=15)
@given(st.sampled_from(["type", "actor", "clause", "subject", "quantity_unit"]), st.integers(0, 200), st.data())
def test_any_letter_of_any_text(field: str, place: int, draw: st.DataObject) -> None:
    text = str(getattr(FACT, field))
    at = place % len(text)
    letter = draw.draw(st.sampled_from("abcXYZ019 -").filter(lambda one: one != text[at]))
    if text.isascii():
        found = traced(replace(FACT, **{field: text[:at] + letter + text[at + 1 :]}))
        assert found is not None and found.field == field


def test_more_than_a_byte_is_not_guessed() -> None:
    assert traced(replace(FACT, actor="core.person:xyz")) is None
    assert traced(replace(FACT, money=None)) is None
    long = replace(FACT, data={"text": "x" * LONGEST})
    assert traced(long, replace(long, actor="b")) is None


@pytest.mark.parametrize("mask", [1, 0x80, 0xFF])
@pytest.mark.parametrize("byte", [0, 3, 7])
def test_any_byte_of_an_amount_by_any_mask(mask: int, byte: int) -> None:
    flipped = int.from_bytes(
        bytes(b ^ (mask if n == byte else 0) for n, b in enumerate((-1200).to_bytes(8, "little", signed=True))),
        "little",
        signed=True,
    )
    assert traced(replace(FACT, money=flipped)) == Change("money", str(flipped), "-1200")


def test_each_byte_of_the_text_belongs_to_the_innermost_field() -> None:
    written = {"a": 1, "b": {"c": 2, "d": 3}, "e": {}}
    text = '{"a":1,"b":{"c":2,"d":3},"e":{}}'
    owner = " aaaaaabbbbbCCCCCCDDDDDbbeeeeee"
    names = {"a": "a", "b": "b", "C": "b.c", "D": "b.d", "e": "e"}
    assert rfc8785.dumps(written).decode() == text
    assert [_field_at(written, place) for place in range(1, len(owner))] == [names[each] for each in owner[1:]]
