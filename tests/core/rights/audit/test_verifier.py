"""The stand-alone verifier against forgers: real proofs of trees of every shape, and what must never pass for one."""

import base64
import copy
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rights.audit import verify as verifier
from qilian.core.values.merkle.api import (
    Span,
    canonical_json,
    consistency_spans,
    inclusion_spans,
    leaf_hash,
    root_over,
    surrounding_spans,
)

Proof = dict[str, Any]
HOUSE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = HOUSE.public_key().public_bytes_raw().hex()
MOMENT = "2026-03-02T01:00:00.000000Z"


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """A signature that was verified is not verified again: a thousand wrecks carry the same one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifier, "signed", lru_cache(maxsize=None)(verifier.signed))
        yield


def event_of(number: int, **more: Any) -> Proof:
    """An event as the log writes it, with all its sixteen fields."""
    blank = dict.fromkeys(("on_behalf", "clause", "offer", "party", "unit", "region", "quantity_unit", "currency"), "")
    fact = {"type": "test.done", "version": 1, "at": MOMENT, "actor": "core.person:abc", "subject": f"test:{number}"}
    return {**blank, **fact, "quantity": None, "money": "1200", "data": {"count": number, "甲": [True, "é"]}, **more}


class Log:
    """A log in memory, signed by a key; proofs of it are made by the kernel of trees, not by the verifier."""

    def __init__(self, events: Sequence[Proof], key: Ed25519PrivateKey = HOUSE) -> None:
        self.events, self.key = list(events), key
        self.digests = [hashlib.sha256(canonical_json(event)).digest() for event in events]
        self.leaves = [leaf_hash(digest) for digest in self.digests]

    def root(self, span: Span) -> bytes:
        return root_over(self.leaves[span.start : span.end])

    def hashes(self, spans: Sequence[Span]) -> list[str]:
        return [self.root(span).hex() for span in spans]

    def head(self) -> Proof:
        size, root = len(self.leaves), root_over(self.leaves)
        text = f"qilian.core.events\n{size}\n{base64.b64encode(root).decode()}\nhash sha256\nat {MOMENT}\n"
        public = self.key.public_key().public_bytes_raw().hex()
        signed = {"statement": text, "at": MOMENT, "key": public, "signature": self.key.sign(text.encode()).hex()}
        return {"hash": "sha256", "size": size, "root": root.hex(), "checkpoint": signed}

    def receipt(self, index: int, *, content: bool = True) -> Proof:
        held = {"event": self.events[index]} if content else {}
        path = self.hashes(inclusion_spans(index, len(self.leaves)))
        mine = {"digest": self.digests[index].hex(), "leaf": self.leaves[index].hex(), "index": index, "path": path}
        kind = "qilian-receipt-1" if content else "qilian-digest-1"
        return {"format": kind, **self.head(), **held, **mine}

    def part(self, start: int, stop: int) -> Proof:
        path = self.hashes(surrounding_spans(start, stop, len(self.leaves)))
        rest = {"index": start, "path": path, "events": self.events[start:stop]}
        return {"format": "qilian-log-2", **self.head(), **rest}

    def growth(self, old: int) -> Proof:
        path = self.hashes(consistency_spans(old, len(self.leaves)))
        kept = {"size": old, "root": self.root(Span(0, old)).hex()}
        return {"format": "qilian-growth-1", **self.head(), "old": kept, "path": path}

    def checkpoint(self) -> Proof:
        return {"format": "qilian-checkpoint-1", **self.head()}


def transfer_of(index: int, size: int) -> Proof:
    """The proof of a transfer in a batch whose event stands in a log of seven."""
    contents = [f"single\x1faa\x1fbb\x1f{number}\x1f\x1f\x1f\x1fx:1\x1fwords" for number in range(size)]
    texts = [
        "\x1f".join(
            (f"code{number}", hashlib.sha256(each.encode()).hexdigest(), MOMENT, "system:x", "0", "1,2,3,4,5,6,7,8")
        )
        for number, each in enumerate(contents)
    ]
    leaves = [leaf_hash(text.encode()) for text in texts]
    root = root_over(leaves).hex()
    booked = event_of(3, type="ledger.batch.posted", data={"root": root, "rows": size})
    log = Log([*(event_of(number) for number in range(3)), booked, *(event_of(number) for number in range(4, 7))])
    path = [root_over(leaves[span.start : span.end]).hex() for span in inclusion_spans(index, size)]
    mine = {"transfer": f"code{index}", "text": texts[index], "content": contents[index], "index": index, "path": path}
    return {"format": "qilian-transfer-proof-2", **mine, "size": size, "root": root, "receipt": log.receipt(3)}


def verdict(proof: object, *named: str) -> Any:
    """What the verifier says of a proof as text: True when all holds for a named key."""
    return verifier.checked(verifier.read(json.dumps(proof, ensure_ascii=False)), {*named})


def passes(text: str, *named: str) -> bool:
    """Whether a text passes for a proof; a refusal is a sentence, which `main` writes."""
    try:
        return verifier.checked(verifier.read(text), {*named}) is True
    except Exception:
        return False


def log_of(size: int) -> Log:
    return Log([event_of(number) for number in range(size)])


def every_proof(size: int) -> Iterator[tuple[Proof, tuple[str, ...]]]:
    log = log_of(size)
    yield log.checkpoint(), (KEY,)
    for index in range(size):
        yield log.receipt(index), (KEY,)
        yield log.receipt(index, content=False), (KEY,)
    for start in range(size):
        for stop in range(start + 1, size + 1):
            yield log.part(start, stop), (KEY,)
    for old in range(1, size + 1):
        yield (grown := log.growth(old)), (KEY, grown["old"]["root"])
    for index in range(size):
        yield transfer_of(index, size), (KEY,)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17])
def test_every_proof_of_a_log_of_any_shape_holds(size: int) -> None:
    for proof, named in every_proof(size):
        assert verdict(proof, *named) is True, proof["format"]
        assert verdict(proof) is False, "nobody named the key"


def _other(value: Any) -> Iterator[Any]:
    """What a forger may write in the place of a value."""
    yield from (None, [], {}, "", 0, True, False, [value], {"": value}, -1, 10**30)
    if isinstance(value, str):
        yield from (value + "0", value[:-1], value.upper(), value[::-1], f" {value}", value + "\n", "0" * len(value))
        yield from (value.replace("a", "b"), value.replace("1", "１"), value.replace("0", "1", 1), value + "00")
    if type(value) is int:
        yield from (value + 1, value - 1, -value, str(value), value + 2**64, value * 2)
    if isinstance(value, list):
        yield from (value[1:], value[:-1], value[::-1], value * 2, [*value, "00" * 32], dict.fromkeys(map(str, value)))
    if isinstance(value, dict):
        yield from ({**value, "extra": "words that somebody believes"}, {**value, "note": None})
        yield from ({key: kept for key, kept in value.items() if key != gone} for gone in value)


def _changed(whole: Any, place: Any = None) -> Iterator[Any]:
    """Every document that differs from `whole` in one place."""
    place = whole if place is None else place
    keys = list(place) if isinstance(place, dict) else range(len(place)) if isinstance(place, list) else ()
    for key in keys:
        kept = place[key]
        for value in _other(kept):
            place[key] = value
            yield whole
        place[key] = kept
        yield from _changed(whole, kept) if isinstance(kept, dict | list) else ()
    if place is whole:
        yield from ({**whole, "note": "words"}, [whole], {"proof": whole})
        yield from ({key: kept for key, kept in whole.items() if key != gone} for gone in whole)


REAL: list[Callable[[], tuple[Proof, tuple[str, ...]]]] = [
    lambda: (log_of(7).receipt(4), (KEY,)),
    lambda: (log_of(1).receipt(0), (KEY,)),
    lambda: (log_of(6).receipt(5, content=False), (KEY,)),
    lambda: (log_of(7).part(2, 5), (KEY,)),
    lambda: (log_of(5).part(0, 5), (KEY,)),
    lambda: (log_of(7).growth(3), (KEY, log_of(3).head()["root"])),
    lambda: (log_of(8).growth(4), (KEY, log_of(4).head()["root"])),
    lambda: (log_of(4).growth(4), (KEY, log_of(4).head()["root"])),
    lambda: (log_of(7).checkpoint(), (KEY,)),
    lambda: (transfer_of(2, 5), (KEY,)),
    lambda: (transfer_of(0, 1), (KEY,)),
]


@pytest.mark.parametrize("make", REAL)
def test_nothing_altered_passes(make: Callable[[], tuple[Proof, tuple[str, ...]]]) -> None:
    proof, named = make()
    original, tried = json.dumps(proof), 0
    for wreck in _changed(copy.deepcopy(proof)):
        text = json.dumps(wreck)
        if text != original:
            tried += 1
            assert not passes(text, *named), text
    assert tried > 150 and passes(original, *named)


@pytest.mark.parametrize("make", REAL)
def test_no_other_way_to_write_a_number_or_a_field_passes(make: Callable[[], tuple[Proof, tuple[str, ...]]]) -> None:
    proof, named = make()
    text = json.dumps(proof)
    size = proof["size"]
    for written in (
        f"{size}.0",
        f"{size}e0",
        f"0{size}",
        f"+{size}",
        f"{size}.",
        "NaN",
        "Infinity",
        "1e999",
        "9" * 5000,
    ):
        assert not passes(text.replace(f'"size": {size}', f'"size": {written}', 1), *named), written
    for again in ('"size": 1, ', '"format": "qilian-receipt-1", ', '"root": "", '):
        assert not passes("{" + again + text[1:], *named), again
    assert not passes(text[:-1], *named) and not passes(text + "x", *named) and not passes("", *named)
    assert not passes("[" * 100_000, *named) and not passes('{"a":' * 100_000, *named)


def _spoof(proof: Proof, **more: Any) -> str:
    return json.dumps({**proof, **more})


def test_the_forgeries_that_passed_before() -> None:
    """Spans, indices and parts that the sender gives are no facts."""
    log, lie = log_of(7), event_of(99, actor="core.person:mallory")
    root, real = log.head()["root"], log.part(2, 5)
    wide = {"format": "qilian-log-1", **log.head(), "start": 7, "around": [[0, 7, root]], "events": [lie]}
    assert not passes(json.dumps(wide), KEY)
    for index, path in ((7, [root]), (7, []), (8, [root]), (0, [root]), (0, []), (-1, [root])):
        assert not passes(_spoof(real, index=index, path=path, events=[lie]), KEY), index
        assert not passes(_spoof(log.receipt(0), index=index, path=path, event=lie), KEY), index
        digest = hashlib.sha256(canonical_json(lie)).digest()
        mine = {"digest": digest.hex(), "leaf": leaf_hash(digest).hex(), "event": lie}
        assert not passes(_spoof(log.receipt(0), index=index, path=path, **mine), KEY), index
    assert not passes(_spoof(real, events=[], path=[root], index=3), KEY), "no events, and the root given"
    assert not passes(_spoof(real, events=[], path=[], index=0), KEY)
    assert not passes(_spoof(real, events={"0": lie}), KEY)


def test_growth_from_what_never_was_is_refused() -> None:
    log = log_of(7)
    grown, root = log.growth(3), log.head()["root"]
    false = "ab" * 32
    for old in (
        {"size": 7, "root": false},
        {"size": 3, "root": false},
        {"size": 8, "root": root},
        {"size": 0, "root": root},
    ):
        for path in ([], grown["path"], [root], [false, *grown["path"]], grown["path"][1:]):
            assert not passes(_spoof(grown, old=old, path=path), KEY, false, root), (old, path)
    assert not passes(_spoof(grown, old={"size": 4, "root": grown["old"]["root"]}), KEY, grown["old"]["root"])
    assert verdict(grown, KEY) is False, "the older root was not named"
    assert verdict(grown, KEY, false) is False


def test_nodes_pass_for_no_leaves_and_trees_for_no_others() -> None:
    log, other = log_of(8), Log([event_of(number, clause="2.7.2") for number in range(8)])
    inner = log.root(Span(0, 2)) + log.root(Span(2, 4))
    shallow = {"digest": inner.hex(), "leaf": log.root(Span(0, 4)).hex(), "index": 0, "path": log.hashes([Span(4, 8)])}
    assert not passes(_spoof(log.receipt(0, content=False), **shallow), KEY)
    assert not passes(_spoof(log.receipt(0, content=False), **shallow, size=2), KEY)
    for field in ("checkpoint", "root", "path", "digest", "leaf", "event"):
        assert not passes(_spoof(log.receipt(3), **{field: other.receipt(3)[field]}), KEY), field
    assert not passes(_spoof(transfer_of(1, 4), receipt=transfer_of(1, 5)["receipt"]), KEY)
    assert not passes(_spoof(transfer_of(1, 4), receipt=log.receipt(3)), KEY)
    assert not passes(_spoof(transfer_of(1, 4), receipt=log.receipt(3, content=False)), KEY)
    assert not passes(_spoof(transfer_of(1, 4), receipt=log.part(3, 4)), KEY)


def test_a_stranger_signs_for_nobody() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    forged = Log([event_of(1, actor="core.person:mallory")], stranger)
    assert verdict(forged.receipt(0), KEY) is False, "it holds, but for a key that nobody named"
    assert not passes(_spoof(forged.receipt(0), checkpoint={**forged.head()["checkpoint"], "key": KEY}), KEY)
    assert verdict(_unsigned(log_of(3).receipt(1)), KEY) is None
    other = log_of(3).receipt(1)
    other["checkpoint"]["signature"] = _plus_order(other["checkpoint"]["signature"])
    assert not passes(json.dumps(other), KEY), "a signature has one form"


def _unsigned(proof: Proof) -> Proof:
    return {**proof, "checkpoint": None}


def _plus_order(signature: str) -> str:
    """The same signature with S + L, which careless verifiers take (RFC 8032, 8.4)."""
    raw = bytes.fromhex(signature)
    s = int.from_bytes(raw[32:], "little") + verifier.L
    return (raw[:32] + s.to_bytes(32, "little")).hex()


@given(st.binary(max_size=200))
def test_signatures_agree_with_those_of_the_library(text: bytes) -> None:
    public, signature = HOUSE.public_key().public_bytes_raw(), HOUSE.sign(text)
    assert verifier.signed(public, signature, text)
    assert not verifier.signed(public, signature, text + b"x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["ab" * 32, KEY, "qilian-log-2"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(sorted({"note", *(field for make in REAL for field in make()[0])}))


@given(st.sampled_from(range(len(REAL))), st.dictionaries(FIELDS, JSON, min_size=1, max_size=4))
def test_whatever_is_put_in_the_place_of_fields_is_refused(place: int, wreck: Proof) -> None:
    proof, named = REAL[place]()
    if any(
        proof.get(key, "absent") != value or type(proof.get(key)) is not type(value) for key, value in wreck.items()
    ):
        assert not passes(json.dumps({**proof, **wreck}), *named)


def test_the_program_answers_with_a_sentence_and_a_status(
    tmp_path: Any, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def ran(text: bytes, *named: str) -> tuple[int, str]:
        file.write_bytes(text)
        status = verifier.main(str(file), *named)
        return status, capfdbinary.readouterr().out.decode()

    file, keys = tmp_path / "proof.json", tmp_path / "keys.txt"
    real = json.dumps(log_of(5).receipt(2), ensure_ascii=False).encode()
    keys.write_text(f"# the house 本系统\n{KEY}  since 2026\n", encoding="utf-8")
    assert ran(real, KEY)[0] == ran(real, str(keys))[0] == 0 and ran(real, KEY)[1].startswith("OK 成立")
    assert ran(real)[0] == ran(real, "0" * 64)[0] == 2 and ran(real)[1].startswith("NOT NAMED")
    unsigned = json.dumps(_unsigned(log_of(5).receipt(2))).encode()
    assert ran(unsigned, KEY)[0] == 2 and ran(unsigned, KEY)[1].startswith("UNSIGNED")
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(log_of(3).checkpoint()), encoding="utf-8")
    grown = json.dumps(log_of(7).growth(3)).encode()
    assert ran(grown, str(kept))[0] == 0 and ran(grown, KEY)[0] == 2
    kept.write_text(json.dumps(log_of(4).checkpoint()), encoding="utf-8")
    assert ran(grown, str(kept))[0] == 2
    for wreck in (
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"1",
        real[:-3],
        b"\xef\xbb\xbf" + real,
        b"[" * 99_999,
    ):
        status, said = ran(wreck, KEY)
        assert status == 1 and said.startswith("WRONG 不予采信") and "Traceback" not in said, wreck[:20]
    assert verifier.main(str(tmp_path / "absent.json"), KEY) == 1 and verifier.main() == 1
    assert "Usage" in capfdbinary.readouterr().out.decode() and ran(real, KEY.upper())[0] == 0
    assert verifier.main(str(file), str(tmp_path / "no-keys.txt")) == 1


def test_the_verifier_is_short_and_stands_alone() -> None:
    text = Path(verifier.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    assert "import qilian" not in text and "from qilian" not in text and "cryptography" not in text
