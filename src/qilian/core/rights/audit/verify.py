"""Verify a receipt or an exported part of the log: `python verify.py FILE [PUBLIC-KEY]`. Needs nothing but Python."""

import hashlib
import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # field and order of Ed25519 (RFC 8032)
D = -121665 * pow(121666, -1, P) % P


def canonical(value: Any) -> str:
    """Write JSON as RFC 8785 does; the log holds no fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def root_of(name: str, known: dict[tuple[int, int], bytes], start: int, end: int) -> bytes:
    """Compute the root over the leaves from `start` to `end` from the subtrees that are known (RFC 6962, 2.1)."""
    if (start, end) in known:
        return known[start, end]
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    left, right = root_of(name, known, start, middle), root_of(name, known, middle, end)
    return hashlib.new(name, b"\1" + left + right).digest()


def known_of(name: str, proof: dict[str, Any]) -> dict[tuple[int, int], bytes]:
    """Hash the proven events to leaves, and read the subtrees beside them from a range's `around` or a path."""
    start, events = int(proof.get("start", proof.get("index", 0))), proof.get("events") or [proof.get("event")]
    digests = [hashlib.new(name, canonical(event).encode()).digest() for event in events if event is not None]
    digests = digests or [bytes.fromhex(proof["digest"])]
    known, first, end = {(a, b): bytes.fromhex(c) for a, b, c in proof.get("around", [])}, 0, proof["size"]
    for sibling in reversed(proof.get("path", [])):
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        known[(middle, end) if start < middle else (first, middle)] = bytes.fromhex(sibling)
        first, end = (first, middle) if start < middle else (middle, end)
    outside = {span: part for span, part in known.items() if span[1] <= start or span[0] >= start + len(digests)}
    leaves = [hashlib.new(name, b"\0" + one).digest() for one in digests]
    return outside | {(start + place, start + place + 1): leaf for place, leaf in enumerate(leaves)}


def add(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    t = D * a[0] * b[0] * a[1] * b[1]
    x, y = (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, -1, P), (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P)
    return x % P, y % P


def times(n: int, point: tuple[int, int]) -> tuple[int, int]:
    return (0, 1) if n == 0 else add(times(n - 1, point), point) if n & 1 else times(n // 2, add(point, point))


def decoded(data: bytes) -> tuple[int, int]:
    y = int.from_bytes(data, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0, "not a point of the curve"
    return (x if x & 1 == data[31] >> 7 else P - x), y


def signed(key: bytes, signature: bytes, text: bytes) -> bool:
    base, s = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little")), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return s < L and times(s, base) == add(decoded(signature[:32]), times(k, decoded(key)))


def main(path: str, trusted: str = "") -> int:
    proof = json.loads(Path(path).read_text(encoding="utf-8"))
    name, size, head, since = proof["hash"], proof["size"], proof["checkpoint"], proof.get("since")
    root = root_of(name, known_of(name, proof), 0, size)
    steps = {f"the events lead to the root of {size} ({name}) {root.hex()}": root.hex() == proof["root"]}
    if since:
        parts = {(a, b): bytes.fromhex(c) for a, b, c in since["parts"]}
        old, new = root_of(name, parts, 0, since["size"]).hex(), root_of(name, parts, 0, size)
        steps[f"it begins with the log of {since['size']} {old}"] = old == since["root"] and new == root
    if head:
        text, key = head["statement"], trusted or head["key"]
        steps["the checkpoint names this root"] = text.split("\n")[1:3] == [str(size), b64encode(root).decode()]
        steps[f"signed by {key}"] = signed(bytes.fromhex(key), bytes.fromhex(head["signature"]), text.encode())
    lines = [f"{'OK   ' if holds else 'WRONG'} {words}" for words, holds in steps.items()]
    lines += [] if head else ["NOT CHECKED: no signature, no checkpoint covers this yet"]
    lines += [] if trusted or not head else ["NOT CHECKED: whose key this is; name the key that you trust"]
    lines += [] if {"event", "events"} & {*proof} else ["NOT INCLUDED: the content; only a digest is proven"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(steps.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
