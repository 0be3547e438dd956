"""Verify a proof of the log: `python verify.py FILE [KEY | OLD-ROOT | FILE-OF-THEM]...`; needs Python 3.9 alone.

Its sender is not believed: a tree's shape follows from its size (RFC 6962, 2.1), and what a proof says, from its parts.
Exit status 0: all holds for a key (and an older root) that you named; 2: all holds, but not for one; 1: anything else.
"""

import hashlib
import json
import re
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

PINNED = ""  # keys that are trusted without being named: the house writes its own here when it hands this file out
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # field and order of Ed25519 (RFC 8032)
D, ROOT, BASE = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P), 4 * pow(5, -1, P) % P


def need(holds: object, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


def raw(value: Any, size: int = 32) -> bytes:
    need(re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value), f"写法不对 Not as the log writes: {value[:70]}")
    return bytes.fromhex(value)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(dict(pairs)) == len(pairs), "同一字段出现两次 A field is written twice")
    return dict(pairs)


read = json.JSONDecoder(object_pairs_hook=once, parse_float=raw, parse_constant=raw).decode


def canonical(value: Any) -> str:  # as RFC 8785 writes JSON
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    return f"[{','.join(map(canonical, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def hashed(name: str, *parts: bytes) -> bytes:
    return hashlib.new(name, b"".join(parts)).digest()


def joined(name: str, leaves: list[bytes], start: int, path: list[bytes], first: int, end: int) -> bytes:
    """Return the root over `first` to `end` of our leaves and, beside them, `path`: the outermost part is its last."""
    if end <= start or first >= start + len(leaves) or end - first == 1:
        return leaves[first - start] if start <= first < start + len(leaves) else path.pop()
    middle = first + (1 << (end - first - 1).bit_length() - 1)
    right = path.pop() if middle >= start + len(leaves) else b""
    left = joined(name, leaves, start, path, first, middle)
    return hashed(name, b"\1", left, right or joined(name, leaves, start, path, middle, end))


def grown(name: str, kept: bytes, old: int, new: int, path: list[bytes], top: bool = True) -> list[bytes]:
    """Return the old and the new root to which a proof of consistency leads (RFC 6962, 2.1.2)."""
    if old == new:
        return [kept, kept] if top else [path.pop()] * 2
    beside, left = path.pop(), 1 << (new - 1).bit_length() - 1
    if old > left:
        return [hashed(name, b"\1", beside, each) for each in grown(name, kept, old - left, new - left, path, False)]
    before, after = grown(name, kept, old, left, path, top)
    return [before, hashed(name, b"\1", after, beside)]


