"""The ring as a value and as a file: RFC 5869 by an independent implementation, nothing lost, nothing half-written."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qilian.core.log.keyring.api import Key, Keyring, drop, ensure, load, merge, ring_path, turn
from qilian.core.log.keyring.kernel import read, written
from qilian.core.values.text import Refusal

AT = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)


def key(byte: int, made: str = "2026-01-01") -> Key:
    return Key(bytes([byte]) * 32, made)


def ring(*keys: Key) -> Keyring:
    return Keyring({each.id: each for each in keys}, keys[0].id)


def test_derived_keys_are_hkdf_and_differ_by_use() -> None:
    for use in ("seal", "blind"):
        peer = HKDF(SHA256(), 32, salt=b"qilian privacy", info=use.encode()).derive(key(7).secret)
        assert key(7).derived(use) == peer
    assert key(7).derived("seal") != key(7).derived("blind")


def test_a_turn_puts_the_fresh_key_first_and_keeps_the_others() -> None:
    first, second, third = key(1, "2026-01"), key(2, "2026-02"), key(3, "2026-03")
    turned = ring(first).turned(second).turned(third)
    assert turned.ids == (third.id, second.id, first.id)
    assert turned.without(frozenset({first.id})).ids == (third.id, second.id)


def test_a_merge_loses_no_key_and_keeps_what_is_current() -> None:
    mine, theirs = ring(key(1)), ring(key(2), key(1))
    assert mine.merged(theirs).current == key(1).id
    assert set(mine.merged(theirs).ids) == {key(1).id, key(2).id}


def test_the_current_key_cannot_be_dropped() -> None:
    with pytest.raises(AssertionError):
        ring(key(1)).without(frozenset({key(1).id}))


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data.update(format=2),
        lambda data: data.update(current="00000000"),
        lambda data: data.pop("keys"),
        lambda data: data.update(keys=[]),
        lambda data: next(iter(data["keys"].values())).update(secret="AAAA"),
        lambda data: next(iter(data["keys"].values())).update(secret=3),
    ],
)
def test_a_damaged_file_is_refused(harm: object) -> None:
    data = json.loads(written(ring(key(1))))
    harm(data)
    with pytest.raises(Refusal) as refused:
        read(json.dumps(data), where="privacy-demo.json")
    assert refused.value.code == "keyring.damaged"


def test_a_short_secret_is_refused() -> None:
    short = Key(b"short", "2026")
    with pytest.raises(Refusal):
        read(written(Keyring({short.id: short}, short.id)), where="x")
    with pytest.raises(Refusal):
        read("not json", where="x")


def test_the_file_is_made_once_and_private(tmp_path: Path) -> None:
    path = ring_path(tmp_path / "keys", "demo")
    first = ensure(path, at=AT)
    assert ensure(path, at=LATER) == first == load(path)
    assert path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0


def test_turn_merge_and_drop_on_disk(tmp_path: Path) -> None:
    here, there = ring_path(tmp_path, "demo"), ring_path(tmp_path, "real")
    first = ensure(here, at=AT)
    second = turn(here, at=LATER)
    assert second.ids == (second.current, first.current)
    (tmp_path / "privacy-demo.new").write_text("half of a write that was killed")
    assert merge(there, second) == second
    assert drop(here, frozenset(first.ids)).ids == (second.current,)
    assert merge(here, first).ids == (second.current, first.current)


def test_an_absent_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load(tmp_path / "privacy-real.json")
    assert refused.value.code == "keyring.absent" and refused.value.remedy is not None