def signed(key: bytes, signature: bytes, text: bytes) -> bool:
    def added(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
        t, cross, same = D * a[0] * b[0] * a[1] * b[1], a[0] * b[1] + b[0] * a[1], a[1] * b[1] + a[0] * b[0]
        return cross * pow(1 + t, -1, P) % P, same * pow(1 - t, -1, P) % P

    def times(n: int, a: tuple[int, int]) -> tuple[int, int]:
        return (0, 1) if n == 0 else added(times(n - 1, a), a) if n & 1 else times(n // 2, added(a, a))

    def point(code: int) -> tuple[int, int]:
        y, odd = code % 2**255, code >> 255
        square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
        x = next((x for x in (pow(square, (P + 3) // 8, P) * one % P for one in (1, ROOT)) if x * x % P == square), 0)
        need(y < P and x * x % P == square and (x or not odd), "不是曲线上的点 Not a point of the curve")
        return (x if x & 1 == odd else P - x), y

    r, a, s = (int.from_bytes(part, "little") for part in (signature[:32], key, signature[32:]))
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return s < L and times(s, point(BASE)) == added(point(r), times(k, point(a)))


def checked(proof: dict[str, Any], keys: set[str]) -> Any:
    """Return whether a named key signed a proof (None: nobody did); ValueError when a word of it does not follow."""
    kind, name, size, head = proof["format"], proof.get("hash", "sha256"), proof["size"], proof.get("checkpoint")
    path, start, data, old = [*map(raw, proof.get("path", ()))], int(proof.get("index", 0)), [], ""
    says: dict[str, Any] = {} if kind == "qilian-checkpoint-1" else {"path": [each.hex() for each in path]}
    if kind in ("qilian-receipt-1", "qilian-digest-1"):  # the second without what the event says
        held = {"event": proof["event"]} if kind == "qilian-receipt-1" else {}
        data = [hashed(name, canonical(proof["event"]).encode()) if held else raw(proof["digest"])]
        says |= {"digest": data[0].hex(), "leaf": hashed(name, b"\0", data[0]).hex(), **held}
    elif kind == "qilian-log-2":
        data, says["events"] = [hashed(name, canonical(event).encode()) for event in proof["events"]], proof["events"]
    elif kind == "qilian-transfer-proof-2":
        data, (code, digest, *_) = [proof["text"].encode()], proof["text"].split("\x1f")
        need(digest == hashed(name, proof["content"].encode()).hex(), "转账内容已被改动 The transfer was changed")
        says |= {"transfer": code, **{key: proof[key] for key in ("text", "content", "receipt")}}
    if data:
        need(0 <= start <= size - len(data), "没有这个范围 No such part of a log")
        root, says["index"] = joined(name, [hashed(name, b"\0", each) for each in data], start, path, 0, size), start
    elif kind == "qilian-growth-1":
        before, root = grown(name, raw(proof["old"]["root"]), proof["old"]["size"], size, path)
        says["old"], old = {"size": int(proof["old"]["size"]), "root": before.hex()}, before.hex()
    else:
        need(kind == "qilian-checkpoint-1" and size > 0, "不是本系统的证明 No proof of a known format")
        root = raw(proof["root"])
    says |= {} if "text" in says else {"hash": name, "checkpoint": head}
    need(name in ("sha256", "sm3") and not path, "证明不完整 Not the parts that prove it")
    says |= {"format": kind, "size": int(size), "root": root.hex()}
    need(canonical(says) == canonical(proof), "有字段不由证明得出 A field does not follow from the proof")
    if "text" in says:
        event, sure = proof["receipt"]["event"], checked(proof["receipt"], keys)
        batch = [event["type"], event["data"]["root"], event["data"]["rows"]]
        need(canonical(batch) == canonical(["ledger.batch.posted", root.hex(), size]), "不是这一批 Of another batch")
        return sure
    if head is not None:
        words, text = f"qilian.core.events\n{size}\n{b64encode(root).decode()}\n", head["statement"]
        same = len(head) == 4 and text in [f"{words}{each}at {head['at']}\n" for each in (f"hash {name}\n", "")]
        good = same and signed(raw(head["key"]), raw(head["signature"], 64), text.encode())
        need(good, "检查点与根或签名不符 The checkpoint is of another root, or its signature is not its key's")
    return head and {head["key"], old or head["key"]} <= keys


def main(*given: str) -> int:
    try:
        need(given, "用法 Usage: python verify.py FILE [KEY | OLD-ROOT | FILE-OF-THEM]...")
        named = " ".join([PINNED, *(word if len(word) == 64 else Path(word).read_text("utf-8") for word in given[1:])])
        proof = read(Path(given[0]).read_text(encoding="utf-8"))
        sure = checked(proof, {*re.findall(r"\b[0-9a-f]{64}\b", named.lower())})
        said = [f"{key} {proof[key]!r}" for key in proof if key == "old" or type(proof[key]) in (str, int)]
        word = {None: "UNSIGNED 未签名", False: "NOT NAMED 公钥或旧根未经您指明", True: "OK 成立"}[sure]
        answer = f"{word}: {', '.join(said)}\n{word}: {proof.get('receipt', proof)['checkpoint']}"
        status = 0 if sure else 2
    except Exception as problem:
        why = problem if type(problem) is ValueError else f"不是完好的证明 No whole proof ({problem!r})"
        answer, status = f"WRONG 不予采信: {why}", 1
    sys.stdout.buffer.write(f"{answer}\n".encode(sys.stdout.encoding, "backslashreplace"))
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
